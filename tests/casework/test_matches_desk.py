"""The desk's page of matches: the work beside the output, the required question, decided once."""

import io

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from PIL import Image

from evidence.files import seal
from measures.models import Match
from measures.services import matches
from measures.services.match_deciding import dismiss
from notices.models import Case, ClaimedItem, NoticeFile
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import DECIDED, Stage
from tests.database import Clock
from tests.matching import TellingPlatform, seen_by_guard

FOUND = {
    "taken_over": "The mask with the crack.",
    "reasons_en": "The same mask.",
    "reasons_zh": "面具相同。",
}


def png() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), (200, 40, 20)).save(drawn, "PNG")
    return drawn.getvalue()


@pytest.fixture
def match(stage: Stage, settings: LazySettings, clock: Clock) -> Match:
    """A likeness in an output of Pia's, whose picture the service gave."""
    settings.STAFF_MFA_REQUIRED = False
    clock.set(DECIDED)
    case = stage.upheld(stage.artefact("out_1"))
    work = seal(png(), name="fox.png", at=DECIDED)
    NoticeFile.objects.create(notice=case.notice, file=work, role="work", added_at=DECIDED)
    return found(case, output="out_2")


def found(case: Case, **told: str) -> Match:
    platform = TellingPlatform(DECIDED, {"out_2": "u_pia"}, body=png())
    row = seen_by_guard(case, DECIDED, kind="picture", user="u_pia", **told)
    matches.sweep(platform, lambda: DECIDED)
    return Match.objects.get(first=row)


def signed_in(client: Client, stage: Stage) -> Client:
    client.force_login(stage.dan)
    return client


def page(client: Client, match: Match) -> str:
    return client.get(reverse("desk-match", args=[match.id])).content.decode()


def test_it_is_listed_and_shows_both_pictures_and_how_it_was_found_in_plain_words(
    client: Client, stage: Stage, match: Match
) -> None:
    signed_in(client, stage)
    listed = client.get(reverse("desk-matches")).content.decode()
    assert reverse("desk-match", args=[match.id]) in listed
    shown = page(client, match)
    for words in (
        "87 % of the structure agrees",
        "PDQ distance 42 of 256 bits",
        "Style or idea alone is never grounds: what expression was taken over?",
        "not the bytes that were checked",
        "u_pia",
    ):
        assert words in shown, words
    picture = client.get(reverse("desk-match-picture", args=[match.id]))
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    assert shown.count("<img") == 2


def test_what_looks_like_an_upheld_output_is_compared_with_that_first(
    client: Client, stage: Stage, match: Match
) -> None:
    item = ClaimedItem.objects.get(id=match.work.item_id)
    frozen = seal(png(), name="out_1.png", at=DECIDED)
    NoticeFile.objects.create(
        notice=match.case.notice, file=frozen, role="frozen", item=item, added_at=DECIDED
    )
    signed_in(client, stage)
    shown = page(client, match)
    assert "seems to be an upheld output made again: 87 % of the structure agrees" in shown
    assert shown.count("<img") == 3
    assert shown.index("The output that was upheld: ") < shown.index("The work: fox.png")


def test_upholding_needs_the_answer_and_keeps_what_was_typed(
    client: Client, stage: Stage, match: Match
) -> None:
    signed_in(client, stage)
    address = reverse("desk-match-uphold", args=[match.id])
    refused = client.post(address, FOUND | {"taken_over": " "})
    assert refused.status_code == 422
    assert "Say what expression was taken over." in refused.content.decode()
    assert "The same mask." in refused.content.decode()
    assert client.post(address, FOUND).status_code == 302
    shown = page(client, match)
    for words in ("The mask with the crack.", "The same mask.", "面具相同。", "out_2"):
        assert words in shown, words
    late = client.post(address, FOUND)
    assert late.status_code == 409
    assert "The mask with the crack." in late.content.decode()
    settled = client.get(reverse("desk-matches") + "?show=settled").content.decode()
    assert "Upheld by a person" in settled


def test_what_others_dismissed_is_shown_beside_the_next(
    client: Client, stage: Stage, match: Match
) -> None:
    dismiss(match.id, "Only the palette is alike.", user=stage.lea, now=DECIDED)
    again = found(match.case, output="out_3")
    shown = page(signed_in(client, stage), again)
    for words in ("Only the palette is alike.", "Lea", "the same output"):
        assert words in shown, words
    answer = client.post(reverse("desk-match-dismiss", args=[again.id]), {"reason": "Alike."})
    assert answer.status_code == 302
    assert Match.objects.get(id=again.id).state == "dismissed"


def test_a_match_without_a_picture_has_none_to_show(
    client: Client, stage: Stage, match: Match
) -> None:
    bare = found(match.case, sha256="d" * 64)
    signed_in(client, stage)
    assert client.get(reverse("desk-match-picture", args=[bare.id])).status_code == 404
    assert "No picture of the output is at hand." in page(client, bare)
