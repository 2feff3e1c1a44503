"""E-mail through Django's mail backend, which says that something is new and not what."""

import re
import smtplib
from email.utils import parseaddr
from types import MappingProxyType

from django.core.mail import EmailMessage, get_connection

from diary.channels.addresses import MailAddress, read_address
from diary.channels.attempts import attempt
from diary.channels.base import Address, ChannelsMisconfigured, Message, Outcome, Result
from diary.channels.guard import Policy
from diary.channels.limits import Deadline, call_within

# Subject and text by language. Which app it is, the sender's name says.
WORDS = MappingProxyType(
    {
        "en": (
            "Something new for you",
            "There is something new for you in the app. Please open it.\n\n"
            "To protect your privacy, this mail does not say what it is.\n",
        ),
        "zh-Hant": (
            "新通知",
            "App 收到給您的新內容，請開啟查看。\n\n"  # noqa: RUF001 - Chinese
            "為了保護您的隱私，這封信不會說明內容。\n",  # noqa: RUF001 - Chinese
        ),
    }
)

# The mailbox or its domain does not exist (RFC 3463, section 3.2; RFC 7505). Any other refusal,
# such as spam or relaying denied, is for people to put right and removes nobody's address.
_NO_SUCH_MAILBOX = re.compile(rb"\s*5\.1\.(1|2|3|6|10)\b")


class Mail:
    """Sends mail from one sender over the backend and server of Django's EMAIL_ settings."""

    def __init__(self, *, sender: str) -> None:
        self._sender = sender
        _, at, self._domain = parseaddr(sender)[1].rpartition("@")
        if not at:
            raise ChannelsMisconfigured("The sender of mails is no e-mail address.")

    def send(self, message: Message, address: Address, *, timeout: float) -> Result:
        return attempt(lambda: self._send(message, address, timeout))

    def _send(self, message: Message, address: Address, timeout: float) -> Result:
        mail = self._mail(message, read_address(MailAddress, address, Policy()), timeout)
        try:
            # The backend's limit is for each step of the dialog, the deadline for all of them.
            call_within(Deadline(timeout), mail.send)
        except smtplib.SMTPRecipientsRefused as error:
            return _refused(*next(iter(error.recipients.values())))
        except smtplib.SMTPResponseException as error:
            return Result(outcome=Outcome.RETRY, error_class=f"smtp_{error.smtp_code}")
        except TimeoutError:
            raise
        except (smtplib.SMTPException, OSError):
            return Result(outcome=Outcome.RETRY, error_class="unreachable")
        return Result(outcome=Outcome.DELIVERED)

    def _mail(self, message: Message, fields: MailAddress, timeout: float) -> EmailMessage:
        subject, text = WORDS[fields.language]
        return EmailMessage(
            subject=subject,
            body=text,
            from_email=self._sender,
            to=[fields.email],
            connection=get_connection(timeout=timeout),
            headers={
                "Message-ID": f"<{message.key}@{self._domain}>",
                "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office answers
            },
        )


def _refused(code: int, text: bytes) -> Result:
    gone = _NO_SUCH_MAILBOX.match(text) is not None
    return Result(outcome=Outcome.GONE if gone else Outcome.RETRY, error_class=f"smtp_{code}")
