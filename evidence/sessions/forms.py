"""A session as it is logged: the meeting, its panels and who was heard on them, on one page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from evidence.quotes.forms import TimeCodeField
from evidence.quotes.models import LONGEST_QUOTE
from evidence.sessions.actions import AppearanceEntry, PanelEntry
from evidence.tags.forms import TagsForm
from evidence.witnesses.models import SECTOR_CHOICES, Appearance
from inquiry.date_fields import KnownDateField
from inquiry.dates import Precision
from inquiry.editing import EditForm
from inquiry.forms import rows_of
from inquiry.models import Panel, Rule, Session, SessionKind
from inquiry.numbers import whole_number

PART_NAMES_NO_ONE = (
    "A panel is under the Chatham House Rule, so nothing is kept that tells who took part. Take this out, or choose "
    "another rule for the panel."
)
MOST_PANELS, MOST_WITNESSES = 20, 50
NO_ONE = "Under the Chatham House Rule nobody is recorded. Take this out, or choose another rule."
RULES = (
    (Rule.ON_RECORD, "On the record"),
    (Rule.PRIVATE, "Private: who was heard, and their words, are for the secretariat"),
    (Rule.CHATHAM_HOUSE, "Chatham House Rule: nobody is named or quoted, and no list of who took part is kept"),
)


class SessionForm(forms.ModelForm, EditForm):
    """The meeting itself."""

    date = KnownDateField(
        label="Date", required=False, help_text="Leave the day, or the day and the month, empty if not known."
    )
    rule = forms.ChoiceField(choices=RULES, widget=forms.RadioSelect)
    recording = forms.URLField(label="Link to the recording", required=False, assume_scheme="https")
    members_present = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text="One name a line."
    )

    class Meta:
        model = Session
        fields = ("kind", "number", "title", "venue", "days", "recording", "rule")

    def clean_members_present(self) -> list[str]:
        return [name for line in self.cleaned_data["members_present"].splitlines() if (name := " ".join(line.split()))]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("kind") != SessionKind.EVIDENCE and given.get("number") is not None:
            self.add_error("number", "Only evidence sessions are numbered.")
        if given.get("rule") == Rule.CHATHAM_HOUSE:
            self.refuse_lists(NO_ONE)
        return given

    def refuse_lists(self, because: str) -> bool:
        """Says beside what tells who took part that it can't be kept; whether there was any."""
        told = [name for name in ("members_present", "recording") if self.cleaned_data.get(name)]
        for name in told:
            self.add_error(name, because)
        return bool(told)

    @property
    def details(self) -> dict[str, Any]:
        """The meeting as an action takes it."""
        date, precision = self.cleaned_data["date"] or (None, Precision.UNKNOWN)
        names = ("kind", "number", "title", "venue", "days", "recording", "members_present", "rule")
        return {name: self.cleaned_data[name] for name in names} | {"date": date, "date_precision": precision}

    def _post_clean(self) -> None:
        """The record is written by an action, which checks it; the form only reads."""


def as_typed(session: Session) -> dict[str, Any]:
    """A session's first values for the form."""
    return {
        **{name: getattr(session, name) for name in SessionForm.Meta.fields},
        "date": (session.date, Precision(session.date_precision)),
        "members_present": "\n".join(session.members_present),
    }


class WitnessRow(forms.Form):
    """A witness on a panel, with the role and organisation of that day."""

    appearance = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label="Witness",
        required=False,
        max_length=200,
        help_text="As printed, with any honorific.",
        widget=forms.TextInput(attrs={"list": "known-people", "autocomplete": "off"}),
    )
    role = forms.CharField(required=False, max_length=200, help_text="On that day.")
    organisation = forms.CharField(
        required=False,
        max_length=300,
        help_text="That they spoke for.",
        widget=forms.TextInput(attrs={"list": "known-organisations", "autocomplete": "off"}),
    )
    sector = forms.ChoiceField(required=False, choices=SECTOR_CHOICES, help_text="Of a new organisation.")
    lived_experience = forms.BooleanField(required=False, label="Speaks from lived experience")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in ("name", "role", "organisation"):
            given[name] = " ".join(given.get(name, "").split())
        if not given["name"] and (given["role"] or given["organisation"]) and not self.removed:
            self.add_error("name", "Name the witness.")
        return given

    @property
    def removed(self) -> bool:
        return bool(self.cleaned_data.get("DELETE"))

    @property
    def is_filled(self) -> bool:
        return bool(self.cleaned_data.get("name")) and not self.removed

    def entry(self, known: dict[int, Appearance]) -> AppearanceEntry:
        given = {key: self.cleaned_data[key] for key in ("name", "role", "organisation", "sector", "lived_experience")}
        return AppearanceEntry(**given, appearance=known.get(self.cleaned_data["appearance"] or 0))


class BaseWitnesses(forms.BaseFormSet):
    default_error_messages = {"too_many_forms": "A panel has at most %(num)d witnesses."}

    def clean(self) -> None:
        rows = [form for form in self.forms if form.is_filled]
        names = [(form.cleaned_data["name"].lower(), form.cleaned_data["organisation"].lower()) for form in rows]
        if len(set(names)) < len(names):
            raise ValidationError("The same witness stands twice on this panel.")


Witnesses = cast(
    type[BaseWitnesses],
    rows_of(WitnessRow, base=BaseWitnesses, most=MOST_WITNESSES, extra=2),
)


class PanelRow(forms.Form):
    """A panel, with the rows of its witnesses."""

    panel = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label="Panel", required=False, max_length=200, help_text="Its title, where it has one.")
    rule = forms.ChoiceField(
        required=False,
        choices=[("", "As the session"), *Rule.choices],
        help_text="Only where this part of the meeting had a rule of its own.",
    )

    @cached_property
    def witnesses(self) -> BaseWitnesses:
        """The witnesses' rows; their names begin with the panel's, so that a panel added by script brings its own."""
        initial = [
            {**vars(each), "appearance": each.appearance and each.appearance.pk}
            for each in self.initial.get("appearances", ())
        ]
        return Witnesses(
            self.data if self.is_bound else None, prefix=f"{self.prefix}-appearances", initial=initial or None
        )

    def has_changed(self) -> bool:
        return super().has_changed() or any(row.has_changed() for row in self.witnesses.forms)

    def is_valid(self) -> bool:
        return super().is_valid() and (self.removed or self.witnesses.is_valid())

    @property
    def nested(self) -> BaseWitnesses | None:
        """The rows whose errors the summary tells with the panel's own."""
        return self.witnesses if self.is_bound and not self.removed else None

    @property
    def removed(self) -> bool:
        return bool(getattr(self, "cleaned_data", {}).get("DELETE"))

    @property
    def names_anybody(self) -> bool:
        return not self.removed and any(row.is_filled for row in self.witnesses.forms)

    def entry(self, panels: dict[int, Panel], appearances: dict[int, Appearance]) -> PanelEntry:
        rows = [row.entry(appearances) for row in self.witnesses.forms if row.is_filled]
        given = self.cleaned_data
        return PanelEntry(given.get("title", ""), given.get("rule", ""), rows, panels.get(given.get("panel") or 0))


def as_row(entry: PanelEntry) -> dict[str, Any]:
    """A panel's first values for its row."""
    return {**vars(entry), "panel": entry.panel and entry.panel.pk}


def heard_on(entries: Sequence[PanelEntry]) -> str:
    """Panels with their witnesses, a line each."""
    rules = dict(Rule.choices)
    return "\n".join(
        ": ".join(part for part in (entry.title, str(rules.get(entry.rule, "")), _witnesses(entry)) if part)
        for entry in entries
    )


def _witnesses(entry: PanelEntry) -> str:
    return "; ".join(", ".join(filter(None, (w.name, w.role, w.organisation))) for w in entry.appearances) or "–"


class BasePanels(forms.BaseFormSet):
    default_error_messages = {"too_many_forms": "A session has at most %(num)d panels."}

    def entries(self, session: Session | None = None) -> list[PanelEntry]:
        """The panels as an action takes them; a row that was left empty is none."""
        panels = {panel.pk: panel for panel in session.panels.all()} if session else {}
        heard = Appearance.objects.filter(panel__session=session).select_related("witness") if session else ()
        appearances = {each.pk: each for each in heard}
        rows = [form for form in self.forms if not form.removed and self._is_meant(form)]
        return [form.entry(panels, appearances) for form in rows]

    def _is_meant(self, form: PanelRow) -> bool:
        given = form.cleaned_data
        return bool(given.get("panel") or given.get("title") or given.get("rule") or form.names_anybody)

    @property
    def part_is_under_the_rule(self) -> bool:
        return any(form.cleaned_data.get("rule") == Rule.CHATHAM_HOUSE for form in self.forms if not form.removed)

    def refuse_people_under(self, rule: str) -> bool:
        """Says beside each panel under the Chatham House Rule that it names people; whether there was one."""
        found = False
        for form in self.forms:
            of_its_own = form.cleaned_data.get("rule") or rule
            if Rule.CHATHAM_HOUSE in (rule, of_its_own) and form.names_anybody:
                heard = next(row for row in form.witnesses.forms if row.is_filled)
                heard.add_error("name", NO_ONE)
                found = True
        return found

    def total_error_count(self) -> int:
        return super().total_error_count() + sum(form.nested.total_error_count() for form in self.forms if form.nested)


Panels = cast(
    type[BasePanels],
    rows_of(PanelRow, base=BasePanels, most=MOST_PANELS, extra=0, min_num=1),
)


def with_another_panel(data: Any) -> Any:
    """What was typed, with the rows of one more panel: how a panel is added where no script runs."""
    data = data.copy()
    number = min(whole_number(data.get("panels-TOTAL_FORMS", "")) or 0, MOST_PANELS)
    data["panels-TOTAL_FORMS"] = str(number + 1)
    data[f"panels-{number}-appearances-TOTAL_FORMS"] = str(Witnesses.extra)
    data[f"panels-{number}-appearances-INITIAL_FORMS"] = "0"
    return data


class InsightForm(forms.Form):
    """An unattributed point from a meeting under the Rule."""

    text = forms.CharField(
        label="Insight",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What was learnt, in your own words. Nothing that tells who said it, or for whom they spoke.",
    )
    panel = forms.ModelChoiceField(Panel.objects.none(), required=False, empty_label="The whole meeting")

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["panel"]).queryset = session.panels.filter(rule=Rule.CHATHAM_HOUSE)
        if not session.under_the_rule:
            self.fields["panel"].required = True


class SpokenForm(TagsForm):
    """What a witness said, where there is no transcript, with its tags."""

    appearance = forms.ModelChoiceField(Appearance.objects.none(), label="Witness", empty_label="Choose the witness")
    text = forms.CharField(
        label="Words",
        max_length=LONGEST_QUOTE,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="As they were said. Mark an omission as […] and put any change in [square brackets].",
    )
    checked_against = forms.CharField(
        label="Checked against",
        required=False,
        max_length=300,
        help_text="A published source, by name. Leave it and the time code empty if nobody has checked the words yet.",
    )
    time_code = TimeCodeField(
        label="Or heard in the recording at", required=False, help_text="Where the words begin: 0:42:10."
    )

    def __init__(self, *args: Any, appearances: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["appearance"]).queryset = appearances

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("appearance", "text", "checked_against", "time_code")}
