"""Every list and every page costs as many queries at sixty cases and three hundred items as at one and three."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.assessment.questions import LENSES
from casework.clock_filters import CLOCK_VIEWS
from casework.models import Export
from casework.queues import VIEWS
from casework.services.assess import Answer, assess
from counternotices.selectors import of_case
from deadlines.selectors import running_for_case
from evidence.files import seal_own
from evidence.tracing import trace
from measures.models import Match, Measure
from measures.services import matches
from measures.services.match_deciding import dismiss
from notices.models import Case, ClaimedItem, NoticeFile, TracedSession
from notifications.models import Message
from platforms.models import Artefact, ArtefactKin
from tests.conftest import Cast
from tests.counternotices.stage import CONTESTED, DECIDED, Stage, platform
from tests.evidence.traces import files
from tests.matching import seen_by_guard
from tests.people import create_person, issue_token
from users.roles import Role

OPEN = {lens: Answer("unclear") for lens in LENSES}
FEW, MANY = (1, 3), (60, 300)
Ask = Callable[[], None]


@pytest.fixture
def stage(cast: Cast, settings: LazySettings) -> Stage:
    settings.STAFF_MFA_REQUIRED = False
    return Stage(cast.tara, cast.dan, cast.lea, cast.eno, cast.eve, platform(), None)  # type: ignore[arg-type]


def grow(stage: Stage, cases: int, items: int) -> Case:
    """So many contested cases, each against a user of their own; the last has so many items."""
    for number in range(cases):
        name = f"u{cases}_{number}"
        stage.paul = stage.user(name)
        count = items if number == cases - 1 else 1
        things = [stage.artefact(f"out_{name}_{n}") for n in range(count)]
        case = stage.upheld(*things, sanction="suspend")
        stage.contest(case, now=CONTESTED + timedelta(minutes=number))
        stage.filed(*things[:1])
        _relate(stage, case, things)
        _trace(case, things)
        _recognise(stage, case, min(count, 12))
    for version in range(min(items, 8)):
        assess(case.id, OPEN, after=version, user=stage.lea, now=CONTESTED)
    return case


def _trace(case: Case, things: Sequence[Artefact]) -> None:
    """A copy for each thing, with a label that leads to it."""
    content = files.png({"AIGC": files.bare()})
    for thing in things:
        sealed = seal_own(content, name="copy.png", kind="image/png", at=DECIDED)
        trace(sealed, now=DECIDED)
        told: dict[str, Any] = {"role": "output_copy", "added_at": DECIDED, "traced_at": DECIDED}
        paper = NoticeFile.objects.create(notice=case.notice, file=sealed, **told)
        TracedSession.objects.create(
            paper=paper, locator="n", answer="found", artefact=thing, asked_at=DECIDED
        )


def _relate(stage: Stage, case: Case, things: Sequence[Artefact]) -> None:
    """Each thing reaches another one of its own, and everything the same page."""
    told = {"kin_answer": "whole", "kin_read_at": DECIDED, "promoted": True}
    ClaimedItem.objects.filter(notice__case=case).update(**told)
    page = stage.artefact(f"pg_{case.id}")
    for thing in things:
        for kin in (page, stage.artefact(f"{thing.external_id}_link")):
            ArtefactKin.objects.create(
                artefact=thing, kin=kin, relation="placement", steps=1, read_at=DECIDED
            )


def _recognise(stage: Stage, case: Case, count: int) -> None:
    """So many likenesses of the case's work, all but the last dismissed."""
    for number in range(count):
        sha256 = f"{case.id.hex}{number:032x}"
        row = seen_by_guard(case, CONTESTED, kind="picture", user="u_x", sha256=sha256)
        matches.pick_up(row, now=CONTESTED)
    for match in Match.objects.filter(case=case)[: count - 1]:
        dismiss(match.id, "Another mask.", user=stage.dan, now=CONTESTED)


def pages(stage: Stage, case: Case) -> Mapping[str, Ask]:
    """What somebody with every role may open, by a name for each."""
    roles = [str(role) for role in Role]
    person = create_person(f"{case.id}@counts.example", "Everything", roles)
    key = {"authorization": f"Bearer {issue_token(person, 'counts', now=DECIDED)}"}
    client, guest = Client(), Client()
    client.force_login(person)
    # Of one family: a removal is looked for upstream, a sanction is not.
    removals = Measure.objects.filter(grounds__case=case, family="content_removal")
    measure = removals.order_by("ordered_at", "id").first()
    assert measure is not None
    export = Export.objects.create(case=case, requested_by=person, requested_at=DECIDED)
    desk = {f"queue {view}": reverse("desk-queue", args=[view]) for view in VIEWS}
    desk |= {
        name: reverse(name)
        for name in ("desk-approvals", "desk-counter-notices", "desk-conflicts", "measures")
    }
    desk |= {name: reverse(name) for name in ("desk-letters", "desk-clocks", "desk-calendars")}
    desk |= {f"clocks {key}": reverse("desk-clocks") + f"?show={key}" for key in CLOCK_VIEWS}
    desk |= {
        "clock": reverse("desk-clock", args=[running_for_case(case.id)[0].id]),
        "search": reverse("desk-queue", args=["all"]) + "?q=out",
        "case": reverse("desk-case", args=[case.reference]),
        "filer": reverse("desk-filer", args=[case.reference]),
        "laws": reverse("desk-regimes", args=[case.reference]),
        "assessment": reverse("desk-assessment", args=[case.reference]),
        "assessment version": reverse("desk-assessment-version", args=[case.reference, 1]),
        "counter-notice": reverse("desk-counter-notice", args=[_counter(case)]),
        "letter to carry": reverse("desk-carry", args=[_letter(case)]),
        "measure": reverse("measure", args=[measure.id]),
        "user": reverse("desk-user", args=[stage.paul.id]),
        "ladder": reverse("desk-ladder"),
        "export": reverse("desk-export-page", args=[export.id]),
        "matches": reverse("desk-matches"),
        "settled matches": reverse("desk-matches") + "?show=settled",
        "match": reverse("desk-match", args=[_match(case)]),
    }
    api = {
        "api queue": reverse("api-queue"),
        "api assessments": reverse("api-assessments", args=[case.reference]),
        "api measures": reverse("api-measures"),
        "api notice": reverse("api-notice", args=[case.reference]),
        "api traces": reverse("api-case-traces", args=[case.reference]),
        "api measure": reverse("api-measure", args=[measure.id]),
    }
    links = {
        "track": reverse("track", args=[stage.track_link(case)]),
        "answer": reverse("answer", args=[stage.answer_link(case)]),
        "standing": reverse("answer-standing", args=[stage.answer_link(case)]),
    }
    return {
        **{name: _ask(client, address, {}) for name, address in desk.items()},
        **{name: _ask(guest, address, key) for name, address in api.items()},
        **{name: _ask(guest, address, {}) for name, address in links.items()},
    }


def _letter(case: Case) -> UUID:
    """The latest of the case's letters; all are to be carried, as if nobody had given an address."""
    Message.objects.update(address="")
    return Message.objects.filter(case_id=case.id).latest("queued_at").id


def _match(case: Case) -> UUID:
    return Match.objects.filter(case=case, state="review").latest("found_at").id


def _counter(case: Case) -> str:

    found = of_case(case.id).first()
    assert found is not None
    return found.reference


def _ask(client: Client, address: str, headers: dict[str, str]) -> Ask:
    def ask() -> None:
        assert client.get(address, headers=headers).status_code == 200, address

    return ask


def counted(asks: Mapping[str, Ask]) -> dict[str, int]:
    """How many queries each page costs once caches are warm."""
    found = {}
    for name, ask in asks.items():
        ask()
        with CaptureQueriesContext(connection) as queries:
            ask()
        found[name] = len(queries)
    return found


def test_no_page_costs_more_queries_when_there_is_more_to_show(stage: Stage) -> None:
    few = counted(pages(stage, grow(stage, *FEW)))
    many = counted(pages(stage, grow(stage, *MANY)))
    dearer = {name: (few[name], many[name]) for name in few if many[name] > few[name]}
    assert dearer == {}
    assert max(many.values()) <= 42, many
