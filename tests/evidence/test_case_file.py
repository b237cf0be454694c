"""A case file is written, verified offline, and shows every change."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from evidence import ledger, selectors
from evidence.bundle import Member, Meta, exhibit, write_bundle
from evidence.chain import Chain, entry_hash
from evidence.files import seal
from evidence.models import Damaged, SealedFile
from evidence.verify import verify_case_file as form
from evidence.verify.verify_case_file import BrokenFile, main, verify
from tests.evidence.conftest import AT, TARA, picture
from tests.proofs.export import flip_trials

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(chain: Chain, storage_folder: Path) -> SealedFile:
    """An exhibit, and a chain of four entries that knows it."""
    file = seal(picture(), name="原作 original.PNG", at=AT)
    ledger.append(
        chain, "notice.filed", actor=TARA, at=AT, facts={"files": [file.sha256]}, payload=b"Nora"
    )
    ledger.append(chain, "file.sealed", actor=TARA, at=AT, facts=file.fact)
    erased = ledger.append(chain, "case.claimed", actor=TARA, at=AT, payload=b"Paul")
    ledger.erase(erased, rule="retention.3-years", actor=TARA, at=AT)
    return file


def bundle(chain: Chain, *members: Member, **meta: Any) -> bytes:
    target = BytesIO()
    about = {"reference": "N-2026-000001-X", "exported_at": "2026-03-02T09:30:00Z"}
    write_bundle(
        target, members, selectors.entries(chain), Meta(**{"chain": chain, "about": about, **meta})
    )
    return target.getvalue()


@pytest.fixture
def whole(chain: Chain, sealed: SealedFile) -> bytes:
    """A whole case file."""
    report = Member("case.pdf", b"%PDF-1.7 report", "application/pdf", "report")
    return bundle(chain, report, exhibit("exhibits", 1, sealed))


def broken(content: bytes, manifest: str = "") -> str:
    with pytest.raises(BrokenFile) as told:
        verify(BytesIO(content), manifest)
    return told.value.where


def test_a_whole_case_file_is_valid(whole: bytes) -> None:
    told = verify(BytesIO(whole))
    assert told.english.startswith("valid: 8 files, 1 exhibits, 4 ledger entries")
    assert told.chinese == "有效：文件 8 个，证据 1 件，账本条目 4 条"


def test_any_unpacker_reads_it_and_the_exhibit_is_byte_for_byte(whole: bytes) -> None:
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        assert archive.testzip() is None
        assert archive.read("exhibits/0001.png") == picture()
        lines = json.loads(archive.read("manifest.json"))["files"]
    assert lines[-1]["original_name"] == "原作 original.PNG"


def test_the_same_case_gives_the_same_bytes(chain: Chain, sealed: SealedFile, whole: bytes) -> None:
    report = Member("case.pdf", b"%PDF-1.7 report", "application/pdf", "report")
    assert bundle(chain, report, exhibit("exhibits", 1, sealed)) == whole


def test_every_flipped_byte_is_found_and_the_right_file_named(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "case.zip"
    path.write_bytes(whole)
    flips = flip_trials(path, seed=2026, count=400)
    assert [flip for flip in flips if not flip.found] == []
    assert len({flip.owner for flip in flips}) == 9
    assert path.read_bytes() == whole


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda z: z[:-1], "end of the ZIP"),
        (lambda z: z + b"\0", "end of the ZIP"),
        (lambda z: b"\0" + z, "manifest.sha256"),
        (lambda z: z[: len(z) // 2], None),
        (lambda z: b"", "manifest.sha256"),
        (lambda z: z.replace(b"Nora", b"Dora"), "ledger/000001.payload"),
    ],
)
def test_cutting_and_adding_are_found(
    whole: bytes, change: Callable[[bytes], bytes], where: str | None
) -> None:
    assert broken(change(whole)) == (where or "verify_case_file.py")


def test_another_manifest_than_the_issued_one_is_found(whole: bytes) -> None:
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        issued = archive.read("manifest.sha256")[:64].decode()
    verify(BytesIO(whole), issued)
    assert broken(whole, "0" * 64) == "manifest.json"


class Forger:
    """Somebody who knows the format and makes a coherent file around a changed ledger."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            self.members = {name: archive.read(name) for name in archive.namelist()[2:]}
            self.manifest = json.loads(archive.read("manifest.json"))
        self.ledger = json.loads(self.members["ledger.json"])

    def forged(self) -> bytes:
        self.members["ledger.json"] = json.dumps(self.ledger).encode()
        kept = [line for line in self.manifest["files"] if line["name"] in self.members]
        for line in kept:
            content = self.members[line["name"]]
            line |= {"size": len(content), "sha256": form.hashlib.sha256(content).hexdigest()}
        self.manifest["files"] = kept
        raw = json.dumps(self.manifest).encode()
        seal_line = f"{form.hashlib.sha256(raw).hexdigest()}  manifest.json\n".encode()
        return packed({"manifest.sha256": seal_line, "manifest.json": raw, **self.members})


def packed(members: dict[str, bytes]) -> bytes:
    body, index = b"", b""
    for name, content in members.items():
        crc = form.zlib.crc32(content)
        index += form.index_record(name, len(content), crc, len(body))
        body += form.member_header(name, len(content), crc) + content
    return body + index + form.end_record(len(members), len(index), len(body))


@pytest.fixture
def forger(whole: bytes) -> Forger:
    """The forger, whose unchanged work is valid."""
    forger = Forger(whole)
    verify(BytesIO(forger.forged()))
    return forger


def test_an_edited_entry_is_named(forger: Forger) -> None:
    forger.ledger["entries"][1]["actor"] = "staff:another"
    assert broken(forger.forged()) == "ledger.json, entry 2"


def test_an_edited_entry_with_a_fresh_hash_is_named_by_the_next(forger: Forger) -> None:
    entry = forger.ledger["entries"][1]
    entry["actor"] = "staff:another"
    entry["hash"] = entry_hash(entry)
    assert broken(forger.forged()) == "ledger.json, entry 3"


def test_a_cut_off_end_of_the_chain_is_found(forger: Forger) -> None:
    del forger.ledger["entries"][-1]
    assert broken(forger.forged()) == "ledger.json"


def test_an_exchanged_exhibit_is_found_though_the_manifest_was_made_anew(forger: Forger) -> None:
    forger.members["exhibits/0001.png"] = picture("blue")
    assert broken(forger.forged()) == "exhibits/0001.png"


def test_a_removed_exhibit_is_found_by_the_entry_that_sealed_it(forger: Forger) -> None:
    del forger.members["exhibits/0001.png"]
    assert broken(forger.forged()) == "ledger.json, entry 2"


def test_an_exchanged_payload_is_found(forger: Forger) -> None:
    forger.members["ledger/000001.payload"] = b"Dora"
    assert broken(forger.forged()) == "ledger/000001.payload"


def test_a_payload_that_vanished_without_erasure_is_found(forger: Forger) -> None:
    del forger.ledger["payloads"]["3"]
    assert broken(forger.forged()) == "ledger.json, entry 3"


@pytest.mark.parametrize("nonsense", [[], {}, 1, None, {"entries": [], "payloads": {}}])
def test_nonsense_is_told_and_not_crashed_upon(forger: Forger, nonsense: Any) -> None:
    forger.ledger = nonsense
    assert broken(forger.forged()) == "ledger.json"


def test_a_file_and_a_text_may_be_withheld_with_a_reason(chain: Chain, sealed: SealedFile) -> None:
    why = {"withheld": {sealed.sha256: "trade secret"}, "withheld_payloads": {1: "identity"}}
    content = bundle(chain, **why)
    verify(BytesIO(content))
    assert b"Nora" not in content


def test_names_that_lead_out_or_stand_twice_are_refused(chain: Chain, sealed: SealedFile) -> None:
    for name in ("../x", "a//b", "/a", "a\\b", "举报", "README.TXT", "a/./b", ""):
        with pytest.raises(ValueError, match="Not fit"):
            bundle(chain, Member(name, b"x", "text/plain", "report"))


def test_a_damaged_store_is_not_exported(
    chain: Chain, sealed: SealedFile, storage_folder: Path
) -> None:
    place = next(storage_folder.rglob(sealed.sha256))
    place.chmod(0o600)
    place.write_bytes(picture("blue"))
    with pytest.raises(Damaged):
        bundle(chain, exhibit("exhibits", 1, sealed))


def test_the_script_stands_alone(whole: bytes, tmp_path: Path) -> None:
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        archive.extract("verify_case_file.py", tmp_path)
    (tmp_path / "good.zip").write_bytes(whole)
    (tmp_path / "bad.zip").write_bytes(whole.replace(b"Nora", b"Dora"))

    def run(file: str) -> tuple[int, str]:
        command = [sys.executable, "-I", "-S", "verify_case_file.py", file]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        return done.returncode, done.stdout.decode()

    assert run("good.zip")[0] == 0
    code, told = run("bad.zip")
    assert code == 1
    assert told == (
        "INVALID: ledger/000001.payload: its content was changed\n"
        "无效：ledger/000001.payload：内容已被更改\n"
    )
    assert run("none.zip")[0] == 2


def test_the_command_says_the_same(
    whole: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "case.zip"
    path.write_bytes(whole)
    out = io.StringIO()
    call_command("verify_export", str(path), stdout=out)
    assert out.getvalue().startswith("valid: 8 files")
    path.write_bytes(whole.replace(b"Nora", b"Dora"))
    with pytest.raises(CommandError, match=r"INVALID: ledger/000001\.payload"):
        call_command("verify_export", str(path))
    assert main([str(path)]) == 1
