"""The mark check at the desk: a picture in, a table out, nothing kept; what cannot be checked is said."""

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from evidence.models import SealedFile
from tests.conftest import Cast
from tests.evidence.traces import files
from tests.screening.test_mark_check import saved


@pytest.fixture
def tara(cast: Cast, settings: LazySettings) -> Client:
    settings.STAFF_MFA_REQUIRED = False
    client = Client()
    client.force_login(cast.tara)
    return client


def sent(client: Client, content: bytes, **fields: int) -> HttpResponse:
    picture = SimpleUploadedFile("fox.jpg", content, "image/jpeg")
    answer: HttpResponse = client.post(reverse("desk-mark-check"), {"picture": picture, **fields})  # type: ignore[assignment]
    return answer


def test_a_picture_is_checked_and_not_kept(tara: Client) -> None:
    content = saved("JPEG", exif=files.exif(files.comment(files.annex_e())))
    answer = sent(tara, content, left=60, top=90, width=38, height=8)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert files.FIELDS["ProduceID"] in page
    assert "Saved as JPEG, quality 30" in page
    assert 'badge success">kept' in page
    assert 'badge danger">lost' in page
    assert not SealedFile.objects.exists()


@pytest.mark.parametrize("content", [b"x", b"<svg/>", files.saved("GIF")])
def test_what_is_no_picture_is_said_and_no_error(tara: Client, content: bytes) -> None:
    answer = sent(tara, content)
    assert answer.status_code == 422
    assert "This is no picture that can be checked" in answer.content.decode()


def test_half_a_place_is_asked_for_whole(tara: Client) -> None:
    answer = sent(tara, files.saved("JPEG"), left=60)
    assert answer.status_code == 422
    assert "all four numbers" in answer.content.decode()


def test_an_empty_press_asks_for_the_picture(tara: Client) -> None:
    answer = tara.post(reverse("desk-mark-check"))
    assert answer.status_code == 422
    assert "Choose a picture." in answer.content.decode()
