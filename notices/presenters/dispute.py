"""Two laws that disagree about the measures, in plain words to the parties. Read from the ledger."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evidence.chain import case_chain
from evidence.models import LedgerEntry
from evidence.selectors import entries, payload
from notices.languages import tag
from regimes.loader import pack

OPENED: Final = "regime_conflict.opened"
DECIDED: Final = "regime_conflict.decided"
_KEPT: Final = "keep"


@dataclass(frozen=True)
class Dispute:
    """One dispute that is open, or that a person decided so that the measures stay."""

    releases: str
    holds: str
    law: str
    open: bool
    reasons: str

    @property
    def headline(self) -> str:
        """Where it stands, in one line."""
        if self.open:
            return _("Two laws disagree about the measures: a person decides")
        return _("The measures stay under another law")


def of_case(
    case_id: UUID, concerns: Callable[[Mapping[str, Any]], bool] = lambda facts: True
) -> list[Dispute]:
    """What still holds measures although one law gave them up; empty where no two laws disagree."""
    last: dict[str, LedgerEntry] = {}
    rows = entries(case_chain(case_id)).filter(event__startswith="regime_conflict.")
    for entry in rows:
        if concerns(entry.facts):
            last[entry.facts["conflict"]] = entry
    return [_dispute(entry) for entry in last.values() if _stands(entry)]


def _stands(entry: LedgerEntry) -> bool:
    return entry.event == OPENED or (entry.event == DECIDED and entry.facts["decision"] == _KEPT)


def _dispute(entry: LedgerEntry) -> Dispute:
    language = tag(get_language())
    releases, holds = entry.facts["releases"], entry.facts["holds"]
    return Dispute(
        releases=_title(releases, language),
        holds=_title(holds, language),
        law=releases.partition(" ")[0],
        open=entry.event == OPENED,
        reasons=_reasons(entry, language),
    )


def _title(named: str, language: str) -> str:
    pack_id, _space, version = named.partition(" ")
    return pack(pack_id, version).title.in_language(language)


def _reasons(entry: LedgerEntry, language: str) -> str:
    """What was told then; empty while nothing is decided, and after a lawful erasure."""
    body = payload(entry)
    return str(json.loads(body).get(language, "")) if isinstance(body, bytes) else ""
