"""E-mail through Django's mail backend, which says that something is new and not what.

Address: `email`, and `language` (a tag; any Chinese one gives Traditional Chinese).
"""

import re
import smtplib
from email.utils import parseaddr
from typing import Annotated

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from diary.channels.addresses import AddressForm
from diary.channels.attempts import attempt
from diary.channels.base import Address, ChannelsMisconfigured, Message, Outcome, Result
from diary.channels.guard import Policy
from diary.channels.limits import Deadline, call_within
from diary.domain.errors import FieldError
from diary.domain.vocabulary.codes import is_chinese
from diary.domain.wire.fields import WireModel

LONGEST_ADDRESS = 254  # RFC 5321, with its erratum 1690
LONGEST_LANGUAGE = 35  # RFC 5646, section 4.4.1

WORDS_EN = (
    "Something new in Quiver",
    "There is something new for you in the Quiver app. Please open it.\n\n"
    "To protect your privacy, this mail does not say what it is.\n",
)
WORDS_ZH = (
    "Quiver 通知",
    "您的 Quiver App 收到新內容，請開啟 App 查看。\n\n"  # noqa: RUF001 - Chinese
    "為了保護您的隱私，這封信不會說明內容。\n",  # noqa: RUF001 - Chinese
)

# The recipient does not exist (RFC 5321, section 4.2.3). Other refusals, such as relaying denied
# (5.7.x) or a full mailbox (5.2.2), are for people to put right and remove nobody's address.
_NO_SUCH_MAILBOX = frozenset({550, 551, 553})
_ENHANCED_CODE = re.compile(rb"\s*5\.(\d{1,3})\.\d{1,3}\b")
_ABOUT_THE_ADDRESS = b"1"


def _is_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise PydanticCustomError("email", "This is not an e-mail address.") from None
    return text


class MailAddress(WireModel):
    """Whom to write to, and in which language."""

    email: Annotated[str, StringConstraints(max_length=LONGEST_ADDRESS), AfterValidator(_is_email)]
    language: Annotated[str, StringConstraints(max_length=LONGEST_LANGUAGE)] = "en"


class Mail:
    """Sends mail from one sender over the backend and server of Django's EMAIL_ settings."""

    def __init__(self, *, sender: str) -> None:
        self._sender = sender
        self._domain = parseaddr(sender)[1].rpartition("@")[2]
        if not self._domain:
            raise ChannelsMisconfigured("The sender of mails is no e-mail address.")
        self._form = AddressForm(MailAddress, policy=Policy())

    def check_address(self, address: Address) -> tuple[FieldError, ...]:
        return self._form.errors(address)

    def send(self, message: Message, address: Address, *, timeout: float) -> Result:
        return attempt(lambda: self._send(message, address, timeout))

    def _send(self, message: Message, address: Address, timeout: float) -> Result:
        fields = self._form.read(address)
        mail = self._mail(message, fields, timeout)
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
        subject, text = WORDS_ZH if is_chinese(fields.language) else WORDS_EN
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
    error_class = f"smtp_{code}"
    enhanced = _ENHANCED_CODE.match(text)
    about_address = enhanced is None or enhanced[1] == _ABOUT_THE_ADDRESS
    if code in _NO_SUCH_MAILBOX and about_address:
        return Result(outcome=Outcome.GONE, error_class=error_class)
    return Result(outcome=Outcome.RETRY, error_class=error_class)
