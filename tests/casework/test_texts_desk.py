"""Legal writes what users are shown, a second person approves rulings, and a case that falls takes its texts along."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from casework.services.export import make_export, request_export
from casework.services.texts import end_fallen
from common.actors import filer
from notices.models import Case
from notices.services.decisions import withdraw
from screening.display_models import DisplayProof
from screening.models import DisplayText
from screening.services.display import write_text
from screening.states import TextKind
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import DECIDED, Stage
from tests.database import Clock
from tests.screening.display import new_text
from users.models import User

SAID = {
    "kind": "notice",
    "title": "Fox Spirit",
    "text_en": "A notice about the character was upheld.",
    "text_zh": "有关该角色的通知已获支持。",
    "terms": "fox spirit\n狐灵\nfox spirit",
    "allow_phrases": "",
    "source": "",
    "in_force_from": "",
    "in_force_until": "",
}
NOON = DECIDED + timedelta(hours=1)


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: Any) -> None:
    clock.set(NOON)
    settings.STAFF_MFA_REQUIRED = False


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def write(user: User, case: Case | None = None, **changes: str) -> Any:
    said = SAID | {"case_reference": case.reference if case else ""} | changes
    return as_(user).post(reverse("desk-text-new"), said)


def words_of(response: HttpResponse) -> str:
    return response.content.decode()


def fields(answer: Any) -> set[str]:
    """The fields that a sentence stands beside."""
    return set(answer.context["form"].errors) - {"__all__"}


def proof(text: DisplayText, user: str = "u_1", at: Any = NOON) -> None:
    DisplayProof.objects.create(id=uuid4(), text=text, user_external_id=user, at=at, received_at=at)


def test_legal_writes_a_notice_on_a_case_and_the_case_page_shows_it(stage: Stage) -> None:
    case = stage.upheld()
    answer = write(stage.lea, case)
    text = DisplayText.objects.get()
    assert answer["Location"] == reverse("desk-text", args=[text.id])
    assert (text.case_id, text.case_reference, text.state) == (case.id, case.reference, "standing")
    assert text.terms == [
        {"text": "fox spirit", "language": "en"},
        {"text": "狐灵", "language": "zh-Hans"},
    ]
    proof(text)
    proof(text, "u_2")
    proof(text, "u_2", NOON + timedelta(seconds=1))
    page = words_of(as_(stage.tara).get(reverse("desk-case", args=[case.reference])))
    assert "times shown: 3, users: 2" in page
    assert "desk/texts/new" not in page
    page = words_of(as_(stage.lea).get(reverse("desk-case", args=[case.reference])))
    assert f"?case={case.reference}&amp;kind=notice" in page
    assert "Shown now" in words_of(as_(stage.tara).get(reverse("desk-texts")))


def test_what_was_typed_comes_back_with_the_fault_beside_its_field(stage: Stage) -> None:
    said = {"kind": "pre_use", "terms": ""}
    answer = write(stage.lea, text_en="By [[Li Lei]].", text_zh="由 Li Lei 创作。", **said)
    assert answer.status_code == 422
    page = words_of(answer)
    assert "由 Li Lei 创作。" in page
    assert "would be shown" in page
    answer = write(stage.lea, text_en="", in_force_from="soon")
    assert answer.status_code == 422
    assert not DisplayText.objects.exists()


def test_a_case_that_does_not_stand_and_one_that_is_not_there_are_refused(stage: Stage) -> None:
    for reference in (stage.filed().reference, "N-2026-999999-X", ""):
        answer = write(stage.lea, case_reference=reference)
        assert (answer.status_code, fields(answer)) == (422, {"case_reference"})
    assert not DisplayText.objects.exists()


def test_no_text_on_a_case_names_its_affected_user(stage: Stage) -> None:
    case = stage.upheld()
    name = stage.paul.handle or stage.paul.external_id
    answer = write(stage.lea, case, text_en=f"{name} was told.")
    assert (answer.status_code, fields(answer)) == (422, {"text_en"})
    assert write(stage.lea, case, text_en=f"[[{name}]] was told.").status_code == 302
    assert DisplayText.objects.get().shown["en"] == "[name withheld] was told."


def test_a_ruling_is_approved_by_somebody_else(stage: Stage) -> None:
    write(stage.lea, kind="ruling", source="A court, (2025) 1")
    text = DisplayText.objects.get()
    place, approve = (reverse(name, args=[text.id]) for name in ("desk-text", "desk-text-approve"))
    assert approve not in words_of(as_(stage.lea).get(place))
    assert as_(stage.lea).post(approve).status_code == 403
    page = words_of(as_(stage.dan).get(place))
    assert approve in page
    assert '<span>Texts for users</span><span class="n num">1</span>' in page
    assert as_(stage.dan).post(approve)["Location"] == place
    again = as_(stage.dan).post(approve)
    assert (again.status_code, "decided already" in words_of(again)) == (409, True)
    text = DisplayText.objects.get()
    assert (text.state, text.decided_by) == ("standing", stage.dan)


def test_a_refusal_needs_a_reason_and_keeps_it(stage: Stage) -> None:
    text = write_text(new_text(kind=TextKind.RULING), user=stage.lea, now=NOON)
    refuse = reverse("desk-text-refuse", args=[text.id])
    assert as_(stage.dan).post(refuse, {"reason": ""}).status_code == 422
    as_(stage.dan).post(refuse, {"reason": "Wrong number."})
    page = words_of(as_(stage.tara).get(reverse("desk-text", args=[text.id])))
    assert "Wrong number." in page


def test_the_next_version_begins_with_what_this_one_says(stage: Stage) -> None:
    words = {"en": "By [[Li Lei]].", "zh-Hans": "由[[李雷]]创作。"}
    first = write_text(new_text(texts=words, in_force_from=NOON), user=stage.lea, now=NOON)
    place = reverse("desk-text-version", args=[first.id])
    page = words_of(as_(stage.lea).get(place))
    assert "[[Li Lei]]" in page
    said = {**SAID, "terms": "", "text_en": "Anew.", "in_force_until": "2030-01-01 10:00"}
    assert as_(stage.lea).post(place, said).status_code == 302
    second = DisplayText.objects.get(number=2)
    assert (second.series, second.kind, second.shown["en"]) == (first.series, "pre_use", "Anew.")
    page = words_of(as_(stage.tara).get(reverse("desk-text", args=[first.id])))
    assert "<del>Li Lei</del>" in page
    assert "Replaced" in page
    end = reverse("desk-text-end", args=[second.id])
    assert as_(stage.tara).post(end).status_code == 403
    assert as_(stage.lea).post(end).status_code == 302
    assert DisplayText.objects.get(number=2).ended_reason == "by_hand"


@pytest.mark.parametrize("how", ["withdrawn", "restored"])
def test_a_text_ends_with_its_case(stage: Stage, how: str) -> None:
    case = stage.upheld()
    write(stage.lea, case)
    write(stage.lea, case, kind="ruling", source="A court, (2025) 1")
    assert end_fallen(NOON) == 0
    if how == "withdrawn":
        withdraw(case.id, actor=filer(case.notice.id), now=NOON)
    else:
        case.regimes.update(state="restored")
    assert end_fallen(NOON) == 1
    assert end_fallen(NOON) == 0
    text = DisplayText.objects.get(kind="notice")
    assert (text.state, text.ended_reason) == ("ended", f"case_{how}")
    ruling = DisplayText.objects.get(kind="ruling")
    refused = as_(stage.dan).post(reverse("desk-text-approve", args=[ruling.id]))
    assert (refused.status_code, "no longer stands" in words_of(refused)) == (409, True)


def test_the_case_file_tells_what_was_shown_and_no_withheld_name(stage: Stage) -> None:
    case = stage.upheld()
    write(stage.lea, case, text_en="By [[Li Lei]].")
    notice = DisplayText.objects.get()
    before = write_text(new_text(in_force_from=NOON), user=stage.lea, now=NOON)
    proof(notice, "u_other")
    proof(before, stage.paul.external_id, NOON - timedelta(days=9))
    bundle = make_export(request_export(case, user=stage.dan, now=NOON).id, now=NOON).bundle
    assert bundle is not None
    with zipfile.ZipFile(io.BytesIO(bundle.read())) as zipped:
        data = json.loads(zipped.read("case.json"))
        pages = PdfReader(io.BytesIO(zipped.read("case-file.zh-Hans.pdf"))).pages
    (shown,) = data["texts_shown_to_users"]
    assert (shown["times_shown"], shown["users"], shown["shown"]["en"]) == (
        1,
        1,
        "By [name withheld].",
    )
    (seen,) = data["shown_to_affected_users"]
    assert (seen["user"], seen["text"]["kind"]) == (stage.paul.external_id, "pre_use")
    assert "Li Lei" not in json.dumps(data)
    report = "".join("".join(page.extract_text() for page in pages).split())
    assert "有关该角色的通知已获支持。" in report
    assert f"{stage.paul.external_id}·" in report


def test_the_list_and_the_page_cost_as_much_at_sixty_texts_as_at_two(stage: Stage) -> None:
    def grow(count: int) -> None:
        for _number in range(count):
            text = write_text(new_text(in_force_from=NOON), user=stage.lea, now=NOON)
            proof(text)
            write_text(new_text(series=text.series, in_force_from=NOON), user=stage.lea, now=NOON)

    def cost() -> list[int]:
        client, found = as_(stage.lea), []
        text = DisplayText.objects.latest("written_at", "number")
        for _again in range(2):
            found = []
            for address in (reverse("desk-texts"), reverse("desk-text", args=[text.id])):
                with CaptureQueriesContext(connection) as queries:
                    assert client.get(address).status_code == 200
                found.append(len(queries))
        return found

    grow(2)
    few = cost()
    grow(58)
    assert cost() == few
    assert max(few) <= 14
    second = as_(stage.tara).get(reverse("desk-texts") + "?page=2&kind=pre_use")
    assert second.context["lines"]
