"""Forms about a session's transcript: the file, who its speakers are, and words that changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from accounts.refusals import Refused
from evidence.quotes.finding import find
from evidence.quotes.following import LeftBehind
from evidence.transcripts.actions import Settled
from evidence.transcripts.seating import Voice

WITNESS, MEMBER, NEW, OTHER = "witness", "member", "new", "other"


class BringForm(forms.Form):
    """A transcript as received."""

    transcript = forms.FileField(
        label="Transcript",
        allow_empty_file=True,
        help_text="PDF, Word or text as the House prints it; a table with question, speaker and text (CSV); "
        "or subtitles with speakers (WebVTT, SRT).",
        error_messages={"required": "Choose the file of the transcript."},
    )
    corrected = forms.BooleanField(
        required=False,
        label="This is the corrected transcript",
        help_text="Its witnesses have seen it. It replaces the version before, and quotes follow it.",
    )


class SpeakersForm(forms.Form):
    """Who each speaker is, panel by panel; those whom the header tells are chosen already."""

    def __init__(
        self,
        *args: Any,
        voices: Sequence[Voice],
        witnesses: dict[int, list[str]],
        members: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.voices = voices
        for n, voice in enumerate(voices):
            known = f"{WITNESS}:{voice.witness}" if voice.witness else f"{MEMBER}:{voice.name}" if voice.name else ""
            # The chair may be known from the header without standing in the list of members.
            others = [name for name in (voice.name,) if name and name not in members]
            choices: list[Any] = [
                ("", "Choose who this is"),
                ("Witnesses on this panel", [(f"{WITNESS}:{name}", name) for name in witnesses.get(voice.panel, ())]),
                ("Members", [(f"{MEMBER}:{name}", name) for name in (*members, *others)]),
                ("Somebody else", [(NEW, "A witness who is not listed"), (OTHER, "Neither a witness nor listed")]),
            ]
            self.fields[f"who_{n}"] = forms.ChoiceField(
                choices=choices,
                initial=known,
                label=f"{voice.printed} is",
                error_messages={"required": f"Say who “{voice.printed}” is."},
            )
            self.fields[f"name_{n}"] = forms.CharField(required=False, max_length=200, label="Name in full")
            self.fields[f"organisation_{n}"] = forms.CharField(required=False, max_length=300, label="Organisation")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for n, voice in enumerate(self.voices):
            if given.get(f"who_{n}") in (NEW, OTHER) and not given.get(f"name_{n}"):
                self.add_error(f"name_{n}", f"Give the name of “{voice.printed}” in full.")
        return given

    def rows(self) -> list[tuple[Voice, BoundField, BoundField, BoundField, bool]]:
        """Each speaker with the fields that say who they are, and whether anybody must say so."""
        return [
            (
                voice,
                self[f"who_{n}"],
                self[f"name_{n}"],
                self[f"organisation_{n}"],
                not (voice.witness or voice.name),
            )
            for n, voice in enumerate(self.voices)
        ]

    @property
    def settled(self) -> list[Settled]:
        """Who the speakers are, as the action takes it."""
        return [self._settled(n, voice) for n, voice in enumerate(self.voices)]

    def _settled(self, n: int, voice: Voice) -> Settled:
        chosen, _, name = self.cleaned_data[f"who_{n}"].partition(":")
        typed, body = (" ".join(self.cleaned_data[f"{field}_{n}"].split()) for field in ("name", "organisation"))
        if chosen == NEW:
            return Settled(voice.printed, voice.panel, witness=typed, organisation=body)
        if chosen == WITNESS:
            return Settled(voice.printed, voice.panel, witness=name)
        return Settled(voice.printed, voice.panel, name=name or typed)


class SettleForm(forms.Form):
    """The words of a quote as the version that counts has them."""

    text = forms.CharField(
        label="The quote as it shall stand",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Words of the new version. Mark an omission as […] and put any change in [square brackets].",
        error_messages={"required": "Give the words, as they stand in the new version."},
    )

    def __init__(self, data: Any = None, *, waiting: LeftBehind) -> None:
        super().__init__(data, initial={"text": waiting.proposal}, prefix=f"quote-{waiting.quote.pk}")
        self.waiting = waiting

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        try:
            find(text, self.waiting.near.text)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return text
