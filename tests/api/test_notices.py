"""Filing and reading notices over HTTP, as RFC 9457 says when something is wrong."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from notices.models import Case, NoticeFile
from platforms.models import Platform
from users.models import AccessToken
from users.roles import Role

Key = Callable[..., APIClient]
NOTICE: dict[str, Any] = {
    "language": "en",
    "filer_role": "owner",
    "filer_name": "Nora",
    "filer_email": "nora@cast.example",
    "work_title": "Fox Spirit",
    "items": [{"kind": "output", "locator": "out_8Hk2"}],
}


def file(client: APIClient, **changes: Any) -> Any:
    """File the notice with these changes."""
    return client.post("/api/v1/notices/", {**NOTICE, **changes}, format="json")


def test_a_right_holder_files_and_reads_their_notice(platform: Platform, key: Key) -> None:
    nora = key("nora", Role.FILER)
    filed = file(nora)
    assert filed.status_code == 201
    assert filed["Location"] == f"/api/v1/notices/{filed.data['reference']}/"
    read = nora.get(filed["Location"])
    assert read.data["items"] == [
        {"number": 1, "kind": "output", "locator": "out_8Hk2", "outcome": "pending", "reason": ""}
    ]
    assert Case.objects.get().notice.channel == "api"


def test_somebody_elses_notice_is_not_there(platform: Platform, key: Key) -> None:
    filed = file(key("nora", Role.FILER))
    answer = key("eve", Role.FILER).get(filed["Location"])
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_a_caseworker_enters_a_letter_with_its_original_bytes(platform: Platform, key: Key) -> None:
    tara = key("tara", Role.REVIEWER)
    letter = b"Dear Sirs,\r\n\xff\xfe this is the letter.\n"
    sent = SimpleUploadedFile("letter.txt", letter, content_type="text/plain")
    upload = tara.post("/api/v1/files/", {"file": sent}, format="multipart")
    assert upload.status_code == 201, upload.data
    filed = file(tara, filer_email="", files=[{"file": upload.data["id"], "role": "original"}])
    assert filed.status_code == 201
    original = NoticeFile.objects.get(role="original")
    assert original.file.read() == letter
    assert original.file.sha256 == upload.data["sha256"]
    assert Case.objects.get().notice.channel == "staff"


def test_a_file_of_somebody_else_cannot_be_named(platform: Platform, key: Key) -> None:
    sent = SimpleUploadedFile("a.txt", b"mine", content_type="text/plain")
    theirs = key("nora", Role.FILER).post("/api/v1/files/", {"file": sent}, format="multipart")
    answer = file(key("eve", Role.FILER), files=[{"file": theirs.data["id"], "role": "work"}])
    assert answer.status_code == 400
    assert answer.data["errors"][0]["pointer"] == "#/files"


def test_what_is_wrong_is_told_field_by_field(platform: Platform, key: Key) -> None:
    answer = file(key("nora", Role.FILER), items=[{"kind": "tune", "locator": ""}], language="fr")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    pointers = {error["pointer"] for error in answer.data["errors"]}
    assert {"#/items/0/kind", "#/items/0/locator", "#/language"} <= pointers
    assert not Case.objects.exists()


@pytest.mark.parametrize("role", [Role.ENGINEER, Role.ADMINISTRATOR])
def test_others_may_not_file(platform: Platform, key: Key, role: Role) -> None:
    answer = file(key("eno", role))
    assert answer.status_code == 403
    assert answer.data["type"].endswith("/problems/forbidden/")


def test_without_a_key_nothing_opens(platform: Platform) -> None:
    answer = file(APIClient())
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_revoked_key_opens_nothing(platform: Platform, key: Key) -> None:
    nora = key("nora", Role.FILER)
    AccessToken.objects.update(revoked_at="2026-01-01T00:00:00Z")
    assert file(nora).status_code == 401


def test_the_queue_is_for_caseworkers(platform: Platform, key: Key) -> None:
    file(key("nora", Role.FILER))
    queue = key("tara", Role.REVIEWER).get("/api/v1/queue/").data
    assert [row["title"] for row in queue["cases"]] == ["Fox Spirit"]
    assert queue["cases"][0]["clock"]["kind"] == "notices.acknowledge"
    assert key("eno", Role.ENGINEER).get("/api/v1/queue/").status_code == 403


def test_the_schema_describes_every_address(client: Any, db: None) -> None:
    schema = client.get("/api/schema/?format=json").json()
    assert {"/api/v1/notices/", "/api/v1/files/", "/api/v1/queue/", "/api/v1/measures/"} <= set(
        schema["paths"]
    )
