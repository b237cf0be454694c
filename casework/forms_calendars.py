"""Next year's notice, as a file, as text, or line by line. Shape only; `deadlines.services.loading` decides."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deadlines.calendars.registry import CN, EU
from deadlines.calendars.year_file import CONFIDENCE
from deadlines.services.loading import LONGEST_TEXT, LONGEST_VERSION

_DAY: Final = r"\d{4}-\d{2}-\d{2}"
_NAMES: Final = r"\s*[;；]\s*(?P<en>[^;；]+?)\s*[;；]\s*(?P<zh>[^;；]+?)\s*"
_REST: Final = re.compile(rf"(?P<first>{_DAY})(?:\s*(?:to|至|–|—|-|~)\s*(?P<last>{_DAY}))?{_NAMES}")
_MAKE_UP: Final = re.compile(rf"(?P<first>{_DAY}){_NAMES}")
_LINES: Final = forms.Textarea(attrs={"rows": 8, "spellcheck": "false"})
CALENDARS: Final = (
    (CN, gettext_lazy("PRC working days")),
    (EU, gettext_lazy("EU institutions (Regulation 1182/71)")),
)
CONFIDENCES: Final = (
    ("read", gettext_lazy("copied from the notice itself")),
    ("high", gettext_lazy("not read at its source, hardly in doubt")),
    ("medium", gettext_lazy("not read at its source, to be checked")),
    ("low", gettext_lazy("a guess")),
)
_SOURCE: Final = gettext_lazy("Name the notice that the days are copied from.")
assert tuple(key for key, _words in CONFIDENCES) == CONFIDENCE


class NoticeTextForm(forms.Form):
    """A year as TOML: a file, or its text."""

    calendar = forms.ChoiceField(label=gettext_lazy("Calendar"), choices=CALENDARS)
    file = forms.FileField(
        label=gettext_lazy("File of the year (TOML)"), required=False, allow_empty_file=True
    )
    toml = forms.CharField(
        label=gettext_lazy("Or its text"), required=False, strip=False, widget=_LINES
    )

    def clean(self) -> dict[str, Any]:
        """The text, from whichever was given."""
        data = super().clean() or self.cleaned_data
        file = data.get("file")
        if file is not None and file.size > LONGEST_TEXT:
            self.add_error("file", _("This is too long for one year's notice."))
        elif file is not None:
            try:
                data["toml"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("The file is no text in UTF-8. Save it as UTF-8."))
        elif not data.get("toml", "").strip():
            self.add_error("toml", _("Choose a file or paste its text."))
        return data

    def text(self) -> str:
        """The year as TOML."""
        return one_newline(self.cleaned_data["toml"])


class NoticeLinesForm(forms.Form):
    """A year line by line, for whoever copies it from the notice."""

    calendar = forms.ChoiceField(label=gettext_lazy("Calendar"), choices=CALENDARS)
    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        min_value=2000,
        max_value=2200,
        error_messages={"required": gettext_lazy("Enter the year of the notice.")},
    )
    version = forms.CharField(
        label=gettext_lazy("Version"),
        max_length=LONGEST_VERSION,
        help_text=gettext_lazy("For instance 2027.1; a correction is 2027.2."),
        error_messages={"required": gettext_lazy("Enter a version, for instance 2027.1.")},
    )
    source_en = forms.CharField(
        label=gettext_lazy("Source (English)"),
        max_length=300,
        error_messages={"required": _SOURCE},
    )
    source_zh = forms.CharField(
        label=gettext_lazy("Source (Chinese)"),
        max_length=300,
        error_messages={"required": _SOURCE},
    )
    confidence = forms.ChoiceField(label=gettext_lazy("How sure"), choices=CONFIDENCES)
    rest = forms.CharField(
        label=gettext_lazy("Days of rest, one stretch a line"),
        help_text=gettext_lazy("2027-01-01 to 2027-01-03; New Year's Day; 元旦"),
        widget=_LINES,
        strip=False,
        max_length=20_000,
        error_messages={"required": gettext_lazy("Enter the days of rest as in the example.")},
    )
    make_up = forms.CharField(
        label=gettext_lazy("Make-up working days, one a line"),
        help_text=gettext_lazy("2027-01-09; make-up working day for New Year's Day; 元旦调休上班"),
        widget=_LINES,
        strip=False,
        required=False,
        max_length=20_000,
    )

    def clean_rest(self) -> list[dict[str, str]]:
        """Each stretch with its names; a year without any is given as a file."""
        return list(_matched(self.cleaned_data["rest"], _REST, self.fields["rest"].help_text))

    def clean_make_up(self) -> list[dict[str, str]]:
        """Each day with its names."""
        example = self.fields["make_up"].help_text
        return list(_matched(self.cleaned_data["make_up"], _MAKE_UP, example))

    def text(self) -> str:
        """The year as TOML."""
        data = self.cleaned_data
        lines = [
            f"year = {data['year']}",
            f"version = {_quoted(data['version'])}",
            f"confidence = {_quoted(data['confidence'])}",
            f"source = {_both(data['source_en'], data['source_zh'])}",
        ]
        for one in data["rest"]:
            last = one["last"] or one["first"]
            name = _both(one["en"], one["zh"])
            lines += ["", "[[rest]]", f"from = {one['first']}", f"to = {last}", f"name = {name}"]
        for one in data["make_up"]:
            name = _both(one["en"], one["zh"])
            lines += ["", "[[make_up]]", f"date = {one['first']}", f"name = {name}"]
        return "\n".join(lines) + "\n"


class ConfirmForm(forms.Form):
    """The year that was shown in the preview, as it was shown."""

    calendar = forms.ChoiceField(choices=CALENDARS, widget=forms.HiddenInput)
    toml = forms.CharField(strip=False, widget=forms.HiddenInput)

    def text(self) -> str:
        """The year as TOML."""
        return one_newline(self.cleaned_data["toml"])


def one_newline(text: str) -> str:
    """The text with one kind of line end: browsers send two characters where one was shown."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _matched(text: str, pattern: re.Pattern[str], example: object) -> Iterator[dict[str, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        found = pattern.fullmatch(line.strip())
        if found is None:
            raise forms.ValidationError(
                _("Line %(number)d cannot be read. Write it like this: %(example)s")
                % {"number": number, "example": example}
            )
        yield {key: value or "" for key, value in found.groupdict().items()}


def _both(english: str, chinese: str) -> str:
    return f"{{ en = {_quoted(english)}, zh-Hans = {_quoted(chinese)} }}"


def _quoted(text: str) -> str:
    """A basic string of TOML, which is one of JSON."""
    return json.dumps(text, ensure_ascii=False)
