"""Builds the channels an operator has configured, from settings that are passed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from diary.channels.access_tokens import ServiceAccount, service_account
from diary.channels.attempts import Clock
from diary.channels.base import Channel, ChannelsMisconfigured
from diary.channels.fcm import BASE_URL, Fcm
from diary.channels.guard import HTTPS_PORT, Policy
from diary.channels.mail import Mail
from diary.channels.outgoing import Outgoing, tls_context
from diary.channels.web_push import WebPush, application_server_key, vapid_key
from diary.channels.webhook import Webhook
from diary.domain.deliveries import EndpointKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSettings:
    """What an operator sets. Without a key, an account or a sender that channel does not exist.

    `vapid_private_key` is PEM or base64url, `vapid_subject` a `mailto:` or `https:` address.
    `fcm_service_account` is the content of the account's key file. `allowed_hosts` may lie in a
    private network; `ports` are those that addresses from phones may name. `ca_file` holds further
    certificate authorities.
    """

    vapid_private_key: str = field(default="", repr=False)
    vapid_subject: str = ""
    fcm_service_account: Mapping[str, Any] | None = field(default=None, repr=False)
    fcm_base_url: str = BASE_URL
    mail_sender: str = ""
    allowed_hosts: frozenset[str] = frozenset()
    ports: frozenset[int] = frozenset({HTTPS_PORT})
    ca_file: str = ""


def channels(settings: ChannelSettings, *, clock: Clock = timezone.now) -> Mapping[str, Channel]:
    """Return the configured channels by kind of endpoint; webhooks need no configuration.

    Raises ChannelsMisconfigured when a setting cannot be used.
    """
    outgoing = _outgoing(settings, policy_of(settings))
    built: dict[str, Channel] = {EndpointKind.WEBHOOK: Webhook(outgoing, clock=clock)}
    if settings.vapid_private_key:
        built[EndpointKind.WEB_PUSH] = _web_push(settings, outgoing, clock)
    if settings.fcm_service_account is not None:
        built[EndpointKind.FCM] = _fcm(settings, settings.fcm_service_account, clock)
    if settings.mail_sender:
        built[EndpointKind.EMAIL] = Mail(sender=settings.mail_sender)
    return MappingProxyType(built)


def policy_of(settings: ChannelSettings) -> Policy:
    """Return where calls to addresses from phones may go."""
    return Policy(allowed_hosts=settings.allowed_hosts, ports=settings.ports)


def subscription_key(settings: ChannelSettings) -> str | None:
    """Return the public key with which apps subscribe to Web Push, None without that channel."""
    if not settings.vapid_private_key:
        return None
    return application_server_key(vapid_key(settings.vapid_private_key))


def _outgoing(settings: ChannelSettings, policy: Policy) -> Outgoing:
    try:
        return Outgoing(policy, tls=tls_context(settings.ca_file))
    except OSError:
        raise ChannelsMisconfigured("The file of certificate authorities cannot be read.") from None


def _web_push(settings: ChannelSettings, outgoing: Outgoing, clock: Clock) -> WebPush:
    if not settings.vapid_subject.startswith(("mailto:", "https:")):
        raise ChannelsMisconfigured("The VAPID subject must start with mailto: or https:.")
    key = vapid_key(settings.vapid_private_key)
    return WebPush(outgoing, key=key, subject=settings.vapid_subject, clock=clock)


def _fcm(settings: ChannelSettings, file: Mapping[str, Any], clock: Clock) -> Fcm:
    account = service_account(file)
    outgoing = _outgoing(settings, _policy_for(settings.fcm_base_url, account))
    return Fcm(outgoing, account, clock=clock, base_url=settings.fcm_base_url)


def _policy_for(base_url: str, account: ServiceAccount) -> Policy:
    """Return the policy of the operator's own addresses: these two hosts, wherever they lie."""
    try:
        places = [urlsplit(url) for url in (base_url, account.token_uri)]
        ports = frozenset(place.port or HTTPS_PORT for place in places)
    except ValueError:
        raise ChannelsMisconfigured("An FCM address is not a URL.") from None
    hosts = frozenset(place.hostname or "" for place in places)
    return Policy(allowed_hosts=hosts, ports=ports)
