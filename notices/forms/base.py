"""What every step of the notice form has in common: answers as typed, papers, and what is advised."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise

from notices.services.drafts import Answers

Words = str | Promise


@dataclass(frozen=True)
class Paper:
    """Files of one role that a step asks for."""

    role: str
    label: Words
    hint: Words
    advised: bool = False

    @property
    def field(self) -> str:
        """The name of the file input."""
        return f"file-{self.role}"


class StepForm(forms.Form):
    """One step, as it is at the moment `at` (UTC). Only what must be known to answer at all is required.

    `advised` names the fields that a law asks for: leaving them empty is allowed, is said on the
    check page, and is what a request for information would later ask for.
    """

    use_required_attribute = False
    do_not_call_in_templates = True  # a template lists the classes themselves
    name: ClassVar[str]
    title: ClassVar[Words]
    short: ClassVar[Words]
    advised: ClassVar[tuple[str, ...]] = ()
    papers: ClassVar[tuple[Paper, ...]] = ()

    def __init__(self, at: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def typed(self) -> Answers:
        """Everything as typed, for keeping; `data` is what the browser sent.

        But for NUL, which cannot be kept: the form itself tells whoever sent one.
        """
        data = self.data
        assert isinstance(data, MultiValueDict)
        return {
            name: [str(v).replace("\0", "") for v in data.getlist(name)] for name in self.fields
        }


def kept(answers: Answers) -> QueryDict:
    """Kept answers in the shape of a request, so that a form can examine them again."""
    data = QueryDict(mutable=True)
    for name, values in answers.items():
        data.setlist(name, values)
    return data


def initial(form: type[StepForm], answers: Answers) -> Mapping[str, Any]:
    """Kept answers as starting values, for showing a step again without judging it."""
    many = {
        name
        for name, field in form.base_fields.items()
        if isinstance(field, forms.MultipleChoiceField)
    }
    return {
        name: values if name in many else (values[0] if values else "")
        for name, values in answers.items()
    }


def lines(text: str) -> list[str]:
    """The lines of a text that are not empty, each once, in their order."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
