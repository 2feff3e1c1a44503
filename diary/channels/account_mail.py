"""The mails about an erasure: in plain words, and without a word about what is in the diary."""

import smtplib
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from django.core.mail import send_mail

PERMANENT = 500  # from here on an SMTP code says that trying again will not help


class AboutErasure(StrEnum):
    """What a mail says."""

    ASKED = "asked"
    DONE = "done"


# Subject and text by language and occasion.
WORDS = MappingProxyType(
    {
        ("en", AboutErasure.ASKED): (
            "Your account will be erased",
            "Somebody, hopefully you, has asked to erase this account and everything in it. It"
            " happens on {day} (UTC). Until then everything works as before.\n\n"
            "If you have changed your mind, or if it was not you: sign in to the app before that"
            " day and take it back. If it was not you, change your password as well.\n\n"
            "The number of your receipt: {receipt}\n",
        ),
        ("en", AboutErasure.DONE): (
            "Your account has been erased",
            "The account and everything in it were erased on {day} (UTC). This is the last mail to"
            " this address.\n\n"
            "The number of your receipt: {receipt}\n",
        ),
        ("zh-Hant", AboutErasure.ASKED): (
            "您的帳號將被刪除",
            "有人（希望是您本人）要求刪除此帳號及其中所有內容，"  # noqa: RUF001 - Chinese
            "將於 {day}（UTC）執行。在此之前一切照常運作。\n\n"  # noqa: RUF001 - Chinese
            "如果您改變主意，或這不是您本人的要求，請在該日之前登入 App 取消。"  # noqa: RUF001 - Chinese
            "若非您本人，也請更改密碼。\n\n"  # noqa: RUF001 - Chinese
            "您的收據編號：{receipt}\n",  # noqa: RUF001 - Chinese
        ),
        ("zh-Hant", AboutErasure.DONE): (
            "您的帳號已刪除",
            "此帳號及其中所有內容已於 {day}（UTC）刪除。"  # noqa: RUF001 - Chinese
            "這是寄到此信箱的最後一封信。\n\n"
            "您的收據編號：{receipt}\n",  # noqa: RUF001 - Chinese
        ),
    }
)


def tell_of_erasure(
    about: AboutErasure, email: str, *, language: str, day: date, receipt: str
) -> None:
    """Hand the mail to the mail server.

    An address that it refuses for good counts as told: nobody reads mail there. Raises
    SMTPException or OSError when it has to be tried again.
    """
    subject, text = WORDS[language, about]
    body = text.format(day=day.isoformat(), receipt=receipt)
    try:
        send_mail(subject, body, None, [email])
    except smtplib.SMTPRecipientsRefused as error:
        [(code, _)] = error.recipients.values()
        if code < PERMANENT:
            raise
