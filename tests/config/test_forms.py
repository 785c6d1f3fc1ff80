"""What is missing in a form is asked for by name."""

from __future__ import annotations

import pytest
from django import forms

from config.forms import what_is_missing
from tests.editing import on


class Example(forms.Form):
    title = forms.CharField()
    email = forms.CharField(label="E-mail address")
    url = forms.CharField(label="URL of it")
    came = forms.ChoiceField(label="How it came", choices=[("post", "By post")])
    rule = forms.ChoiceField(choices=[("open", "Open")], widget=forms.RadioSelect)
    file = forms.FileField()
    own = forms.CharField(label="Your name")
    said = forms.CharField(error_messages={"required": "Say it."})
    years = forms.CharField(label="Note", max_length=3)


def test_each_field_that_is_empty_says_what_to_do_once() -> None:
    form = Example({"years": "long"})
    assert {name: list(said) for name, said in form.errors.items()} == {
        "title": ["Fill in the title."],
        "email": ["Fill in the e-mail address."],
        "url": ["Fill in the URL of it."],
        "came": ["Choose how it came."],
        "rule": ["Choose the rule."],
        "file": ["Choose the file."],
        "own": ["Fill in your name."],
        "said": ["Say it."],
        "years": ["Ensure this value has at most 3 characters (it has 4)."],
    }
    assert [field.name for field in form if not field.is_missing] == ["years"]


def test_a_form_that_is_asked_again_is_asked_by_its_own_labels() -> None:
    first, second = Example({}), Example({})
    second.fields["title"].label = "Headline"
    assert first.errors["title"] == ["Fill in the title."]
    assert second.errors["title"] == ["Fill in the headline."]


@pytest.mark.parametrize(
    ("label", "said"), [("A", "Fill in the a."), ("Q", "Fill in the q."), ("What for", "Fill in what for.")]
)
def test_short_labels_are_said_too(label: str, said: str) -> None:
    assert what_is_missing(forms.CharField(), label) == said


def test_a_day_is_typed_into_three_boxes() -> None:
    assert on("day", "2023-05-02") == {"day_0": "02", "day_1": "05", "day_2": "2023"}
