"""Handing a message to the mail server. What goes wrong is told in our words: a server’s can hold the address."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core import mail

from accounts.refusals import Refused

log = logging.getLogger(__name__)
NO_SERVER = "The mail server could not be reached, so nothing was sent. Try again later."
NOT_TAKEN = "The mail server did not take it, so nothing was sent. Look whether the e-mail address is right."
NO_SUCH_ADDRESS = "Its e-mail address is not one that mail can be sent to. Nothing was sent."


class NotTaken(Refused):
    """The server said in so many words that it has not taken the message."""


class NobodyKnows(Refused):
    """The message may have been sent: the server’s word is missing."""


@contextmanager
def mail_server(message: mail.EmailMessage) -> Iterator[Any]:
    """The connection by which the message will go, open before anything is noted of it.

    :raises accounts.refusals.Refused: where it can go nowhere; nothing was sent then.
    """
    server = mail.get_connection()
    message.connection = server
    try:
        message.message()
        server.open()
    except ValueError:
        raise Refused(NO_SUCH_ADDRESS) from None
    except (OSError, smtplib.SMTPException):
        raise Refused(NO_SERVER) from None
    try:
        yield server
    finally:
        server.close()


def hand_over(message: mail.EmailMessage, *, unsure: str, called: str) -> None:
    """Gives the server the message, once. Whatever else happens must not lead to a second one.

    :raises NotTaken: where the server refuses it.
    :raises NobodyKnows: with the sentence ``unsure``, where it may have been sent.
    """
    try:
        message.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException, smtplib.SMTPNotSupportedError):
        raise NotTaken(NOT_TAKEN) from None
    except Exception as error:  # whatever it is, it must not lead to a second message
        log.warning("What became of %s is not known: %s.", called, type(error).__name__)
        raise NobodyKnows(unsure) from None
