"""Items that may not be notified again, with the rule, its source, and the refusal the machine proposes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from counternotices.models import BarredItem
from counternotices.selectors import barred_in
from notices.models import Case
from notices.services.regimes import pack_of


@dataclass(frozen=True)
class Barred:
    """One item: where it was restored, under which law, by which norms."""

    mark: BarredItem
    earlier: str
    law: str
    norms: list[str]


def barred(case: Case) -> list[Barred]:
    """Every marked item of a case, in the active language. One query."""
    language = get_language() or "en"
    return [_one(mark, language) for mark in barred_in(case.id)]


def proposed_reasons(case: Case) -> dict[str, str]:
    """The reasons of a refusal for what may not be notified again, by field of the form; empty without any."""
    fields = {"reasons_en": "en", "reasons_zh": "zh-hans"}
    marks: Sequence[BarredItem] = list(barred_in(case.id))
    return {field: _reasons(marks, code) for field, code in fields.items()} if marks else {}


def _reasons(marks: Sequence[BarredItem], language: str) -> str:
    with override(language):
        return "\n".join(
            _(
                "Item %(number)s was restored on a counter-notice in %(earlier)s. Under %(law)s (%(norms)s) "
                "the same right holder may not notify it again."
            )
            % {
                "number": mark.item.number,
                "earlier": one.earlier,
                "law": one.law,
                "norms": ", ".join(one.norms),
            }
            for mark in marks
            for one in [_one(mark, language)]
        )


def _one(mark: BarredItem, language: str) -> Barred:
    regime = mark.bar.counter_notice.case_regime
    pack = pack_of(regime)
    norms = [source.norm.in_language(language) for source in pack.put_back_source]
    return Barred(mark, regime.case.reference, pack.title.in_language(language), norms)
