"""Documents that say what the code says."""

from collections.abc import Callable
from functools import partial
from typing import Final

from django.db.models import Model
from django_fsm import FSMField

from counternotices.models import Complaint, CounterNotice, CourtOrder, RespondentSanction
from deadlines.models import Deadline
from evidence.documents import events_markdown
from measures.models import FAMILY_MODELS, LadderPolicy, Match, SanctionAppeal, UpstreamRequest
from notices.models import Case, CaseRegime, NotifierSanction
from notifications.documents import webhook_events_markdown
from notifications.models import Message, WebhookDelivery, WebhookEndpoint
from regimes.loader import load
from regimes.page import LANGUAGES, file_name, page
from regimes.shelf import shipped_ids
from screening.models import DisplayText, RuleProposal

_INTRODUCTION = """# States

Every machine of the house: where a thing may go, by which event, and what that means. Generated from the
code by `manage.py generate_docs`; the database holds the same table and refuses everything else.
"""


def states_markdown() -> str:
    """docs/states.md: one table for each machine."""
    machines: dict[str, type[Model]] = {
        "A case": Case,
        "A case under one regime": CaseRegime,
        "A counter-notice": CounterNotice,
        "A court order": CourtOrder,
        "A complaint of the filer": Complaint,
        "A warning or suspension of a filer": NotifierSanction,
        "A warning or suspension of an affected user who contests": RespondentSanction,
        "A deadline": Deadline,
        "A message": Message,
        "A webhook endpoint": WebhookEndpoint,
        "An event for one webhook endpoint": WebhookDelivery,
    }
    machines["A version of a text shown to users"] = DisplayText
    machines["A measure passed on to an upstream provider"] = UpstreamRequest
    machines["An appeal against a sanction"] = SanctionAppeal
    machines["A version of the ladder"] = LadderPolicy
    machines["A prompt rule that another provider proposes"] = RuleProposal
    machines["A match of the output check"] = Match
    machines |= {f"A measure: {family}": model for family, model in FAMILY_MODELS.items()}
    return _INTRODUCTION + "".join(_section(title, model) for title, model in machines.items())


def _section(title: str, model: type[Model]) -> str:
    field = model._meta.get_field("state")
    assert isinstance(field, FSMField)
    rows = sorted(
        (str(t.source), t.name, str(t.target), " ".join((t.method.__doc__ or "").split()))
        for t in field.get_all_transitions(model)
    )
    lines = "".join(f"| {s} | `{event}` | {target} | {text} |\n" for s, event, target, text in rows)
    return f"\n## {title}\n\n| from | event | to | meaning |\n|---|---|---|---|\n{lines}"


def regime_page(pack_id: str, language: str) -> str:
    """docs/regimes: the newest pack we ship of this id as a page for lawyers, without any house's choices."""
    return page(load(pack_id), language)


DOCUMENTS: Final[dict[str, Callable[[], str]]] = {
    "states.md": states_markdown,
    "events.md": events_markdown,
    "webhook-events.md": webhook_events_markdown,
} | {
    f"regimes/{file_name(pack_id, language)}": partial(regime_page, pack_id, language)
    for pack_id in shipped_ids()
    for language in LANGUAGES
}
