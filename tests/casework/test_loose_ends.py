"""What no ordinary walk meets: it ends all the same, and nothing is dropped."""

from datetime import UTC, datetime, timedelta

from django.test import Client

from casework.services.uphold import uphold
from deadlines.services import sweep
from notices.models import Case, ClaimedItem, Upload
from notices.services.claims import claim
from notices.services.decisions import Ruling
from notices.services.uploads import take
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import REASONS, Stage
from tests.notices.portal import picture
from tests.people import issue_token

NOON = datetime(2026, 9, 1, 4, 0, tzinfo=UTC)


def test_a_notice_upheld_without_any_measure_is_put_away_in_the_end(stage: Stage) -> None:
    case = stage.filed()
    claim(case.id, user=stage.tara, now=NOON)
    item = ClaimedItem.objects.get(notice__case=case)
    uphold(case.id, Ruling(REASONS, {item.id: "upheld"}), [], user=stage.tara, now=NOON)

    sweep.run(NOON + timedelta(days=400))

    assert Case.objects.get(id=case.id).state == "closed"


def test_no_second_original_is_silently_dropped(stage: Stage, client: Client) -> None:
    files = [take(picture(shade=shade), user=stage.tara, now=NOON) for shade in (10, 200)]
    assert Upload.objects.count() == 2
    key = issue_token(stage.tara, "tests", now=NOON)
    notice = {
        "language": "en",
        "filer_role": "owner",
        "filer_name": "Nora Lind",
        "work_title": "Fox Spirit",
        "items": [{"kind": "output", "locator": "out_1"}],
        "files": [{"file": str(one.id), "role": "original"} for one in files],
    }

    answer = client.post(
        "/api/v1/notices/",
        notice,
        "application/json",
        headers={"authorization": f"Bearer {key}"},
    )

    assert answer.status_code == 400
    assert not Case.objects.exists()
