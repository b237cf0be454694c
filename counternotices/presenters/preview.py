"""What the right holder will see of a counter-notice that is not signed yet, and what we can fill in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from counternotices.forms import AnswersForm
from counternotices.models import Reason
from counternotices.rules import ONCE_FORWARDED
from counternotices.services.disclosure import CONTACT, as_filer_sees, is_forwarded
from counternotices.services.wording import measure_words
from measures.models import Measure
from measures.selectors import measures_touching
from measures.states import LIVE
from notices.models import Case
from notices.views.answer_files import Kept
from platforms.models import PlatformUser
from regimes.pack import Pack
from regimes.questions import Side, shows
from regimes.vocabulary import PutBackMode


@dataclass(frozen=True)
class Row:
    """One thing that was said; `text` is what the filer sees of it, empty when it stays with us."""

    label: str
    text: str


def preview(packs: Sequence[Pack], form: AnswersForm, kept: Sequence[Kept]) -> list[Row]:
    """Everything that was said with what the filer sees of it. Where packs differ, the most counts."""
    rows = {"": Row(_("Reason"), str(Reason(form.cleaned_data["reason"]).label))}
    for pack in packs:
        if pack.put_back_mode is PutBackMode.REVERSE_ON_MERITS:
            continue
        for one in as_filer_sees(pack, form.texts(), get_language() or "en"):
            if one.key not in rows or not rows[one.key].text:
                rows[one.key] = Row(one.label, one.text)
    return [*rows.values(), *_files(packs, form, kept)]


def discloses_contact(packs: Sequence[Pack]) -> bool:
    """Whether the filer is given the name, address and telephone number once it is forwarded."""
    forwarding = [p for p in packs if p.put_back_mode is not PutBackMode.REVERSE_ON_MERITS]
    return any(shows(pack, Side.FILER, CONTACT, ONCE_FORWARDED) for pack in forwarding)


def first_values(case: Case, person: PlatformUser) -> dict[str, str]:
    """What we know already: the contact, what is to be given back and where it was."""
    live = [m for m in measures_touching(case.id, person.id) if m.state in LIVE]
    things = {m.artefact.external_id: m.artefact for m in live if m.artefact}
    where = [f"{one.url or one.external_id}: {_words(live, key)}" for key, one in things.items()]
    return {
        "user_contact": person.email,
        "complainant_contact": person.email,
        "item_title": ", ".join(one.title or one.external_id for one in things.values()),
        "item_location": "\n".join(where),
        "removed_material_and_prior_location": "\n".join(where),
    }


def _words(live: Sequence[Measure], external_id: str) -> str:
    return ", ".join(
        measure_words(one)
        for one in live
        if one.artefact and one.artefact.external_id == external_id
    )


def _files(packs: Sequence[Pack], form: AnswersForm, kept: Sequence[Kept]) -> list[Row]:
    forwarding = [p for p in packs if p.put_back_mode is not PutBackMode.REVERSE_ON_MERITS]
    rows = []
    for paper in form.papers:
        names = [one.name for one in kept if one.role == paper.role]
        shown = any(is_forwarded(pack, paper.role) for pack in forwarding)
        if names:
            rows.append(Row(str(paper.label), ", ".join(names) if shown else ""))
    return rows
