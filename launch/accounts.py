"""Who the embedded servers run as. PostgreSQL refuses to run as root, so root lends it `nobody`.

No folder that is not ours is ever opened up for that account: where it cannot reach the data or
the programs (a clone inside /root, which is 0700), it gets one capability instead, to read and
search folders, and nothing more.
"""

import os
import pwd
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from launch.errors import Refusal

READ_ANYWHERE = (
    "--securebits=+no_setuid_fixup",  # without it access(2), which initdb asks, ignores the capability
    "--inh-caps=-all,+dac_read_search",
    "--ambient-caps=-all,+dac_read_search",
)
PROBE = 'cd "$1" && shift && for program; do "$program" --version >/dev/null || exit 1; done'


@dataclass(frozen=True)
class Account:
    """A user id, a group id, and the `setpriv` options that turn a command into theirs."""

    uid: int
    gid: int
    switch: tuple[str, ...] = ()

    def command(self, command: Sequence[str], on_orphaned: signal.Signals) -> list[str]:
        """The command as this account, told by the kernel when the launcher dies.

        `setpriv` sets the death signal after it has changed ids: the change would clear it.
        """
        death = on_orphaned.name.removeprefix("SIG")
        return ["setpriv", *self.switch, "--pdeathsig", death, "--", *command]

    def own(self, folder: Path) -> Path:
        """Make `folder` a private folder (0700) of this account."""
        folder.mkdir(parents=True, exist_ok=True)
        os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)
        return folder


def server_account(data: Path, programs: Sequence[Path]) -> Account:
    """The account for the embedded servers: oneself, or `nobody` when oneself is root.

    Raises Refusal when root's substitute can reach neither the data folder nor the programs.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    nobody = _nobody()
    plain = (f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups")
    for switch in (plain, plain + READ_ANYWHERE):
        if _reaches(switch, data, programs):
            return Account(nobody.pw_uid, nobody.pw_gid, switch)
    raise Refusal(
        f"As root, the embedded servers run as the user nobody, who cannot reach {data} or "
        f"{programs[0].parent}, and this machine does not grant the capability dac_read_search: "
        "run Redress as a plain user, or clone it into a folder that everybody may enter."
    )


def _nobody() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        raise Refusal(
            "As root, the embedded servers run as the user nobody, who does not exist here: "
            "run Redress as a plain user."
        ) from None


def _reaches(switch: tuple[str, ...], data: Path, programs: Sequence[Path]) -> bool:
    """Whether the account gets there. Asked in a shell: `setpriv` itself still has root's rights
    while it looks up the program it starts."""
    command = ["setpriv", *switch, "--", "/bin/sh", "-c", PROBE, "sh", str(data)]
    return not subprocess.run(
        [*command, *map(str, programs)], capture_output=True, check=False
    ).returncode
