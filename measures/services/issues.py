"""What an issue tracker outside is told of tickets: written into the outbox in the transaction in which it happens.

Nobody's name, no prompt, no term and no reference of a case leaves the house this way: a number, ids of models,
counts, and the address of the ticket's page, where whoever may read it finds the rest.
"""

from datetime import datetime

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.jobs import enqueue
from measures.models import SyncAct, Ticket, TicketSync

COMPLETED, NOT_PLANNED = "completed", "not_planned"


def announce(ticket: Ticket, now: datetime) -> None:
    """Have an issue opened for a new ticket, where a repository is configured."""
    models = [row.artefact.external_id for row in ticket.models.select_related("artefact")]
    with override(settings.LANGUAGE_CODE):
        title = _("%(ticket)s: model optimisation of %(model)s") % {
            "ticket": ticket.name,
            "model": models[0] if models else "–",
        }
        body = _(
            "A notice was upheld: in normal use this model must no longer bring the work out.\n\n"
            "Models and versions: %(models)s\n\nPrompts, runs and the due date: %(page)s\n\n"
            "This issue closes by itself once every probe suite holds on the current build."
        ) % {"models": ", ".join(models), "page": page_of(ticket)}
    _queue(ticket, SyncAct.CREATE, now, title=title[:200], body=body)


def comment(ticket: Ticket, text: str, now: datetime) -> None:
    """Add a comment to the ticket's issue."""
    _queue(ticket, SyncAct.COMMENT, now, body=text)


def close(ticket: Ticket, outcome: str, now: datetime) -> None:
    """Have the issue closed, as COMPLETED or NOT_PLANNED."""
    _queue(ticket, SyncAct.CLOSE, now, outcome=outcome)


def reopen(ticket: Ticket, now: datetime) -> None:
    """Have the issue opened again."""
    _queue(ticket, SyncAct.REOPEN, now)


def page_of(ticket: Ticket) -> str:
    """The absolute address of the ticket's page."""
    return settings.PUBLIC_URL + reverse("ticket", args=[ticket.measure_id])


def _queue(ticket: Ticket, act: SyncAct, now: datetime, **content: str) -> None:
    """Only what was announced is told on: a repository configured later hears of new tickets."""
    told = TicketSync.objects.filter(ticket=ticket)
    last = told.aggregate(last=Max("position"))["last"]
    if act != SyncAct.CREATE and last is None:
        return
    if act == SyncAct.CREATE and not settings.GITHUB_REPOSITORY:
        return
    position = (last or 0) + 1
    row = TicketSync.objects.create(
        ticket=ticket, position=position, act=act, queued_at=now, **content
    )
    enqueue("measures.tell_issues", row.ticket_id)
