"""What several stories have in common: a notice upheld with every family, and an answer to it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from tests.journeys.house import House
from tests.journeys.people import Nora, Paul, Staff

FAMILIES = ["content_removal", "model_takedown", "prompt_block", "model_optimisation"]
OUTPUTS, MODEL, PAULS_ID = ("out_8Hk2", "out_9Tq4"), "foxspirit-v3", "u_5512"
PROMPT = "a fox spirit in the rain"
STANDING = {"suspend": "suspended", "warn": "warned"}


def heaviest() -> str:
    """The heaviest sanction that the laws of this house allow against somebody whom nobody ever warned.

    Regulation (EU) 2022/2065 art. 23(1) wants a prior warning.
    """
    return "warn" if any(pack.startswith("eu-") for pack in settings.REGIMES) else "suspend"


@dataclass
class People:
    """Everybody, and the house they meet in."""

    house: House
    nora: Nora
    paul: Paul
    tara: Staff
    dan: Staff
    lea: Staff

    def upheld(self, **changes: Any) -> str:
        """Filed on 1 September, upheld by Tara on the 2nd with everything, approved by Dan; the reference.

        `changes` to what Nora files, step by step.
        """
        reference = self.nora.files(**changes)
        self.house.at("2026-09-02 10:00:00")
        self.tara.claims(reference)
        self.tara.upholds(reference, families=FAMILIES, sanction=heaviest())
        self.house.crank()
        assert self.dan.approves_all() == {"suspend": 2, "warn": 1}[heaviest()]
        self.house.crank()
        self.everything_is_in_force()
        return reference

    def contested(self, arrival: str) -> tuple[str, str]:
        """Paul answers, Dan forwards it so that it arrives at this moment; both references."""
        reference = self.upheld()
        self.house.at("2026-09-14 11:00:00")
        counter = self.paul.contests(reference)
        self.house.at(arrival)
        self.dan.reviews(counter)
        self.dan.press("Accept and forward")
        self.house.crank()
        return reference, counter

    def everything_is_in_force(self) -> None:
        """The platform itself says so, and the guard."""
        assert [self.house.state(output) for output in OUTPUTS] == ["removed", "removed"]
        assert self.house.state(MODEL) == "disabled"
        assert self.house.standing(PAULS_ID)["state"] == STANDING[heaviest()]
        assert self.house.guard_says(PROMPT).outcome == "block"

    def nothing_is_in_force(self) -> None:
        """As `everything_is_in_force`, the other way round."""
        assert [self.house.state(output) for output in OUTPUTS] == ["available", "available"]
        assert self.house.state(MODEL) == "available"
        assert self.house.standing(PAULS_ID)["state"] == "active"
        assert self.house.guard_says(PROMPT).outcome == "allow"
