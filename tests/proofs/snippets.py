"""`script/proof snippets`: the three snippets of the developers' page, run as the page shows them.

The whole house runs; the text is taken from its page. curl makes an endpoint and asks for a test event, the
receiver of each language verifies it, and again while the secret is being renewed; then requests that are not
ours must be refused. Needs `node` and `curl`, which `script/setup` does not install.
"""

import json
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import httpx

from launch.environment import Environment
from launch.house import House
from launch.ports import Ports, require_free
from tests.notifications import receiver_trials
from tests.notifications.receiver_trials import answered, known_answer, running, wrong_answers
from tests.proofs.developer import Developer, Shell, shown
from tests.proofs.record import NEEDS_ARGUMENTS, Record, write
from tests.sandbox_process import free_port

PORT: Final = 9000  # where the snippets listen
NEEDED: Final = ("sh", "curl", "node")
RECEIVERS: Final = {"python": sys.executable, "node": "node"}
PATIENCE: Final = 60.0


def main(_arguments: list[str]) -> int:
    """Run them and record it."""
    if missing := [name for name in NEEDED if shutil.which(name) is None]:
        print(f"This proof needs {', '.join(missing)} on the PATH.")
        return NEEDS_ARGUMENTS
    require_free(PORT, "PORT")
    with (
        tempfile.TemporaryDirectory(prefix="redress-snippets-") as name,
        House(Environment(Path(name), Ports.free())) as house,
    ):
        counts = tried(Developer(house, Path(name)))
    print(json.dumps(counts, indent=2))
    ok = counts["node: known answer verified"] == 1 and all(
        held(language, counts) for language in RECEIVERS
    )
    write(Record("snippets", 0, len(RECEIVERS), counts, ok))
    return 0 if ok else 1


def held(language: str, counts: Mapping[str, int]) -> bool:
    """Whether a receiver took both real events and the log shows them, and all else was answered as it must."""
    verified, wrong, log = (
        counts[f"{language}: {what}"]
        for what in ("test events verified", "wrongly answered", "lines of the log")
    )
    return verified == 2 and wrong == 0 and log >= 2


def tried(developer: Developer) -> dict[str, int]:
    """What was counted, for each language."""
    files = {
        "python": developer.copied("verify_python", "receiver.py"),
        "node": developer.copied("verify_node", "receiver.mjs"),
    }
    counts: dict[str, int] = {}
    for language, file in files.items():
        counts |= received(developer, language, file)
    counts["node: known answer verified"] = known(files["node"])
    return counts


def received(developer: Developer, language: str, file: Path) -> dict[str, int]:
    """The curl snippet step by step, and the receiver started between the first and the second."""
    _, make, test, look = re.split(
        r"^(?=# \d\.)", shown(developer.page, "endpoint_curl"), flags=re.M
    )
    shell = developer.shell()
    made = shell.type(make)
    with running([RECEIVERS[language], file], made["secret"], PORT) as receiver:
        tested(developer, shell, test)
        rotate(developer, made["endpoint"]["id"])
        tested(developer, shell, test)
        log = shell.type(look)["deliveries"]
        wrong = wrong_answers(PORT, made["secret"])
    shell.close()
    print(f"{language}: {wrong or 'every request answered as it must'}", flush=True)
    return {
        f"{language}: test events verified": sum("endpoint.tested" in one for one in receiver.said),
        f"{language}: requests tried": len(receiver_trials.trials(made["secret"])),
        f"{language}: wrongly answered": len(wrong),
        f"{language}: lines of the log": len(log),
    }


def rotate(developer: Developer, endpoint: str) -> None:
    """Renew the secret: for a day the old one signs beside the new one."""
    address = f"{developer.here}/api/v1/webhook-endpoints/{endpoint}/rotate/"
    httpx.post(address, headers=developer.headers, timeout=60).raise_for_status()


def known(file: Path) -> int:
    """Whether Node verifies the standard's own vector, with its clock stopped at that moment."""
    clock = f"data:text/javascript,Date.now = () => {receiver_trials.KNOWN_MOMENT}000"
    trial, port = known_answer(), free_port()
    command: list[str | Path] = ["node", "--import", clock, file]
    with running(command, receiver_trials.KNOWN_SECRET, port):
        return int(answered(port, trial) == trial.status)


def tested(developer: Developer, shell: Shell, test: str) -> None:
    """Type the second step, and wait until what it sent has arrived."""
    address = f"{developer.here}/api/v1/webhook-deliveries/{shell.type(test)['id']}/"
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = httpx.get(address, headers=developer.headers, timeout=60).json()
        if found["state"] == "delivered":
            return
        time.sleep(0.5)
    raise TimeoutError(f"The test event was not delivered: {found}")
