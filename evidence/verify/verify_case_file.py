#!/usr/bin/env python3
"""Checks a Redress case file (ZIP) offline: python3 verify_case_file.py FILE [--manifest SHA256]

Needs Python 3.8 or later and nothing else: no network, no installation. Prints "valid" and ends
with 0, or names the first broken thing and ends with 1, in English and Chinese.
离线核验必要措施工作台案卷（ZIP）：只需 Python 3.8 或更高版本，无需联网、无需安装。

The ZIP is built so that manifest.json and the members' bytes determine every single byte of it.
This program reads it from front to end, works out what must stand at each place, and compares.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import struct
import sys
import zlib
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any, BinaryIO, NamedTuple

FORMAT = "redress-case-file/1"
GENESIS = "0" * 64
HASHED = [
    "actor",
    "at",
    "chain_id",
    "chain_kind",
    "event",
    "facts",
    "id",
    "payload_sha256",
    "previous",
    "sequence",
]
MANIFEST_LIMIT = 64 * 1024 * 1024
NAME = re.compile(r"(?!.*(^|/)\.{1,2}(/|$))[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*")
SHA256 = re.compile(r"[0-9a-f]{64}")
UNSAYABLE = re.compile("[\0\ud800-\udfff]")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


class Words(NamedTuple):
    """One sentence, twice."""

    english: str
    chinese: str


class BrokenFile(Exception):
    """The first broken thing: `where` names a member, an entry of the ledger or a part of the ZIP."""

    def __init__(self, where: str, why: Words) -> None:
        super().__init__(f"{where}: {why.english}")
        self.where = where
        self.why = why


class BadFact(ValueError):
    """Facts hold text, whole numbers up to 2^53 - 1, true, false, null, lists and objects."""


CHANGED = Words("its content was changed", "内容已被更改")
HEADER = Words(
    "its header in the ZIP was changed, or it is missing", "ZIP 头部已被更改或该文件缺失"
)
INDEX = Words("its line in the ZIP's index was changed", "ZIP 目录中的该行已被更改")
UNREADABLE = Words("it cannot be read", "无法读取")
NOT_OURS = Words("it does not have the form of a Redress case file", "格式不是本系统的案卷")


# The chain of events (docs/ledger.md) -------------------------------------------------------------


def canonical(value: object) -> str:
    """The one spelling of a value, by RFC 8785 without fractions. Raises BadFact."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        if UNSAYABLE.search(value):
            raise BadFact(BadFact.__doc__)
        return encode_basestring(value)
    if isinstance(value, int) and abs(value) < 2**53:
        return str(value)
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        pairs = [(canonical(key), canonical(value[key])) for key in sorted(value, key=_utf16)]
        return "{" + ",".join(key + ":" + item for key, item in pairs) + "}"
    raise BadFact(BadFact.__doc__)


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")


def entry_hash(entry: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical form of an entry without its `hash`, in hex."""
    text = canonical({key: entry[key] for key in HASHED})
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def link_fault(
    entry: Mapping[str, Any], before: Mapping[str, Any] | None, place: int
) -> Words | None:
    """Why an entry cannot stand at its place (1, 2, …) after the one before; None when it can."""
    if set(entry) != {*HASHED, "hash"} or not MOMENT.fullmatch(str(entry["at"])):
        return Words("it does not have the form of an entry", "不具有条目的格式")
    if entry["sequence"] != place:
        return Words(f"an entry is missing or added here, {place} expected", "此处缺少或多出条目")
    if before and any(entry[key] != before[key] for key in ("chain_kind", "chain_id")):
        return Words("it belongs to another chain", "属于另一条链")
    if entry["previous"] != (before["hash"] if before else GENESIS):
        return Words("it does not follow the hash of the entry before", "与前一条目的哈希不衔接")
    try:
        same = entry["hash"] == entry_hash(entry)
    except BadFact:
        same = False
    return None if same else Words("its content does not match its hash", "内容与其哈希不符")


# The ZIP: every byte of its structure, from names, sizes and checksums ----------------------------


def member_header(name: str, size: int, crc: int) -> bytes:
    """What stands before a member's bytes: stored, UTF-8 name, 1 January 1980, no extra field."""
    raw = name.encode()
    packed = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0x800, 0, 0, 33, crc, size, size, len(raw), 0)
    return packed + raw


def index_record(name: str, size: int, crc: int, offset: int) -> bytes:
    """A member's line in the index at the end."""
    raw = name.encode()
    rest = (crc, size, size, len(raw), 0, 0, 0, 0, 0o100644 << 16, offset)
    packed = struct.pack("<4s6H3L5H2L", b"PK\1\2", 0x314, 20, 0x800, 0, 0, 33, *rest)
    return packed + raw


def end_record(members: int, size: int, offset: int) -> bytes:
    """The last 22 bytes."""
    return struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, members, members, size, offset, 0)


class Placed(NamedTuple):
    """Where a member was found: `start` of its header, `data` of its bytes."""

    name: str
    size: int
    crc: int
    start: int
    data: int


def read_member(file: BinaryIO, name: str, size: int, sha256: str) -> Placed:
    """Read the member that must stand here, in pieces. Raises BrokenFile naming it."""
    start, digest, crc, left = file.tell(), hashlib.sha256(), 0, size
    header = file.read(len(member_header(name, 0, 0)))
    while left:
        piece = file.read(min(left, 1 << 20))
        if not piece:
            raise BrokenFile(name, Words("the file ends inside it", "文件在此中断"))
        digest.update(piece)
        crc = zlib.crc32(piece, crc)
        left -= len(piece)
    if sha256 and digest.hexdigest() != sha256:
        raise BrokenFile(name, CHANGED)
    if header != member_header(name, size, crc):
        raise BrokenFile(name, HEADER)
    return Placed(name, size, crc, start, start + len(header))


def bytes_of(file: BinaryIO, placed: Placed) -> bytes:
    """A member's bytes again."""
    file.seek(placed.data)
    return file.read(placed.size)


def check_index(file: BinaryIO, placed: list[Placed]) -> None:
    """Compare the index, the end record and the end of the file. Raises BrokenFile."""
    offset = file.tell()
    for one in placed:
        wanted = index_record(one.name, one.size, one.crc, one.start)
        if file.read(len(wanted)) != wanted:
            raise BrokenFile(one.name, INDEX)
    wanted = end_record(len(placed), file.tell() - offset, offset)
    if file.read() != wanted:
        why = Words("it was changed, or something was added", "已被更改或附加内容")
        raise BrokenFile("end of the ZIP", why)


# The case file ------------------------------------------------------------------------------------


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("the same key twice")
    return dict(pairs)


def read_json(name: str, raw: bytes) -> Any:
    """Strict JSON: UTF-8, no key twice. Raises BrokenFile."""
    try:
        return json.loads(raw.decode("utf-8"), object_pairs_hook=_no_doubles)
    except (ValueError, RecursionError):
        raise BrokenFile(name, UNREADABLE) from None


def read_manifest(file: BinaryIO) -> tuple[dict[str, Any], list[Placed], str]:
    """manifest.sha256 and manifest.json, which come first. Raises BrokenFile."""
    seal = read_member(file, "manifest.sha256", 80, "")
    line = re.fullmatch(rb"([0-9a-f]{64})  manifest\.json\n", bytes_of(file, seal))
    if not line:
        raise BrokenFile("manifest.sha256", NOT_OURS)
    start, sha256 = file.tell(), line.group(1).decode()
    size = int.from_bytes(file.read(26)[22:], "little")
    file.seek(start)
    body = read_member(file, "manifest.json", min(size, MANIFEST_LIMIT), sha256)
    manifest = read_json("manifest.json", bytes_of(file, body))
    return _well_formed(manifest), [seal, body], sha256


def _well_formed(manifest: Any) -> dict[str, Any]:
    try:
        names = [one["name"].lower() for one in manifest["files"]]
        fine = manifest["format"] == FORMAT and len(set(names)) == len(names)
        for one in manifest["files"]:
            fine = fine and bool(NAME.fullmatch(one["name"]) and SHA256.fullmatch(one["sha256"]))
            fine = fine and type(one["size"]) is int and one["size"] >= 0
        fine = fine and all(SHA256.fullmatch(one["sha256"]) for one in manifest["withheld"])
    except (KeyError, TypeError, AttributeError):
        fine = False
    if not fine:
        raise BrokenFile("manifest.json", NOT_OURS)
    return dict(manifest)


def hashes_in(raw: bytes) -> set[str]:
    """Every SHA-256 in hex that is written there."""
    return {found.decode() for found in re.findall(rb"\b[0-9a-f]{64}\b", raw)}


def _facts(entry: Mapping[str, Any]) -> bytes:
    return canonical(entry["facts"]).encode()


def check_chain(manifest: dict[str, Any], ledger: Any) -> list[dict[str, Any]]:
    """Compute the chain anew, entry by entry. Raises BrokenFile naming the entry."""
    try:
        entries, chain = ledger["entries"], manifest["chain"]
        for place, entry in enumerate(entries, start=1):
            before = entries[place - 2] if place > 1 else None
            if why := link_fault(entry, before, place):
                raise BrokenFile(f"ledger.json, entry {place}", why)
        last = entries[-1]
        head = [len(entries), last["hash"], last["chain_kind"], last["chain_id"]]
        if head != [chain["entries"], chain["head"], chain["kind"], chain["id"]]:
            why = Words("the chain is not the one of the manifest", "与清单所载的链不符")
            raise BrokenFile("ledger.json", why)
    except (KeyError, TypeError, IndexError):
        raise BrokenFile("ledger.json", NOT_OURS) from None
    return list(entries)


def check_payloads(file: BinaryIO, ledger: Any, members: dict[str, Placed]) -> set[str]:
    """Every payload is there and matches its entry, or is said to be erased or withheld.

    Gives the hashes that the payloads name.
    """
    missing = Words("its text is neither here nor said to be erased", "正文缺失，且未注明已删除")
    named: set[str] = set()
    for entry in (one for one in ledger["entries"] if one["payload_sha256"]):
        where = f"ledger.json, entry {entry['sequence']}"
        told = ledger["payloads"].get(str(entry["sequence"]), {})
        if told.get("erased_under") or told.get("withheld"):
            continue
        placed = members.get(told.get("member"))
        if placed is None:
            raise BrokenFile(where, missing)
        body = bytes_of(file, placed)
        digest = hashlib.sha256(bytes.fromhex(told["salt"]) + body).hexdigest()
        if digest != entry["payload_sha256"]:
            raise BrokenFile(placed.name, Words("it is not the text of its entry", "与条目不符"))
        named |= hashes_in(body)
    return named


def check_exhibits(manifest: dict[str, Any], entries: list[Any], named: set[str]) -> int:
    """Exhibits stand in the ledger or in its payloads; what was sealed is here or withheld."""
    known = named.union(*(hashes_in(_facts(entry)) for entry in entries))
    exhibits = [one for one in manifest["files"] if one.get("role") == "exhibit"]
    for one in exhibits:
        if one["sha256"] not in known:
            raise BrokenFile(one["name"], Words("the ledger does not know it", "账本中无此文件"))
    here = {one["sha256"] for one in manifest["files"] + manifest["withheld"]}
    for entry in (one for one in entries if one["event"] == "file.sealed"):
        if not hashes_in(_facts(entry)) <= here:
            why = Words("the file it names is missing", "所载文件缺失")
            raise BrokenFile(f"ledger.json, entry {entry['sequence']}", why)
    return len(exhibits)


def verify(file: BinaryIO, manifest_sha256: str = "") -> Words:
    """Check a whole case file; what was counted. Raises BrokenFile naming the first broken thing."""
    manifest, placed, sha256 = read_manifest(file)
    if manifest_sha256 and manifest_sha256.lower() != sha256:
        why = Words("it is not the manifest that was issued", "不是当时出具的清单")
        raise BrokenFile("manifest.json", why)
    placed += [read_member(file, f["name"], f["size"], f["sha256"]) for f in manifest["files"]]
    check_index(file, placed)
    members = {one.name: one for one in placed}
    if "ledger.json" not in members:
        raise BrokenFile("ledger.json", Words("it is missing", "缺失"))
    ledger = read_json("ledger.json", bytes_of(file, members["ledger.json"]))
    entries = check_chain(manifest, ledger)
    try:
        named = check_payloads(file, ledger, members)
        exhibits = check_exhibits(manifest, entries, named)
    except (KeyError, TypeError, AttributeError, ValueError):
        raise BrokenFile("ledger.json", NOT_OURS) from None
    files, events, head = len(placed), len(entries), entries[-1]["hash"]
    return Words(
        f"valid: {files} files, {exhibits} exhibits, {events} ledger entries"
        f"\nmanifest {sha256}\nchain head {head}",
        f"有效：文件 {files} 个，证据 {exhibits} 件，账本条目 {events} 条",
    )


def main(arguments: list[str] | None = None) -> int:
    """0 for valid, 1 for broken, 2 for a file that cannot be opened."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("file", help="the case file (ZIP) / 案卷文件")
    parser.add_argument(
        "--manifest", default="", help="the manifest's SHA-256 as issued / 清单哈希"
    )
    options = parser.parse_args(arguments)
    try:
        with open(options.file, "rb") as file:
            told, code = verify(file, options.manifest), 0
    except BrokenFile as broken:
        told, code = _invalid(broken), 1
    except OSError as error:
        told, code = Words(f"{options.file}: {error.strerror}", "无法打开文件"), 2
    sys.stdout.buffer.write(f"{told.english}\n{told.chinese}\n".encode())
    return code


def _invalid(broken: BrokenFile) -> Words:
    where, why = broken.where, broken.why
    return Words(f"INVALID: {where}: {why.english}", f"无效：{where}：{why.chinese}")


if __name__ == "__main__":
    sys.exit(main())
