"""The real sandbox, and a client whose every word is held against the contract, on both sides."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

import platforms.client
from common.wire import Answer
from platforms.client import PlatformClient
from tests.sandbox.contract_check import check_request, check_response
from tests.sandbox.fake_guard import FakeGuard
from tests.sandbox_process import SandboxProcess, sandbox, sandbox_server

__all__ = ["sandbox", "sandbox_server"]


@pytest.fixture
def client(sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch) -> PlatformClient:
    real = platforms.client.exchange

    def checked(request: httpx.Request, **limits: Any) -> Answer:
        check_request(request)
        answer = real(request, **limits)
        check_response(
            request, httpx.Response(answer.status, headers=answer.headers, content=answer.body)
        )
        return answer

    monkeypatch.setattr(platforms.client, "exchange", checked)
    return PlatformClient(sandbox.url, sandbox.key)


@pytest.fixture
def guard(sandbox: SandboxProcess) -> Iterator[FakeGuard]:
    with FakeGuard(sandbox.guard_port) as running:
        yield running
