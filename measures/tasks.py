"""The worker's side. Every task may be lost, late or doubled: rows and their locks decide."""

from uuid import UUID

from celery import shared_task
from django.conf import settings

from common import clock
from common.actors import WORKER
from measures.github import GitHub
from measures.services import broken_mail, issue_sync, matches, staydown, volume
from measures.services import drain as draining
from measures.services import execute as executing
from measures.services import follow as following
from measures.services import lift as lifting
from measures.services import probe_rounds as probing
from measures.services import sweep as sweeping
from measures.services import verify as verifying
from measures.services.guard_probe import GuardProbe
from measures.services.testing import Eyes
from notices.services.lifecycle import Step
from platforms.services import client, public_face


@shared_task(name="measures.execute")
def execute(measure_id: str) -> None:
    """Have the platform carry one measure out."""
    executing.execute(UUID(measure_id), client(), clock.now)


@shared_task(name="measures.lift")
def lift(measure_id: str) -> None:
    """Have the platform undo one measure."""
    lifting.lift(UUID(measure_id), client(), clock.now)


@shared_task(name="measures.drain")
def drain(platform_id: str) -> None:
    """Have a platform carry out what waits for it, many at a time."""
    draining.drain(UUID(platform_id), client(), clock.now)


@shared_task(name="measures.follow")
def follow(case_id: str) -> None:
    """End the measures of regimes that gave them up."""
    following.follow(UUID(case_id), Step(WORKER, clock.now()))


@shared_task(name="measures.verify")
def verify() -> None:
    """Test the measures that are due."""
    guard = GuardProbe(settings.GUARD_URL, settings.GUARD_TOKEN)
    verifying.verify(Eyes(client(), public_face(), guard), clock.now)


@shared_task(name="measures.tell_broken")
def tell_broken(measure_id: str) -> None:
    """Mail whoever ordered and approved a measure that it was found not to hold."""
    broken_mail.tell(UUID(measure_id), now=clock.now())


@shared_task(name="measures.sweep")
def sweep() -> None:
    """Send off again what is due and has nobody at it."""
    sweeping.sweep(clock.now())


@shared_task(name="measures.probe")
def probe() -> None:
    """Look for new builds of the models of tickets, and run their suites where there is one."""
    probing.probe(client(), clock.now)


@shared_task(name="measures.tell_issues")
def tell_issues(ticket_id: str) -> None:
    """Tell the issue tracker what it does not know of a ticket yet."""
    if settings.GITHUB_REPOSITORY:
        github = GitHub(settings.GITHUB_API_URL, settings.GITHUB_REPOSITORY, settings.GITHUB_TOKEN)
        issue_sync.tell(UUID(ticket_id), github, clock.now)


@shared_task(name="measures.sweep_issues")
def sweep_issues() -> None:
    """Send off again what the issue tracker was not told yet."""
    if settings.GITHUB_REPOSITORY:
        issue_sync.sweep(clock.now())


@shared_task(name="measures.staydown")
def stay_down() -> None:
    """Let the output check know what accepted notices protect, and forget what was given back."""
    staydown.sweep(clock.now())


@shared_task(name="measures.matches")
def take_up_matches() -> None:
    """Take up what the output check recognised, and end what lost its case."""
    matches.sweep(client(), clock.now)


@shared_task(name="measures.count_things")
def count_things(person_id: str) -> None:
    """Ask the platform how much a user has, now that something of theirs was upheld."""
    volume.count_things(UUID(person_id), client(), clock.now())
