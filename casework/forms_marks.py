"""The form of the mark check: one picture, and if wanted the place of its visible mark."""

from typing import Any, Final

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from screening.marks.check import Box

LARGEST: Final = 20_000_000
_WHOLE: Final = 100


class MarkForm(forms.Form):
    """`cleaned_data["mark"]` is the place, None when none was named."""

    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG, JPEG or WebP. It is looked at and not kept."),
        error_messages={
            "required": _("Choose a picture."),
            "empty": _("The file is empty. Choose it again."),
        },
    )
    left = forms.IntegerField(
        label=_("Visible mark: from the left, in per cent"),
        min_value=0,
        max_value=99,
        required=False,
    )
    top = forms.IntegerField(
        label=_("From the top, in per cent"), min_value=0, max_value=99, required=False
    )
    width = forms.IntegerField(
        label=_("Its width, in per cent"), min_value=1, max_value=_WHOLE, required=False
    )
    height = forms.IntegerField(
        label=_("Its height, in per cent"), min_value=1, max_value=_WHOLE, required=False
    )

    def clean_picture(self) -> Any:
        """Small enough to be checked while somebody waits."""
        picture = self.cleaned_data["picture"]
        if picture.size > LARGEST:
            raise forms.ValidationError(
                _("The picture is larger than %(limit)s. Choose a smaller one.")
                % {"limit": filesizeformat(LARGEST)}
            )
        return picture

    def clean(self) -> dict[str, Any]:
        """All four numbers of the place, or none."""
        data = super().clean() or {}
        told = [data.get(name) for name in ("left", "top", "width", "height")]
        data["mark"] = None
        if any(one is not None for one in told) and not self.errors:
            data["mark"] = self._box(told)
        return data

    def _box(self, told: list[int | None]) -> Box | None:
        try:
            left, top, width, height = (one * 10 for one in told if one is not None)
            return Box(left, top, width, height)
        except ValueError:
            self.add_error(
                "left", _("Give all four numbers of a place inside the picture, or none of them.")
            )
            return None
