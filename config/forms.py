"""How every form of the house is drawn: label, hint, error, control; never the browser's own checks."""

from pathlib import Path
from typing import Any

import django.forms
from django.forms.renderers import DjangoTemplates
from django.utils.functional import cached_property

_OURS = Path(__file__).resolve().parent.parent / "templates"
_DJANGOS = Path(django.forms.__file__).parent / "templates"


class Renderer(DjangoTemplates):
    """Draws forms from templates/forms; Django's own widget templates fill the gaps."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"

    @cached_property
    def engine(self) -> Any:
        """Django's form engine, looking into our folder first."""
        return self.backend(
            {"APP_DIRS": True, "DIRS": [_OURS, _DJANGOS], "NAME": "forms", "OPTIONS": {}}
        )
