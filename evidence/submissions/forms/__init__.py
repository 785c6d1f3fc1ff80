"""Forms about written evidence."""

from evidence.submissions.forms.deciding import (
    ClearForm,
    DecisionForm,
    EditDecisionForm,
    PublishForm,
    ReasonForm,
    WithdrawConsentForm,
)
from evidence.submissions.forms.files import FilesField, FilesForm, FilesInput
from evidence.submissions.forms.receiving import (
    BaseSubmitters,
    ChangeForm,
    ConsentForm,
    EditContactForm,
    LogForm,
    Submitters,
)

__all__ = [
    "BaseSubmitters",
    "ChangeForm",
    "ClearForm",
    "ConsentForm",
    "DecisionForm",
    "EditContactForm",
    "EditDecisionForm",
    "FilesField",
    "FilesForm",
    "FilesInput",
    "LogForm",
    "PublishForm",
    "ReasonForm",
    "Submitters",
    "WithdrawConsentForm",
]
