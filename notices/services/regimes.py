"""The packs a case runs under, at the versions it started with."""

from notices.models import Case, CaseRegime
from regimes.loader import pack
from regimes.pack import Pack


def pack_of(regime: CaseRegime) -> Pack:
    """The pack of one regime of a case."""
    return pack(regime.pack_id, regime.pack_version)


def packs_of(case: Case) -> list[Pack]:
    """The packs of all regimes of a case."""
    return [pack_of(regime) for regime in case.regimes.all()]
