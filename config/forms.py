"""Forms, drawn with this project's templates before those of Django; what is missing in one is asked for by name."""

from __future__ import annotations

from typing import Any

from django.forms import Field
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import ChoiceWidget, FileInput

CHOSEN = (ChoiceWidget, FileInput)
# With these a label says of what it is by itself; any other gets an article.
OF_ITSELF = ("how", "what", "when", "where", "who", "why", "your", "the")
DJANGOS_OWN = Field.default_error_messages["required"]


def what_is_missing(field: Field, label: str) -> str:
    """A sentence that says what to do: "Fill in the title.", "Choose how it came."."""
    first = label.split(" ", 1)[0]
    called = label if first[1:].lower() != first[1:] else label[:1].lower() + label[1:]
    article = "" if first.lower() in OF_ITSELF else "the "
    return f"{'Choose' if isinstance(field.widget, CHOSEN) else 'Fill in'} {article}{called}."


class NamedField(BoundField):
    """A field that, left empty, is asked for by its label, unless it has a sentence of its own."""

    def __init__(self, form: Any, field: Field, name: str) -> None:
        super().__init__(form, field, name)
        if field.error_messages.get("required") == DJANGOS_OWN:
            field.error_messages["required"] = what_is_missing(field, str(self.label))

    @property
    def is_missing(self) -> bool:
        """Whether the error says by itself which field it is about."""
        return any(error.code == "required" for error in self.form.errors.as_data().get(self.name, ()))


class Renderer(TemplatesSetting):
    bound_field_class = NamedField
