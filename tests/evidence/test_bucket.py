"""The same storage on an S3 bucket, spoken to over HTTP."""

import io
import uuid
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from evidence.files import seal
from evidence.models import Damaged, SealedFile
from evidence.storage import storage
from tests.evidence.conftest import AT, picture

pytestmark = pytest.mark.django_db


PREFIX = "sealed"


class Bucket:
    """One bucket's objects by sealed file."""

    def __init__(self, client: Any, name: str) -> None:
        self.client, self.name = client, name

    def place(self, sealed: SealedFile) -> dict[str, str]:
        sha256 = sealed.sha256
        return {"Bucket": self.name, "Key": f"{PREFIX}/{sha256[:2]}/{sha256[2:4]}/{sha256}"}


@pytest.fixture
def bucket(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of an empty bucket that lives in this process."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    client = boto3.client("s3", endpoint_url=address, region_name="us-east-1")
    name = f"evidence-{uuid.uuid4()}"
    client.create_bucket(Bucket=name)
    settings.STORAGE_URL = f"s3://{name}/{PREFIX}?endpoint={address}&region=us-east-1"
    yield Bucket(client, name)
    client.close()
    server.stop()


def test_files_are_sealed_in_a_bucket_and_come_back(bucket: Any) -> None:
    sealed = seal(io.BytesIO(picture()), name="a.png", at=AT)
    assert SealedFile.objects.get(id=sealed.id).read() == picture()
    assert bucket.client.get_object(**bucket.place(sealed))["Body"].read() == picture()


def test_what_lies_there_is_kept_and_a_change_is_found(bucket: Any) -> None:
    sealed = seal(picture(), name="a.png", at=AT)
    bucket.client.put_object(**bucket.place(sealed), Body=b"other")
    with pytest.raises(Damaged):
        seal(picture(), name="b.png", at=AT).read()


def test_a_missing_file_is_missing(bucket: Any) -> None:
    with pytest.raises(FileNotFoundError):
        storage().open("a" * 64)
