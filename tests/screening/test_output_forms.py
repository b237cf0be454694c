"""An output check as a form: the file as it is, its names beside it; read strictly, or refused."""

import json

import pytest

from screening.guard.outputs import FORM, LARGEST_FILE, read
from screening.guard.problems import Problem

LINE = "----b0undary"
KIND = f'{FORM}; boundary="{LINE}"'


def form(*parts: tuple[str, bytes], end: str = "--\r\n") -> bytes:
    body = b""
    for name, content in parts:
        head = f'Content-Disposition: form-data; name="{name}"; filename="x"'
        body += f"--{LINE}\r\n{head}\r\nContent-Type: image/png\r\n\r\n".encode() + content
        body += b"\r\n"
    return body + f"--{LINE}{end}".encode()


def names(**told: object) -> tuple[str, bytes]:
    return "check", json.dumps(told).encode()


def test_the_file_comes_as_it_is_even_with_lines_that_look_like_its_frame() -> None:
    content = b"\x00\r\n--other\r\n\r\n" + bytes(range(256))
    output = read(form(("picture", content), names(user="paul", output="out-9")), KIND)
    assert (output.content, output.picture) == (content, True)
    assert output.names == {"user": "paul", "surface": "", "output": "out-9"}
    assert read(form(("file", b"a")), KIND).picture is False


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (form(("picture", b"a"), end=""), 400),
        (form(("picture", b"a"), ("picture", b"b")), 400),
        (b"junk\r\n" + form(("picture", b"a")), 400),
        (form(("picture", b"a")) + b"junk", 400),
        (f"--{LINE}\r\nX: y\r\n\r\na\r\n--{LINE}--".encode(), 400),
        (f'--{LINE}\r\nContent-Disposition: form-data; name="file"\r\n--{LINE}--'.encode(), 400),
        (form(("picture", b"a"), ("check", b"{")), 400),
        (form(("picture", b"")), 422),
        (form(("picture", b"a"), ("file", b"b")), 422),
        (form(("other", b"a")), 422),
        (form(names(user="paul")), 422),
        (form(("picture", b"a"), names(text="a song")), 422),
        (form(("picture", b"a"), names(user=7)), 422),
        (form(("picture", b"a"), ("check", b"[]")), 422),
    ],
)
def test_what_is_not_whole_or_not_understood_is_refused(body: bytes, status: int) -> None:
    with pytest.raises(Problem) as refused:
        read(body, KIND)
    assert refused.value.status == status


def test_a_file_beyond_the_limit_and_a_form_without_boundary_are_refused() -> None:
    with pytest.raises(Problem, match=str(LARGEST_FILE)):
        read(form(("file", b"a" * (LARGEST_FILE + 1))), KIND)
    with pytest.raises(Problem, match="boundary"):
        read(form(("file", b"a")), FORM)
