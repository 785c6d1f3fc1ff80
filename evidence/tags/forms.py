"""What evidence is tagged to, as one chooses it: themes, and recommendations with a stance."""

from __future__ import annotations

from typing import Any

from django import forms

from evidence.tags.actions import Evidence, Seen
from evidence.tags.models import Stance, tags_on
from inquiry.models import Inquiry, Recommendation, Theme

KEYS = "1234567890-="


class TagsForm(forms.Form):
    """The themes that evidence bears on, and the recommendations that it supports, challenges or qualifies."""

    themes = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, inquiry: Inquiry, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = Theme.objects.visible_to(user).filter(inquiry=inquiry).leaves().in_use().in_order()
        recommendations = Recommendation.objects.visible_to(user).filter(inquiry=inquiry).in_order()
        self.offered = {str(theme.pk): theme for theme in themes}
        self.asked = {f"rec_{each.pk}": each for each in recommendations}
        self.fields["themes"].choices = list(self.offered.items())  # type: ignore[attr-defined]
        for name in self.asked:
            self.fields[name] = forms.ChoiceField(choices=[("", "no stance"), *Stance.choices], required=False)

    @property
    def tags(self) -> dict[str, Any]:
        """What was chosen, as an action takes it."""
        stances = {each: self.cleaned_data[name] for name, each in self.asked.items() if self.cleaned_data[name]}
        return {"themes": [self.offered[pk] for pk in self.cleaned_data["themes"]], "stances": stances}

    @property
    def legend(self) -> str:
        """What the themes are called: "Missions", where there is one framework."""
        frameworks = {theme.framework for theme in self.offered.values()}
        return f"{frameworks.pop().leaf_name}s" if len(frameworks) == 1 else "Themes"

    def theme_groups(self) -> list[dict[str, Any]]:
        """Themes under their objectives, for the picker; the first twelve have a key each."""
        chosen = {str(each) for each in self["themes"].value() or ()}
        several = len({theme.framework_id for theme in self.offered.values()}) > 1
        groups: list[dict[str, Any]] = []
        for n, (pk, theme) in enumerate(self.offered.items()):
            label = theme.parent.title if theme.parent else theme.framework.name
            if several and theme.parent:
                label = f"{theme.framework.name}: {label}"
            if not groups or groups[-1]["label"] != label:
                groups.append({"label": label, "options": []})
            groups[-1]["options"].append(
                {
                    "value": pk,
                    "label": f"{theme.number} {theme.title}",
                    "key": KEYS[n] if n < len(KEYS) else "",
                    "checked": pk in chosen,
                    "belongs": theme.definition,
                    "not_here": theme.exclusion,
                }
            )
        return groups

    def recommendation_rows(self) -> list[dict[str, Any]]:
        """Recommendations with the stance chosen so far, for the picker."""
        return [
            {
                "name": name,
                "label": str(each),
                "group": f"{each.addressee.number} {each.addressee.name}",
                "stance": self[name].value(),
            }
            for name, each in self.asked.items()
        ]


class EditTagsForm(TagsForm):
    """The tags of evidence that somebody else may be tagging too."""

    seen = forms.JSONField(required=False, widget=forms.HiddenInput)

    @property
    def tags(self) -> dict[str, Any]:
        return super().tags | {"seen": self._seen()}

    def _seen(self) -> Seen | None:
        """As it was sent with the page, as far as it is about what is shown there."""
        sent = self.cleaned_data["seen"]
        if not isinstance(sent, dict):
            return None
        themes = [self.offered[pk].pk for pk in map(str, sent.get("themes") or ()) if pk in self.offered]
        stances = {each.pk: str(sent[name]) for name, each in self.asked.items() if name in sent}
        return Seen(frozenset(themes), stances)


def tagged(evidence: Evidence) -> dict[str, Any]:
    """What evidence is tagged to, as the form's first values."""
    tags = list(tags_on(evidence))
    stances = {f"rec_{tag.recommendation_id}": tag.stance for tag in tags if tag.recommendation_id}
    return {"themes": [str(tag.theme_id) for tag in tags if tag.theme_id], **stances}
