"""`kill -9` in the middle of an order leaves no effect or one, and the repetition makes it exactly one."""

import contextlib
import threading
import time
from collections.abc import Iterator

import pytest

from platforms.client import PlatformClient
from platforms.contract import PlatformError
from tests.sandbox.orders import removal
from tests.sandbox_process import SandboxProcess


@pytest.fixture
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    server = SandboxProcess(tmp_path_factory.mktemp("mortal"))
    server.start()
    yield server
    server.stop()
    server.browser.close()


def _order_and_kill(server: SandboxProcess, after: float) -> bool:
    """Whether the client got its answer before the kill."""
    answered = []

    def order() -> None:
        with contextlib.suppress(PlatformError):
            answered.append(PlatformClient(server.url, server.key).apply(removal("m-1"), "key-1"))

    thread = threading.Thread(target=order)
    thread.start()
    time.sleep(after)
    server.kill()
    thread.join()
    return bool(answered)


@pytest.mark.parametrize(("fault", "survived"), [("slow", 0), ("slow_after_effect", 1)])
def test_killed_before_or_after_the_effect(
    mortal: SandboxProcess, fault: str, survived: int
) -> None:
    mortal.fault(**{fault: {"seconds": 20, "times": 1}})
    assert not _order_and_kill(mortal, after=0.6)
    mortal.start()
    assert len(mortal.effects("m-1")) == survived
    client = PlatformClient(mortal.url, mortal.key)
    assert client.apply(removal("m-1"), "key-1").state == "applied"
    assert len(mortal.effects("m-1")) == 1
    assert client.artefact("out_8Hk2").state == "removed"


def test_killed_at_any_moment_it_is_none_or_one(mortal: SandboxProcess) -> None:
    for step in range(4):
        answered = _order_and_kill(mortal, after=0.002 + step * 0.006)
        mortal.start()
        found = len(mortal.effects("m-1"))
        assert found in ((1,) if answered else (0, 1))
        assert (
            PlatformClient(mortal.url, mortal.key).apply(removal("m-1"), "key-1").state == "applied"
        )
        assert len(mortal.effects("m-1")) == 1
        mortal.ask("POST", "/sandbox/reset")
