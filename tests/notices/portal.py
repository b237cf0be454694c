"""Nora files through the portal: what she types, and the pages she walks."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

FOUND = {"outputs": "out_8Hk2\nhttps://ai.example/o/out_9Lm3", "models": "foxspirit-v3"}
WORK = {"work_title": "Fox Spirit sheet", "work_kind": "character", "points": "red mask\nbells"}
YOU = {"filer_role": "owner", "filer_name": "Nora Lin", "filer_email": "nora@filer.example"}
SIGN = {
    "signature": "Nora Lin",
    "statement-truth_statement": "on",
    "requested_measures": ["content_removal", "model_takedown"],
}


def picture(name: str = "copy.png", shade: int = 90) -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (4, 4), (shade, 40, 20)).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def unknown(name: str = "broken.bin") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"\x00\x01\x02\xff\xfe" * 40)


@dataclass
class Walker:
    """Walks the portal as a browser without JavaScript does."""

    client: Client
    token: str = ""
    pages: list[Any] = field(default_factory=list)

    def start(self) -> "Walker":
        answer = self.client.post("/notices/new/")
        self.token = answer["Location"].split("/")[3]
        return self

    def address(self, step: str) -> str:
        return f"/notices/draft/{self.token}/{step}/"

    def fill(self, step: str, answers: dict[str, Any], **more: Any) -> Any:
        return self.client.post(self.address(step), {**answers, **more})

    def page(self, step: str) -> str:
        return self.client.get(self.address(step)).content.decode()

    def fill_all(self, found: dict[str, Any] | None = None) -> "Walker":
        for step, answers in (
            ("found", found or FOUND),
            ("work", WORK),
            ("you", YOU),
            ("others", {}),
            ("sign", SIGN),
        ):
            assert self.fill(step, answers).status_code == 302, step
        return self

    def send(self) -> str:
        """The address of the tracking page."""
        answer = self.client.post(self.address("check"))
        assert answer.status_code == 302
        return str(answer["Location"])
