"""Writing a case file: a ZIP of which every byte follows from its manifest and its members.

Its form is fixed by the verifier that travels inside (`verify/verify_case_file.py`), from which the
headers below come: stored, not compressed; fixed times; no extra fields; the manifest first.
"""

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.utils.translation import gettext as _

from common.errors import RedressError
from evidence.chain import Chain, Fact
from evidence.models import Damaged, LedgerEntry, SealedFile
from evidence.selectors import Erased, hashed, payloads, salts
from evidence.verify import verify_case_file as form

VERIFIER: Final = Path(form.__file__)
README: Final = VERIFIER.parent / "README.txt"
LIMIT: Final = 2**32 - 2**24  # plain ZIP counts to 4 GiB; the margin is for headers
PIECE: Final = 1 << 20


class CaseFileTooLarge(RedressError):
    """The files of one case are more than one ZIP can hold."""

    code = "case-file-too-large"


@dataclass(frozen=True)
class Member:
    """One file of the case file. `name` is ASCII letters, digits, dot, hyphen, underscore, slash.

    `role` is `exhibit` for what others handed in or what was fetched (the ledger must know its
    hash), else `report`, `text` or another word of the reader's. `about` goes into the manifest as
    it is: original name, source, capture time, derivation.
    """

    name: str
    content: bytes | SealedFile
    media_type: str
    role: str
    about: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """The hash of the content, in hex."""
        if isinstance(self.content, SealedFile):
            return self.content.sha256
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.content.size if isinstance(self.content, SealedFile) else len(self.content)

    def line(self) -> dict[str, Fact]:
        """Its line in the manifest."""
        told: dict[str, Fact] = {"name": self.name, "size": self.size, "sha256": self.sha256}
        return {**self.about, **told, "media_type": self.media_type, "role": self.role}


def exhibit(folder: str, number: int, sealed: SealedFile, **about: Fact) -> Member:
    """A sealed file as an exhibit, `folder/0007.png`: the original name stands in the manifest."""
    dot = f".{ending}" if (ending := _ending(sealed.name)) else ""
    told: dict[str, Fact] = {"original_name": sealed.name, "file": str(sealed.id), **about}
    return Member(f"{folder}/{number:04d}{dot}", sealed, sealed.media_type, "exhibit", told)


def _ending(name: str) -> str:
    ending = Path(name).suffix[1:].lower()
    return ending if ending.isascii() and ending.isalnum() and len(ending) < 9 else ""


@dataclass(frozen=True)
class Meta:
    """What the manifest says of the whole.

    `about` holds reference, time of export, pack versions and the like. `withheld` maps the SHA-256
    of a sealed file that is left out to the reason; `withheld_payloads` does so for sequences.
    """

    chain: Chain
    about: Mapping[str, Fact] = field(default_factory=dict)
    withheld: Mapping[str, str] = field(default_factory=dict)
    withheld_payloads: Mapping[int, str] = field(default_factory=dict)


def write_bundle(
    target: BinaryIO, members: Iterable[Member], entries: Iterable[LedgerEntry], meta: Meta
) -> str:
    """Stream the case file into a seekable target; the manifest's SHA-256 in hex.

    The verifier, its instructions, `ledger.json` and the payloads are added. The same input gives the same bytes.
    Raises Damaged when a stored file no longer matches its hash, CaseFileTooLarge, and ValueError
    for a name that is unfit or there twice or an empty chain.
    """
    chain = list(entries)
    if not chain:
        raise ValueError("A case file needs the entries of its chain.")
    whole = [*_own(), *_ledger(chain, meta), *members]
    manifest = json.dumps(_manifest(whole, chain[-1], meta), ensure_ascii=False, indent=1)
    raw = manifest.encode()
    digest = hashlib.sha256(raw).hexdigest()
    seal = f"{digest}  manifest.json\n".encode()
    first = [Member("manifest.sha256", seal, "", ""), Member("manifest.json", raw, "", "")]
    _check(whole)
    _write(target, [*first, *whole])
    return digest


def _own() -> list[Member]:
    return [
        Member("README.txt", README.read_bytes(), "text/plain", "verifier"),
        Member(VERIFIER.name, VERIFIER.read_bytes(), "text/x-python", "verifier"),
    ]


def _ledger(chain: Sequence[LedgerEntry], meta: Meta) -> list[Member]:
    """`ledger.json`, and one member for each payload that still exists and is not withheld."""
    bodies, salt_of = payloads(chain), salts(chain)
    told: dict[str, object] = {}
    members = []
    for entry in (one for one in chain if one.payload_sha256):
        body = bodies[entry.id]
        if reason := meta.withheld_payloads.get(entry.sequence):
            told[str(entry.sequence)] = {"withheld": reason}
        elif isinstance(body, Erased):
            erased = {"erased_at": body.at.isoformat(), "erased_under": body.under}
            told[str(entry.sequence)] = erased
        else:
            name = f"ledger/{entry.sequence:06d}.payload"
            told[str(entry.sequence)] = {"member": name, "salt": salt_of[entry.id].hex()}
            members.append(Member(name, body, "application/octet-stream", "payload"))
    whole = {"entries": [hashed(entry) for entry in chain], "payloads": told}
    raw = json.dumps(whole, ensure_ascii=False, indent=1).encode()
    return [Member("ledger.json", raw, "application/json", "ledger"), *members]


def _manifest(whole: Sequence[Member], last: LedgerEntry, meta: Meta) -> dict[str, Any]:
    chain = {"kind": meta.chain.kind, "id": str(meta.chain.id)}
    return {
        "format": form.FORMAT,
        **meta.about,
        "chain": {**chain, "entries": last.sequence, "head": last.hash},
        "files": [member.line() for member in whole],
        "withheld": [{"sha256": sha, "why": why} for sha, why in sorted(meta.withheld.items())],
    }


def _check(whole: Sequence[Member]) -> None:
    seen = Counter(member.name.lower() for member in whole)
    for name, times in seen.items():
        if times > 1 or not form.NAME.fullmatch(name):
            raise ValueError(f"Not fit as a name in a case file, or there twice: {name}")
    if sum(member.size for member in whole) > LIMIT or len(whole) > 65_000:
        raise CaseFileTooLarge(_("This case holds more than 4 GB. Export its files one by one."))


def _write(target: BinaryIO, members: Sequence[Member]) -> None:
    index = []
    for member in members:
        start = target.tell()
        target.write(form.member_header(member.name, member.size, 0))
        checksum = _copy(member, target)
        end = target.tell()
        target.seek(start)
        target.write(form.member_header(member.name, member.size, checksum))
        target.seek(end)
        index.append(form.index_record(member.name, member.size, checksum, start))
    offset = target.tell()
    target.write(b"".join(index))
    target.write(form.end_record(len(index), sum(map(len, index)), offset))


def _copy(member: Member, target: BinaryIO) -> int:
    """Copy the content; its CRC. Raises Damaged unless hash and size are those promised."""
    if isinstance(member.content, bytes):
        target.write(member.content)
        return zlib.crc32(member.content)
    digest, checksum, size = hashlib.sha256(), 0, 0
    with member.content.open() as source:
        while piece := source.read(PIECE):
            digest.update(piece)
            checksum = zlib.crc32(piece, checksum)
            size += target.write(piece)
    if (digest.hexdigest(), size) != (member.content.sha256, member.content.size):
        raise Damaged(member.content.sha256)
    return checksum
