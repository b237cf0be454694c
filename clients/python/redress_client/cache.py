"""Clean answers of the last moments. What matched a rule is never kept: the guard puts it on the user's record."""

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from redress_client.decisions import Decision
from redress_client.wire import PromptCheck

_DECIDES = ("prompt", "negative_prompt", "territory")


@dataclass(frozen=True)
class Keeping:
    """How many answers are kept, and for how many seconds: the longest time in which a new rule is overlooked.
    `Keeping(0)` keeps none."""

    entries: int = 1024
    seconds: float = 2.0


class Cache:
    """The answers used least lately go first. A newer version of the rules ends all of them. For many threads.

    Prompts are not kept, only their SHA-256.
    """

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping
        self._lock = threading.Lock()
        self._newest = -1
        self._kept: OrderedDict[bytes, tuple[float, Decision]] = OrderedDict()

    def find(self, check: PromptCheck) -> Decision | None:
        """The answer to the same question, if it still counts."""
        key = _key(check)
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            since, decision = found
            stale = time.monotonic() - since > self._keeping.seconds
            if stale or decision.rule_set_version != self._newest:
                del self._kept[key]
                return None
            self._kept.move_to_end(key)
        return replace(decision, source="cache")

    def learn(self, check: PromptCheck, decision: Decision, asked: float) -> None:
        """Take note of an answer of the guard to what was asked at `asked` (monotonic seconds)."""
        version = decision.rule_set_version
        if version is None or self._keeping.entries < 1:
            return
        with self._lock:
            self._newest = max(self._newest, version)
            if version < self._newest or not decision.allowed or decision.rule is not None:
                return
            self._kept[_key(check)] = (asked, decision)
            self._kept.move_to_end(_key(check))
            if len(self._kept) > self._keeping.entries:
                self._kept.popitem(last=False)


def _key(check: Mapping[str, object]) -> bytes:
    """Only what may change a decision: neither the user nor the language does."""
    digest = hashlib.sha256()
    for name in _DECIDES:
        said = check.get(name)
        written = b"" if said is None else str(said).encode("utf-8", "surrogatepass")
        digest.update(b"%d %d " % (said is None, len(written)) + written)
    return digest.digest()
