"""What is asked for a round of double coding, of each passage in it, and of each disagreement."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from accounts.models import User
from accounts.roles import ROLES, Verb
from evidence.coding.actions import MOST, SEEDS
from evidence.coding.comparing import Disagreement, named
from evidence.coding.models import Coder, Outcome, Round
from evidence.submissions.models import Submission
from evidence.submissions.references import read_reference
from evidence.tags.forms import TagsForm
from inquiry.models import Framework, Inquiry, Session

_SESSION = re.compile(r"session\s+(\d{1,4})", re.IGNORECASE)


class RoundForm(forms.Form):
    """Which passages are coded, by what, and by whom."""

    title = forms.CharField(max_length=200, help_text="By which you find it again: “First reading, March”.")
    framework = forms.ModelChoiceField(Framework.objects.none(), empty_label=None)
    source = forms.CharField(
        required=False,
        max_length=40,
        label="One source alone",
    )
    count = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST,
        label="Passages drawn at random",
        help_text=f"At most {MOST}. Left empty, all passages of the source.",
    )
    seed = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=SEEDS - 1,
        help_text="The same seed draws the same passages. Left empty, one is made up, and kept.",
    )
    first = forms.ModelChoiceField(User.objects.none(), label="First coder", empty_label="Choose a person")
    second = forms.ModelChoiceField(User.objects.none(), label="Second coder", empty_label="Choose a person")

    def __init__(self, *args: Any, inquiry: Inquiry, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inquiry, self.user = inquiry, user
        said = f"A submission’s reference, such as {inquiry.reference(12)}, or “session 2”."
        self.fields["source"].help_text = f"{said} Left empty, all of the evidence."
        taggers = User.objects.filter(
            memberships__inquiry=inquiry, memberships__role__in=ROLES[Verb.TAG], is_active=True
        ).order_by("name")
        self.frameworks = Framework.objects.visible_to(user).filter(inquiry=inquiry)
        for name, rows in {"first": taggers, "second": taggers, "framework": self.frameworks}.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean_source(self) -> Submission | Session | None:
        text = self.cleaned_data["source"].strip()
        if not text:
            return None
        found: Submission | Session | None = None
        if session := _SESSION.fullmatch(text):
            seen = Session.objects.visible_to(self.user).filter(inquiry=self.inquiry)
            found = seen.filter(number=int(session[1])).first()
        elif (number := read_reference(text)) and number[0] in ("", self.inquiry.code.upper()):
            written = Submission.objects.visible_to(self.user).filter(inquiry=self.inquiry)
            found = written.filter(number=number[1]).first()
        if found is None:
            raise forms.ValidationError(
                f"There is no such submission or session here. Write {self.inquiry.reference(12)}, or “session 2”."
            )
        return found

    @property
    def details(self) -> dict[str, Any]:
        """As the action takes it."""
        given = dict(self.cleaned_data)
        return given | {"coders": (given.pop("first"), given.pop("second"))}


class CodeForm(TagsForm):
    """On which themes of a round a passage bears."""

    def __init__(self, *args: Any, round: Round, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, inquiry=round.inquiry, user=user, **kwargs)
        self.offered = {str(theme.pk): theme for theme in round.themes()}
        self.fields["themes"].choices = list(self.offered.items())  # type: ignore[attr-defined]
        for name in self.asked:
            del self.fields[name]
        self.asked = {}


class SettleForm(forms.Form):
    """How a disagreement is settled."""

    outcome = forms.ChoiceField(
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        label="It bears on",
        error_messages={"required": "Choose on which themes it bears."},
    )
    reason = forms.CharField(max_length=300, required=False, help_text="For whoever meets the same question again.")

    def __init__(
        self, *args: Any, differ: Disagreement, coders: list[Coder], called: dict[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        first, second = (str(each.person) for each in coders)
        said = {
            "first": f"as {first} said",
            "second": f"as {second} said",
            "both": "all of these",
            "neither": "both said",
        }
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (outcome, f"{'; '.join(named(differ.themes(outcome), called)) or 'No theme'} ({why})")
            for outcome, why in said.items()
        ]


class GiveUpForm(forms.Form):
    """Why a round is given up."""

    why = forms.CharField(
        required=False,
        max_length=Round._meta.get_field("given_up_why").max_length,
        label="Why",
        help_text="Kept with the round: “Bo has left; opened again as Second reading.”",
    )
