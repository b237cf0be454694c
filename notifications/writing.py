"""Writing a letter: subject, text and HTML in one language, whole or not at all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Never

from django.conf import settings
from django.template.backends.django import DjangoTemplates
from django.utils import timezone, translation

LANGUAGES: Final[Mapping[str, str]] = {"en": "en", "zh-Hans": "zh-hans"}
"""The languages letters are written in: the tag that is stored, and Django's own code."""


class GapInLetter(ValueError):
    """A template names something that its context does not hold."""


class UnknownLanguage(ValueError):
    """Letters are written in `en` and `zh-Hans` only."""


@dataclass(frozen=True)
class Written:
    """A letter as it leaves the house."""

    subject: str
    text: str
    html: str


class _Gap(str):
    """Stands where Django would quietly print nothing: printing it raises GapInLetter."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return True

    def __mod__(self, variable: object) -> Never:
        raise GapInLetter(f"Nothing to put for {variable}: {GapInLetter.__doc__}")


def write(id: str, language: str, context: Mapping[str, Any]) -> Written:
    """The letter `id` in a language of LANGUAGES. Dates are shown in the house's time zone.

    Raises UnknownLanguage, GapInLetter, TemplateDoesNotExist.
    """
    if language not in LANGUAGES:
        raise UnknownLanguage(f"{language!r}: {UnknownLanguage.__doc__}")
    house = {"language": language, "operator": settings.OPERATOR_NAME[language]}
    everything: dict[str, Any] = {**context, **house}
    with translation.override(LANGUAGES[language]), timezone.override(settings.TIME_ZONE):
        subject = " ".join(_render(f"letters/{id}/subject.txt", everything).split())
        everything["subject"] = subject
        text = _render(f"letters/{id}/body.txt", everything)
        html = _render(f"letters/{id}/body.html", everything)
    return Written(subject, _without_holes(text), html.strip() + "\n")


def _render(template: str, context: Mapping[str, Any]) -> str:
    house: dict[str, Any] = settings.TEMPLATES[0]
    folders = tuple(str(folder) for folder in house["DIRS"])
    engine = _engine(folders, template.endswith(".html"))
    return str(engine.get_template(template).render(dict(context)))


@lru_cache(maxsize=8)
def _engine(folders: tuple[str, ...], is_html: bool) -> DjangoTemplates:
    return DjangoTemplates(
        {
            "NAME": "letters",
            "DIRS": [Path(folder) for folder in folders],
            "APP_DIRS": False,
            "OPTIONS": {"autoescape": is_html, "string_if_invalid": _Gap("gap")},
        }
    )


def _without_holes(text: str) -> str:
    """One blank line at most between paragraphs, no blanks at line ends."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"
