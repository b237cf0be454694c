"""What differs between the packs for whoever files: the statements, one element to leave out, the days."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from tests.journeys.house import House, moment_in
from tests.journeys.people import pdf

CN, US, EU = (ZoneInfo(z) for z in ("Asia/Shanghai", "America/New_York", "Europe/Brussels"))
Step = Mapping[str, Any]
One = TypeVar("One")
EVERY: Final = bool(os.environ.get("EVERY_PACK"))
"""The suite tells a story under a few unlike packs; `script/proof stories` under every one."""


def among(every: Sequence[One], few: Sequence[One]) -> Sequence[One]:
    """Which of them are told here."""
    return every if EVERY else few


@dataclass(frozen=True)
class Law:
    """A pack: what is signed under it, an element left out and how it is cured, and two days in its zone.

    `closed_on`: the last day before a case upheld on 2 September 2026, ten o'clock in Beijing, is put away;
    `cure_until`: the last day to answer what was asked then.
    """

    pack: str
    zone: ZoneInfo
    statements: tuple[str, ...]
    element: str
    without: Mapping[str, Step]
    cure: Mapping[str, str]
    closed_on: str
    never_refuses: bool = False
    cure_until: str = "2026-09-09"

    def signed(self, but: str = "") -> dict[str, Any]:
        """The last step of a notice, with every statement of this law but one."""
        ticks = {f"statement-{name}": "on" for name in self.statements if name != but}
        return {"statement-truth_statement": "", **ticks}

    def complete(self) -> dict[str, Any]:
        """A notice that has everything."""
        return {"sign": self.signed()}

    def lacking(self) -> dict[str, Any]:
        """The same without `element`."""
        return {"sign": self.signed(but=self.element), **self.without}

    def cured(self) -> dict[str, Any]:
        """What answers the request; a paper is made anew each time, for it can be read once."""
        papers = {name: pdf(value) for name, value in self.cure.items() if name.startswith("file-")}
        return {**self.cure, **papers}

    def at(self, house: House, text: str) -> None:
        """Move the clock to this moment where the law is, and do what beat and worker would do by then."""
        house.clock.set(moment_in(text, self.zone))
        house.crank()


def chinese(pack: str) -> Law:
    """The three of them ask for the same; 30 days end on National Day and roll behind the holidays."""
    return Law(
        pack,
        CN,
        ("truth_statement",),
        "right_proof",
        {"work": {"file-right_proof": ""}},
        {"file-right_proof": "registration.pdf"},
        "2026-10-08",
    )


def european(pack: str) -> Law:
    """Both ask for the same, and keep a file open as long as an internal complaint is possible."""
    return Law(
        pack,
        EU,
        ("bona_fide_statement",),
        "explanation",
        {"work": {"explanation": ""}},
        {"explanation": "I gave no licence, and the mask is mine."},
        "2027-03-02",
        never_refuses=True,
    )


def american() -> Law:
    """Under the DMCA the statement under penalty of perjury is the one left out."""
    signed = ("good_faith_statement", "accuracy_and_authority_statement")
    return Law(
        "us-dmca-512",
        US,
        signed,
        signed[1],
        {},
        {signed[1]: "on"},
        "2026-10-01",
    )


def every_law() -> Sequence[Law]:
    """Each pack of a case about output; in the suite one of China, of the United States and of the Union."""
    chinas = [*map(chinese, ("cn-civil-code", "cn-reg-2013", "cn-ecommerce"))]
    unions = [*map(european, ("eu-dsa-platform", "eu-dsa-hosting"))]
    return among([*chinas, american(), *unions], [chinas[0], american(), unions[0]])
