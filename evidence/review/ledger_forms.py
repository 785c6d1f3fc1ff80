"""Forms of the ledger: where a recommendation goes, what it answers, how evidence bears on it."""

from __future__ import annotations

from typing import Any

from django import forms

from evidence.tags.models import Stance, Tag
from inquiry.editing import EditForm
from inquiry.models import Addressee, Inquiry, Recommendation

LONGEST_ANSWER = 20_000


class MoveForm(forms.Form):
    """The place of a recommendation: first with an addressee, or after one of its recommendations."""

    place = forms.ChoiceField(label="Where it goes", help_text="The numbers of those around it follow.")

    def __init__(self, sent: Any, *, recommendation: Recommendation, inquiry: Inquiry, user: Any) -> None:
        seen = {"inquiry": inquiry}
        self.addressees = {each.pk: each for each in Addressee.objects.visible_to(user).filter(**seen)}
        standing = Recommendation.objects.visible_to(user).filter(**seen).in_order()
        self.others = {each.pk: each for each in standing if each.pk != recommendation.pk}
        order = [each for each in standing if each.addressee_id == recommendation.addressee_id]
        self.around = [each.pk for each in order]
        at = self.around.index(recommendation.pk)
        self.here = self._key(recommendation.addressee_id, self.around[at - 1] if at else None)
        super().__init__(self._stepped(sent, recommendation, at), initial={"place": self.here})
        self.fields["place"].choices = self._choices()  # type: ignore[attr-defined]

    @staticmethod
    def _key(addressee: int, after: int | None = None) -> str:
        return f"{addressee}:{after or ''}"

    def _stepped(self, sent: Any, recommendation: Recommendation, at: int) -> Any:
        """One up or down, as the place that it is."""
        step = sent.get("step") if sent else None
        if step not in ("up", "down"):
            return sent
        others = [pk for pk in self.around if pk != recommendation.pk]
        to = max(at - 1, 0) if step == "up" else min(at + 1, len(others))
        return {"place": self._key(recommendation.addressee_id, others[to - 1] if to else None)}

    def _choices(self) -> list[Any]:
        groups = {pk: [(self._key(pk), "First")] for pk in self.addressees}
        for each in self.others.values():
            groups[each.addressee_id].append((self._key(each.addressee_id, each.pk), f"After {each}"))
        return [(f"{self.addressees[pk].number} {self.addressees[pk]}", places) for pk, places in groups.items()]

    def clean_place(self) -> dict[str, Any]:
        """As the action takes it."""
        addressee, _, after = self.cleaned_data["place"].partition(":")
        return {"addressee": self.addressees[int(addressee)], "after": self.others[int(after)] if after else None}


class AnswerForm(EditForm):
    """What the inquiry says to the evidence that challenges a recommendation."""

    text = forms.CharField(
        label="Answer",
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Why the inquiry recommends it all the same, or what it changed. Leave it empty to take the answer "
        "back.",
    )
    up_to = forms.IntegerField(required=False, widget=forms.HiddenInput)


class LinkForm(EditForm):
    """How a piece of evidence bears on a recommendation."""

    stance = forms.ChoiceField(choices=Stance.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        required=False,
        max_length=Tag._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Printed beside the evidence in the appendix.",
    )
