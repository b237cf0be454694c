"""The published limits: what the law calls timely, and the figures this house puts to it (Interim Measures art. 15)."""

from collections.abc import Iterable
from dataclasses import dataclass

from regimes.pack import Clock, Pack
from regimes.page import length_of
from regimes.questions import house_clocks, standards, statutory_figures
from regimes.words import Sources


@dataclass(frozen=True)
class Limit:
    """One figure in words, with the norm it rests on."""

    what: str
    length: str
    source: str


@dataclass(frozen=True)
class Standard:
    """A word of the law without a figure, and our own figures for it, none where we set none."""

    what: str
    word: str
    source: str
    ours: list[Limit]


@dataclass(frozen=True)
class Published:
    """One regime in force here."""

    title: str
    summary: str
    version: str
    standards: list[Standard]
    figures: list[Limit]
    duties: list[Limit]


def published(packs: Iterable[Pack], language: str) -> list[Published]:
    """What is published for each pack, in the language."""
    return [_published(pack, language) for pack in packs]


def _published(pack: Pack, language: str) -> Published:
    return Published(
        title=pack.title.in_language(language),
        summary=pack.summary.in_language(language),
        version=f"{pack.id} {pack.version}",
        standards=[_standard(pack, one, language) for one in standards(pack)],
        figures=[_limit(one, language) for one in statutory_figures(pack)],
        duties=[
            Limit(one.text.in_language(language), "", _norms(one.source, language))
            for one in pack.publication
        ],
    )


def _standard(pack: Pack, clock: Clock, language: str) -> Standard:
    return Standard(
        what=clock.label.in_language(language),
        word=clock.standard.in_language(language) if clock.standard else "",
        source=_norms(clock.source, language),
        ours=[_limit(one, language) for one in house_clocks(pack, clock.key)],
    )


def _limit(clock: Clock, language: str) -> Limit:
    return Limit(
        clock.label.in_language(language),
        length_of(clock, language),
        _norms(clock.source, language),
    )


def _norms(sources: Sources, language: str) -> str:
    joint = "；" if language.lower().startswith("zh") else "; "
    return joint.join(one.norm.in_language(language) for one in sources)
