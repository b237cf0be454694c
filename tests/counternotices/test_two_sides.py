"""One timeline with two redactions, and the same running clock for both sides, each in their own zone."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from counternotices.presenters import timeline
from counternotices.services import arrivals
from deadlines.models import Deadline
from deadlines.selectors import explain
from measures.selectors import measures_touching
from notices.models import Case
from notices.presenters.timeline import for_filer
from platforms.models import PlatformUser
from tests.counternotices.stage import REVIEWED, Stage


def told(case: Case, person: PlatformUser, *references: str) -> list[str]:
    mine = {str(one.id) for one in measures_touching(case.id, person.id)}
    lines = timeline.for_respondent(case.id, person.id, references=set(references), measures=mine)
    return [line.event for line in lines]


def page(client: Client, stage: Stage, case: Case, person: PlatformUser | None = None) -> str:
    answer = client.get(reverse("answer", args=[stage.answer_link(case, person)]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_nothing_of_another_user_reaches_this_one(stage: Stage) -> None:
    pia = stage.user("pia")
    case = stage.upheld(stage.artefact("out_a"), stage.artefact("out_b", pia))
    counter = stage.forwarded(case, pia)
    stage.deliver(counter, REVIEWED)
    arrivals.sweep(REVIEWED)

    of_paul = told(case, stage.paul)
    assert not [event for event in of_paul if event.startswith("counter_notice.")]
    assert of_paul.count("notice.forwarded") == 1
    assert "counter_notice.filed" in told(case, pia, counter.reference)
    assert "counter_notice.forwarded" in [line.event for line in for_filer(case.id)]


def test_what_is_between_the_filer_and_us_stays_hidden(client: Client, stage: Stage) -> None:
    case = stage.upheld()
    hidden = {
        "receipt.issued",
        "information.requested",
        "information.received",
        "information.not_received",
        "filer.warned",
    }
    assert not hidden & {*timeline.SENTENCES, *timeline.COUNTED}
    html = page(client, stage, case)
    for secret in ("nora@example.org", "Nora Lind"):
        assert secret not in html
    assert "A notice about your content was filed" in html


def test_both_sides_see_the_same_clock_with_its_reasons(client: Client, stage: Stage) -> None:
    case = stage.upheld()
    counter = stage.forwarded(case)
    stage.deliver(counter, REVIEWED)
    arrivals.sweep(REVIEWED)
    clock = Deadline.objects.get(kind="counternotices.wait")
    theirs = client.get(reverse("track", args=[stage.track_link(case)])).content.decode()
    for html in (page(client, stage, case), theirs):
        assert escape(explain(clock)[0]) in html
        assert "time (Asia/Shanghai): until the end of" in html


def test_each_reads_moments_in_the_zone_they_chose(client: Client, stage: Stage) -> None:
    case = stage.upheld()
    counter = stage.forwarded(case)
    stage.deliver(counter, datetime(2026, 9, 16, 7, tzinfo=UTC))
    arrivals.sweep(datetime(2026, 9, 16, 7, tzinfo=UTC))
    home = reverse("answer", args=[stage.answer_link(case)])

    assert "In your time (Asia/Shanghai)" in client.get(home).content.decode()
    answer = client.post(reverse("timezone"), {"timezone": "Africa/Lagos", "next": home})
    assert answer["Location"] == home
    html = client.get(home).content.decode()
    assert "In your time (Africa/Lagos): Thu 8 Oct 2026, 17:00" in html
    assert "(Asia/Shanghai): until the end of Thu 8 Oct 2026" in html


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd"])
def test_a_zone_that_is_none_is_refused_with_a_sentence(
    client: Client, db: None, zone: str
) -> None:
    answer = client.post(reverse("timezone"), {"timezone": zone, "next": "//evil.example"})
    assert answer["Location"] == "/"
    assert "timezone" not in answer.cookies
    assert "no such time zone" in client.get("/").content.decode()
