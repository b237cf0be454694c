"""Telling the issue tracker: claim the oldest untold thing of a ticket, speak outside any transaction, write down what came of it."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from common.jobs import enqueue
from measures.github import GitHub, GitHubError
from measures.models import SyncAct, Ticket, TicketSync
from measures.services.attempts import wait

log = logging.getLogger(__name__)
LEASE: Final = timedelta(minutes=5)  # longer than looking through every page of issues may take
# A wrong token or a repository that is gone: somebody must mend it, and nothing is lost meanwhile.
REFUSED_WAIT: Final = timedelta(hours=1)
BATCH: Final = 100


def tell(ticket_id: UUID, github: GitHub, clock: Callable[[], datetime]) -> int:
    """Tell everything that waits, in order, until something fails; how much was told. Safe at any time."""
    told = 0
    while (row := _claim(ticket_id, clock())) is not None:
        try:
            found = _send(row, github)
        except GitHubError as error:
            _failed(row, error, clock())
            return told
        _sent(row, found, clock())
        told += 1
    return told


def sweep(now: datetime) -> int:
    """Send off again whatever waits and has nobody at it; of how many tickets."""
    untold = TicketSync.objects.filter(sent_at=None).order_by("ticket_id", "position")
    oldest = untold.distinct("ticket_id").values("id")
    due = TicketSync.objects.filter(_free(now), id__in=oldest).order_by("queued_at")
    tickets = list(due.values_list("ticket_id", flat=True)[:BATCH])
    for ticket in tickets:
        enqueue("measures.tell_issues", ticket)
    return len(tickets)


@transaction.atomic
def _claim(ticket_id: UUID, now: datetime) -> TicketSync | None:
    """The oldest thing untold, ours alone for LEASE; None when there is none, or another is at it."""
    untold = TicketSync.objects.select_for_update(of=("self",)).filter(
        ticket=ticket_id, sent_at=None
    )
    row = untold.select_related("ticket").order_by("position").first()
    if row is None or not _is_free(row, now):
        return None
    row.sending_since, row.attempts = now, row.attempts + 1
    row.save(update_fields=["sending_since", "attempts"])
    return row


def _send(row: TicketSync, github: GitHub) -> tuple[int, str] | None:
    """Do it. What was tried before may have been done: it is looked for first."""
    mark, number = str(row.id), row.ticket.issue_number
    if row.act == SyncAct.CREATE:
        issue = github.find(mark) if row.attempts > 1 else None
        issue = issue or github.create(mark, row.title, row.body)
        return issue.number, issue.url
    if number is None:
        raise GitHubError("the issue is not known", permanent=True)
    if row.act == SyncAct.COMMENT:
        if row.attempts == 1 or not github.commented(number, mark):
            github.comment(number, mark, row.body)
    elif row.act == SyncAct.CLOSE:
        github.close(number, row.outcome)
    else:
        github.reopen(number)
    return None


@transaction.atomic
def _sent(row: TicketSync, found: tuple[int, str] | None, now: datetime) -> None:
    TicketSync.objects.filter(id=row.id).update(sent_at=now, sending_since=None, last_error="")
    if found is not None:
        number, url = found
        Ticket.objects.filter(measure=row.ticket_id).update(issue_number=number, issue_url=url)


@transaction.atomic
def _failed(row: TicketSync, error: GitHubError, now: datetime) -> None:
    pause = REFUSED_WAIT if error.permanent else wait(row.attempts, error.retry_after)
    TicketSync.objects.filter(id=row.id).update(
        sending_since=None, try_after=now + pause, last_error=error.message[:500]
    )
    log.warning("Ticket %s could not be told outside: %s", row.ticket_id, error.message)


def _free(now: datetime) -> Q:
    waiting = Q(try_after=None) | Q(try_after__lte=now)
    return waiting & (Q(sending_since=None) | Q(sending_since__lte=now - LEASE))


def _is_free(row: TicketSync, now: datetime) -> bool:
    waiting = row.try_after is None or row.try_after <= now
    return waiting and (row.sending_since is None or row.sending_since <= now - LEASE)
