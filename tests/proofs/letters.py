"""`script/proof letters DIR`: real notices go through the whole house, and nothing is lost.

DIR lies outside the repository and holds one letter a file: twenty of them, one with more than 1,000
addresses and three in Chinese among them. Each is filed through the API as a staff entry: the original
bytes as an exhibit, every address an item, and one item that the sandbox knows, so that measures run too.
"""

import hashlib
import io
import json
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from launch.environment import Environment
from launch.house import House
from launch.ports import Ports
from tests.proofs.record import NEEDS_ARGUMENTS, ROOT, Record, write

LETTERS = 20
MANY = 1_000
CHINESE = 3
ADDRESS = re.compile(r"https?://[^\s<>\"'`\])}|，。；、）]+", re.IGNORECASE)
HAN = re.compile(r"[\u4e00-\u9fff]")
KNOWN = ("output", "out_8Hk2")
PATIENCE = 900.0
REASONS = "The letter names the work and the place; the item that is found shows it."
REASONS_ZH = "该通知载明了作品与位置；已查到的对象呈现了该作品。"


@dataclass(frozen=True)
class Letter:
    """One real notice."""

    name: str
    content: bytes

    @property
    def text(self) -> str:
        """Its words, whatever the encoding."""
        return self.content.decode("utf-8", errors="replace")

    @property
    def addresses(self) -> list[str]:
        """Every address in it, each once, without the punctuation that clings to it."""
        found = (address.rstrip(".,;:!?*_") for address in ADDRESS.findall(self.text))
        return list(dict.fromkeys(found))

    @property
    def chinese(self) -> bool:
        """Whether much of it is written in Chinese."""
        return len(HAN.findall(self.text)) > 20


def main(arguments: list[str]) -> int:
    """Read the letters, run the house, carry each letter through it, compare, record."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("Name the folder of the letters: script/proof letters DIR")
        return NEEDS_ARGUMENTS
    letters = read(Path(arguments[0]))
    with tempfile.TemporaryDirectory(prefix="redress-letters-") as folder:
        environment = Environment(Path(folder), Ports(web=18000, guard=18010, sandbox=18020))
        with House(environment) as house:
            counts = carry(letters, Desk(house))
    ok = counts["faults"] == 0 and counts["letters"] >= LETTERS
    write(Record("letters", 0, len(letters), counts, ok))
    print(json.dumps(counts, indent=2))
    return 0 if ok else 1


def read(folder: Path) -> list[Letter]:
    """The letters of the folder. Exits when they are not what the proof is about."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    letters = [Letter(path.name, path.read_bytes()) for path in files]
    most = max((len(letter.addresses) for letter in letters), default=0)
    chinese = sum(letter.chinese for letter in letters)
    if len(letters) < LETTERS or most <= MANY or chinese < CHINESE:
        sys.exit(
            f"The folder holds {len(letters)} letters, {chinese} in Chinese, the longest with {most} "
            f"addresses; needed are {LETTERS}, {CHINESE}, and one with more than {MANY}."
        )
    return letters


class Desk:
    """What a member of staff does, over HTTP alone."""

    def __init__(self, house: House) -> None:
        told = house.services["web"].environment
        self.base = told["PUBLIC_URL"]
        self.web = httpx.Client(base_url=self.base, timeout=300, follow_redirects=True)
        self.api = httpx.Client(
            base_url=f"{self.base}/api/v1",
            timeout=300,
            headers={"Authorization": f"Bearer {_token(told)}"},
        )
        self._sign_in()

    def _sign_in(self) -> None:
        page = self.web.get("/demo/").text
        person = re.search(r'value="([0-9a-f-]{36})"[^>]*>[^<]*Tara', page, re.DOTALL)
        if person is None:
            raise RuntimeError("The demo page does not offer Tara.")
        self.press("/demo/", person=person.group(1))

    def press(self, address: str, **fields: object) -> httpx.Response:
        """Press a button of the desk."""
        token = self.web.cookies.get("csrftoken", "")
        headers = {"Referer": self.base + address}
        data = {"csrfmiddlewaretoken": token, **fields}
        answer = self.web.post(address, data=data, headers=headers)
        answer.raise_for_status()
        return answer

    def file(self, letter: Letter) -> str:
        """File the letter; its reference."""
        upload = self.api.post("/files/", files={"file": ("letter.md", letter.content)})
        upload.raise_for_status()
        items = [{"kind": "page", "locator": address} for address in letter.addresses]
        notice = {
            "language": "zh-Hans" if letter.chinese else "en",
            "filer_role": "owner",
            "filer_name": f"Letter {letter.name[:10]}",
            "work_title": f"Letter {hashlib.sha256(letter.content).hexdigest()[:12]}",
            "explanation": letter.text.replace("\x00", "")[:500_000],
            "items": [{"kind": KNOWN[0], "locator": KNOWN[1]}, *items],
            "files": [{"file": upload.json()["id"], "role": "original"}],
        }
        answer = self.api.post("/notices/", json=notice)
        answer.raise_for_status()
        return str(answer.json()["reference"])

    def case(self, reference: str) -> dict[str, Any]:
        """The case as the API tells it."""
        answer = self.api.get(f"/notices/{reference}/")
        answer.raise_for_status()
        return dict(answer.json())

    def uphold(self, reference: str) -> None:
        """Claim the case and uphold the item that was found."""
        page = self.press(f"/desk/case/{reference}/claim/").text
        found = re.search(r'name="uphold-items" value="([0-9a-f-]{36})"', page)
        if found is None:
            raise RuntimeError(f"{reference}: no item can be upheld.")
        fields = {
            "uphold-items": found.group(1),
            "uphold-families": ["content_removal", "prompt_block"],
            "uphold-terms": f"letter {reference}",
            "uphold-reasons_en": REASONS,
            "uphold-reasons_zh": REASONS_ZH,
        }
        self.press(f"/desk/case/{reference}/uphold/", **fields)

    def export(self, reference: str) -> bytes:
        """The ZIP of the case."""
        page = self.press(f"/desk/case/{reference}/export/")
        address = page.url.path
        wait(lambda: f"{address}zip/" in self.web.get(address).text, f"{reference}: export")
        return self.web.get(f"{address}zip/").content


def _token(told: dict[str, str]) -> str:
    command = [sys.executable, "-W", "ignore", "manage.py", "issue_token", "tara@demo.example", "x"]
    done = subprocess.run(
        command, cwd=ROOT, env=told, capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout.strip().splitlines()[-1]


def carry(letters: list[Letter], desk: Desk) -> dict[str, int]:
    """Every letter through every room; what was counted."""
    counts: Counter[str] = Counter(faults=0)
    references = {letter.name: desk.file(letter) for letter in letters}
    for letter in letters:
        reference = references[letter.name]
        wait(lambda ref=reference: _looked_up(desk.case(ref)), f"{reference}: look-up")
        desk.uphold(reference)
        wait(lambda ref=reference: _in_force(desk, ref), f"{reference}: measures")
    for letter in letters:
        counts += _check(letter, references[letter.name], desk)
        print(f"{references[letter.name]}  {len(letter.addresses)} addresses", flush=True)
    return {**counts, "faults": counts["faults"], "letters": len(letters)}


def _looked_up(case: dict[str, Any]) -> bool:
    known, *others = case["items"]
    return known["outcome"] == "pending" and all(o["outcome"] == "not_found" for o in others)


def _in_force(desk: Desk, reference: str) -> bool:
    page = desk.web.get(f"/desk/case/{reference}/").text
    return page.count('class="badge success">In force') >= 2


def _check(letter: Letter, reference: str, desk: Desk) -> Counter[str]:
    case = desk.case(reference)
    bundle = desk.export(reference)
    with zipfile.ZipFile(io.BytesIO(bundle)) as zipped:
        data = json.loads(zipped.read("case.json"))
        originals = [name for name in zipped.namelist() if zipped.read(name) == letter.content]
        reports = [name for name in zipped.namelist() if name.endswith(".pdf")]
        verifier = zipped.read("verify_case_file.py")
    wanted = [KNOWN[1], *letter.addresses]
    found = {
        "original kept": bool(originals),
        "items in the API": [item["locator"] for item in case["items"]] == wanted,
        "items in the case file": [item["locator"] for item in data["items"]] == wanted,
        "both reports": sum("case-file" in name for name in reports) == 2,
        "verifies": _verifies(bundle, verifier),
        "page opens": desk.web.get(f"/desk/case/{reference}/").status_code == httpx.codes.OK,
    }
    faults = [what for what, good in found.items() if not good]
    print(*(f"{reference}: not so: {what}" for what in faults), sep="\n", end="")
    return Counter(addresses=len(letter.addresses), chinese=letter.chinese, faults=len(faults))


def _verifies(bundle: bytes, verifier: bytes) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        file, script = Path(folder) / "case.zip", Path(folder) / "verify_case_file.py"
        file.write_bytes(bundle)
        script.write_bytes(verifier)
        command = [sys.executable, "-I", str(script), str(file)]
        return subprocess.run(command, capture_output=True, timeout=300).returncode == 0


def wait(until: Callable[[], bool], what: str) -> None:
    """Wait for the worker."""
    deadline = time.monotonic() + PATIENCE
    while not until():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(1)
