"""The pages of written evidence: reading it, receiving it, and the steps of its life."""

from evidence.submissions.views.deciding import (
    accept,
    accept_many,
    clear,
    decide,
    decide_many,
    publish,
    publish_many,
    receive_again,
    return_,
    return_many,
    withdraw,
)
from evidence.submissions.views.reading import detail, files_progress, listing
from evidence.submissions.views.receiving import add, add_consent, add_files, contact, edit, withdraw_consent

__all__ = [
    "accept",
    "accept_many",
    "add",
    "add_consent",
    "add_files",
    "clear",
    "contact",
    "decide",
    "decide_many",
    "detail",
    "edit",
    "files_progress",
    "listing",
    "publish",
    "publish_many",
    "receive_again",
    "return_",
    "return_many",
    "withdraw",
    "withdraw_consent",
]
