"""Some rules and their automata: every term, in every disguise, that stands in one text."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick

from . import leet, rereading
from .folding import Folded, Gap, Reading
from .ordinary import is_everyday, is_word
from .patterns import Pattern, Way, may_be_leet, patterns, plain
from .rules import How, Rule
from .spelling import is_unspaced, spells
from .terms import Term, fold_term

_FILLED: Final = (
    3  # Han characters that a name has at least when fillers between them are passed over
)
_KEY: Final = 8  # letters by which a name is found before the rest of it is compared
_DIGIT: Final = re.compile(r"[0-9]")
_PLAIN_LETTER: Final = re.compile(r"[a-z0-9]")
_CAMEL: Final = re.compile(r"[a-z][A-Z]")
_ENGLISH: Final = re.compile(r"[a-z]+")
_BY_SOUND: Final = frozenset({Way.PINYIN, Way.SHORT_PINYIN})
_UNDONE: Final = {Way.PLAIN: (), Way.BACKWARDS: (How.BACKWARDS,), Way.PINYIN: (How.PINYIN,)}


class Use(NamedTuple):
    """Why a pattern is in an automaton: a term of a rule, or one of its allow-phrases."""

    rule: Rule
    term: Term
    pattern: Pattern
    allows: bool


class Hit(NamedTuple):
    """A use that stands in a text: a half-open span of code points, and what had to be undone."""

    use: Use
    start: int
    end: int
    undone: tuple[How, ...] = ()


_Fits = Callable[[Use, Reading, int, int], bool]


class _Index:
    """Uses by what is searched for them. The automaton knows only how that begins, and stays small."""

    def __init__(self, uses: Iterable[tuple[str, Use]]) -> None:
        begun: defaultdict[str, list[tuple[str, Use]]] = defaultdict(list)
        for entry in uses:
            begun[entry[0][:_KEY]].append(entry)
        self._entries = list(begun.values())
        self._automaton = AhoCorasick(list(begun), store_patterns=False)

    def __iter__(self) -> Iterator[Use]:
        return (use for entries in self._entries for _letters, use in entries)

    def found(self, text: Reading, searched: str) -> Iterator[tuple[Use, int, int]]:
        """Every use whose letters are there, and from where to where.

        Most begin in the middle of a word: those are dropped here, where it costs least.
        """
        found = self._automaton.find_matches_as_indexes(searched, overlapping=True)
        for number, start, _end in found:
            if not text.inside_word(start):
                for letters, use in self._entries[number]:
                    if searched.startswith(letters, start):
                        yield use, start, start + len(letters)


class Shard:
    """Immutable. `earlier` is a smaller shard whose rules it takes over."""

    def __init__(self, rules: Collection[Rule], earlier: "Shard | None" = None) -> None:
        self.rules: tuple[Rule, ...] = (*(earlier.rules if earlier else ()), *rules)
        known: Iterable[Use] = earlier.uses() if earlier else ()
        uses = [*known, *(use for rule in rules for use in _uses(rule))]
        leetable = (u for u in uses if _is_term(u) and may_be_leet(u.term))
        self._written = _Index((u.pattern.letters, u) for u in uses if not _is_short(u))
        self._short = _Index((u.pattern.letters, u) for u in uses if _is_short(u))
        self._leetable = _Index((leet.skeleton(use.term.letters), use) for use in leetable)

    def uses(self) -> Iterator[Use]:
        """Every reason why something is looked for."""
        yield from self._written
        yield from self._short

    def hits(self, text: Folded) -> Iterator[Hit]:
        """Every use that really stands in the text. One that is written twice over may be told twice."""
        yield from self._plainly(text)
        if _DIGIT.search(text.letters) or "I" in text.text:
            yield from self._in_leet(text, leet.has_digits(text))
            for reading in rereading.without_tones(text):
                yield from self._by_sound(reading, _is_pinyin)
        if leet.has_signs(text.text):
            yield from self._in_leet(Folded(text.text, signs=True), True)
        for reading in rereading.unstretched(text):
            yield from self._again(reading, How.STRETCHED, _is_term)
        if rereading.has_tone_marks(text.text):
            yield from self._by_sound(text, _is_toned)
        if not text.letters.isascii() and _PLAIN_LETTER.search(text.letters):
            yield from self._among_han(text)

    def _plainly(self, text: Reading) -> Iterator[Hit]:
        for use, start, end in self._written.found(text, text.searched):
            way = use.pattern.way
            if spells(text, start, end, use.pattern.breaks) and not (
                way is Way.PINYIN and _is_english(text, start, end)
            ):
                yield Hit(use, *text.span(start, end), _UNDONE[way])

    def _in_leet(self, text: Reading, possible: bool) -> Iterator[Hit]:
        if not possible:
            return
        for use, start, end in self._leetable.found(text, leet.skeleton(text.letters)):
            if leet.stands_for(text, start, use.term.letters) and spells(
                text, start, end, use.term.breaks
            ):
                yield Hit(use, *text.span(start, end), (How.LEET,))

    def _again(self, text: Reading, how: How, fits: _Fits) -> Iterator[Hit]:
        return self._fitting(self._written, text, how, fits)

    def _by_sound(self, text: Reading, fits: _Fits) -> Iterator[Hit]:
        yield from self._fitting(self._written, text, How.PINYIN, fits)
        yield from self._fitting(self._short, text, How.PINYIN, fits)

    @staticmethod
    def _fitting(index: _Index, text: Reading, how: How, fits: _Fits) -> Iterator[Hit]:
        for use, start, end in index.found(text, text.searched):
            if fits(use, text, start, end) and spells(text, start, end, use.pattern.breaks):
                yield Hit(use, *text.span(start, end), (how,))

    def _among_han(self, text: Reading) -> Iterator[Hit]:
        for reading in rereading.without_fillers(text):
            yield from self._again(reading, How.FILLER, _is_filled)
        for reading in rereading.all_pinyin(text):
            yield from self._by_sound(reading, _is_half_pinyin)


def _uses(rule: Rule) -> Iterator[Use]:
    for phrase in rule.terms:
        term = fold_term(phrase)
        if term.letters:
            for pattern in patterns(term):
                yield Use(rule, term, pattern, allows=False)
    for phrase in rule.allow:
        term = fold_term(phrase)
        if term.letters:
            yield Use(rule, term, plain(term), allows=True)


def _is_term(use: Use, *_where: object) -> bool:
    return use.pattern.way is Way.PLAIN and not use.allows


def _is_short(use: Use) -> bool:
    return use.pattern.way is Way.SHORT_PINYIN


def _is_pinyin(use: Use, *_where: object) -> bool:
    return use.pattern.way in _BY_SOUND


def _is_toned(use: Use, text: Reading, start: int, end: int) -> bool:
    first, last = text.span(start, end)
    return _is_short(use) and rereading.has_tone_marks(text.text[first:last])


def _is_filled(use: Use, text: Reading, start: int, end: int) -> bool:
    letters = use.term.letters
    if not _is_term(use) or len(letters) < _FILLED or not all(map(is_unspaced, letters)):
        return False
    return all(text.gap(place) <= Gap.JOINER for place in range(start + 1, end))


def _is_half_pinyin(use: Use, text: Reading, start: int, end: int) -> bool:
    """Whether some characters stand in pinyin, and each that does not is the term's own."""
    if not _is_pinyin(use):
        return False
    edges = [0, *sorted(use.pattern.breaks), end - start]
    seen = text.letters[start:end]
    han = 0
    for character, first, last in zip(use.term.letters, edges, edges[1:], strict=False):
        if not seen[first:last].isascii():
            han += 1
            if set(seen[first:last]) != {character}:
                return False
    return 0 < han < len(use.term.letters)


def _is_english(text: Reading, start: int, end: int) -> bool:
    """Whether the letters of a name in pinyin are English words as they stand: "change", no "ChangE"."""
    first, last = text.span(start, end)
    written = text.text[first:last]
    if not written.isascii() or _CAMEL.search(written):
        return False
    words = _ENGLISH.findall(written.lower())
    return is_word(words[0]) if len(words) == 1 else all(map(is_everyday, words))
