"""What a text must be before the service shows it, and how names are kept out of it. No database."""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from screening.engine.terms import fold_term
from screening.rules import LANGUAGES, LONGEST_PHRASE, MOST_PHRASES, SHORTEST_TERM, TermText
from screening.states import BY_TERM, GENERAL, TextKind

LONGEST_TEXT: Final = 1_000  # characters, each language
LONGEST_LINE: Final = 200  # characters of a title or source
WITHHELD: Final = {"en": "[name withheld]", "zh-Hans": "某某"}
"""What stands where a name was left out."""
_FIELD: Final = {"en": "text_en", "zh-Hans": "text_zh"}
_MARKED: Final = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True)
class NewText:
    """One version of a text as somebody wrote it; `series` is the text it is a version of, None for a new one.

    `texts` maps en and zh-Hans; what stands in [[ ]] is a name that is never shown. `source` names the
    court and the number of a ruling. `case_id` is a plain id: cases lie in a room above.
    """

    kind: TextKind
    title: str
    texts: Mapping[str, str]
    in_force_from: datetime
    in_force_until: datetime | None = None
    terms: Sequence[TermText] = ()
    allow_phrases: Sequence[str] = ()
    case_id: uuid.UUID | None = None
    case_reference: str = ""
    source: str = ""
    series: uuid.UUID | None = None


def shown(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts as users see them: every marked name is left out."""
    return {tag: _MARKED.sub(WITHHELD[tag], text).strip() for tag, text in texts.items()}


def withheld(texts: Mapping[str, str]) -> list[str]:
    """The names marked in any language, each once."""
    found = (name.strip() for text in texts.values() for name in _MARKED.findall(text))
    return list(dict.fromkeys(found))


def parts(text: str) -> list[tuple[str, bool]]:
    """A text as written, cut where a name is withheld: each piece, and whether it is such a name."""
    pieces = _MARKED.split(text)
    return [(piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece]


def language_of(phrase: str) -> str:
    """The tag of the language a term is written in, by its script."""
    return "zh-Hans" if _HAN.search(phrase) else "en"


def faults(new: NewText) -> dict[str, str]:
    """What is wrong with a text, by field, in sentences that say how to mend it. Empty: it may stand."""
    texts = {_FIELD[tag]: _text_fault(new.texts.get(tag, "")) for tag in LANGUAGES}
    found = {
        "title": _line_fault(new.title, needed=True),
        **texts,
        "terms": _terms_fault(new) or _phrases_fault([term.text for term in new.terms]),
        "allow_phrases": _phrases_fault(new.allow_phrases),
        "case_reference": _case_fault(new),
        "source": _source_fault(new),
        "in_force_until": _until_fault(new),
    }
    found = {name: sentence for name, sentence in found.items() if sentence}
    return found or leaks(new, withheld(new.texts))


def leaks(new: NewText, names: Iterable[str]) -> dict[str, str]:
    """Where one of these names would be told, by field, with a sentence: a name withheld once is told nowhere,
    not in the title either, which stands in case files."""
    told = {_FIELD[tag]: text for tag, text in shown(new.texts).items()}
    told |= {"title": new.title, "source": new.source}
    found = {}
    for field, text in told.items():
        seen = [name for name in names if _stands_in(name, text)]
        if seen:
            sentence = _("“%(name)s” would be shown: put it between [[ and ]], or leave it out.")
            found[field] = sentence % {"name": seen[0]}
    return found


def _stands_in(name: str, text: str) -> bool:
    """Whether a name can be read in a text: as words of its own where its script has words."""
    edge = r"(?<![A-Za-z0-9_])%s(?![A-Za-z0-9_])" if name.isascii() else "%s"
    return bool(name) and re.search(edge % re.escape(name), text, re.IGNORECASE) is not None


def _line_fault(line: str, *, needed: bool) -> str:
    if needed and not line.strip():
        return _("Give the text a name by which staff find it.")
    if len(line) > LONGEST_LINE:
        return _("Keep this to %(most)d characters.") % {"most": LONGEST_LINE}
    return ""


def _text_fault(text: str) -> str:
    if not text.strip():
        return _("Write the text in this language too.")
    if len(text) > LONGEST_TEXT:
        return _("Keep the text to %(most)d characters in each language.") % {"most": LONGEST_TEXT}
    left = _MARKED.sub("", text)
    empty = any(not name.strip() for name in _MARKED.findall(text))
    if empty or "[[" in left or "]]" in left:
        return _("Put each name that is not shown between [[ and ]], and close every pair.")
    return ""


def _terms_fault(new: NewText) -> str:
    if new.kind in BY_TERM and not new.terms:
        return _("Give at least one term: the text is appended where a prompt holds it.")
    if new.kind in GENERAL and (new.terms or new.allow_phrases):
        return _("This kind of text is for everybody: leave the terms empty.")
    return ""


def _phrases_fault(phrases: Sequence[str]) -> str:
    if len(phrases) > MOST_PHRASES:
        return _("Give at most %(most)d phrases.") % {"most": MOST_PHRASES}
    for phrase in phrases:
        if len(phrase) > LONGEST_PHRASE or len(fold_term(phrase).letters) < SHORTEST_TERM:
            return _(
                "“%(phrase)s”: give %(least)d letters or characters at least, and %(most)d at most."
            ) % {"phrase": phrase[:20], "least": SHORTEST_TERM, "most": LONGEST_PHRASE}
    return ""


def _case_fault(new: NewText) -> str:
    if new.kind is TextKind.NOTICE and not (new.case_id and new.case_reference):
        return _("Name the case that the notice stands on.")
    return ""


def _source_fault(new: NewText) -> str:
    if new.kind is TextKind.RULING and not new.source.strip():
        return _("Name the court and the number of the ruling.")
    return _line_fault(new.source, needed=False)


def _until_fault(new: NewText) -> str:
    if new.in_force_until is not None and new.in_force_until <= new.in_force_from:
        return _("Let the text end after it begins, or leave the end empty.")
    return ""
