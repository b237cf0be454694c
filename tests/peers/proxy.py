"""The real LiteLLM proxy, in a Python of its own that lies outside the repository and is made on demand."""

import os
import signal
import subprocess
import tempfile
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import yaml

from tests.sandbox_process import free_port

VERSION: Final = "1.106.2"  # 1.107.0 was a compromised release: never "the newest"
PACKAGE: Final = f"litellm[proxy]=={VERSION}"
MASTER_KEY: Final = (
    "sk-4Xf9wQ2mZr7Lk1Tn8Bv3Yc6Hd5Js0Pg"  # the proxy refuses to start with a weak one
)
INSTALL_SECONDS, START_SECONDS = 1_200, 180
MODELS: Final = {
    "fake-chat": "openai/fake-chat",
    "fake-text": "text-completion-openai/fake-text",
    "fake-image": "openai/gpt-image-1",
    "fake-speech": "openai/tts-1",
    "fake-vector": "openai/text-embedding-3-small",
}


class Unavailable(RuntimeError):
    """LiteLLM's proxy could not be installed, or would not start."""


@dataclass(frozen=True)
class Settings:
    """Where the guard and the models are, and which key the guard gets."""

    guard: str
    key: str
    upstream: str
    more: dict[str, Any]

    def written(self) -> str:
        """LiteLLM's config.yaml, as docs/litellm.md gives it."""
        models = [
            {
                "model_name": name,
                "litellm_params": {
                    "model": model,
                    "api_base": self.upstream,
                    "api_key": "none",
                    "max_retries": 0,
                },
            }
            for name, model in MODELS.items()
        ]
        guardrail = {
            "guardrail": "generic_guardrail_api",
            "mode": ["pre_call", "post_call"],
            "api_base": self.guard,
            "api_key": self.key,
            "default_on": True,
            "unreachable_fallback": "fail_closed",
            "fail_on_error": True,
            "timeout": 5,
            "extra_headers": ["accept-language"],
        }
        guardrail |= self.more
        return yaml.safe_dump(
            {
                "model_list": models,
                "guardrails": [{"guardrail_name": "redress", "litellm_params": guardrail}],
                "general_settings": {"master_key": MASTER_KEY},
                "router_settings": {"num_retries": 0},
                "litellm_settings": {"telemetry": False},
            }
        )


def install(folder: Path | None = None) -> Path:
    """The folder of LiteLLM's programs; quick when it is there. Needs a package index. Raises Unavailable."""
    home = folder or Path(tempfile.gettempdir()) / f"redress-litellm-{VERSION}"
    ready = home / "installed"
    if not ready.exists():
        venv.create(home, with_pip=True, clear=True)
        command = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", PACKAGE]
        done = subprocess.run(command, check=False, timeout=INSTALL_SECONDS)
        if done.returncode:
            raise Unavailable(f"pip could not install {PACKAGE}.")
        ready.touch()
    return home / "bin"


@contextmanager
def proxy(programs: Path, settings: Settings, folder: Path) -> Iterator[httpx.Client]:
    """The proxy on a free port of the loopback, and a client of it with the master key. Raises Unavailable."""
    port, config, log = free_port(), folder / "config.yaml", folder / "litellm.log"
    config.write_text(settings.written(), encoding="utf-8")
    command = [str(programs / "litellm"), "--config", str(config)]
    command += ["--host", "127.0.0.1", "--port", str(port), "--num_workers", "1"]
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command, cwd=folder, env=_environment(folder), stdout=stream, stderr=stream
        )
    client = httpx.Client(
        base_url=f"http://127.0.0.1:{port}",
        headers={"Authorization": f"Bearer {MASTER_KEY}"},
        timeout=60,
        trust_env=False,
    )
    try:
        with client:
            _wait(client, process, log)
            yield client
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of ours, and no look at the network for prices of models."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        "NO_PROXY": "127.0.0.1,localhost",
    }


def _wait(client: httpx.Client, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            if client.get("/health/liveliness").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.5)
    last = log.read_text(errors="replace")[-2_000:]
    raise Unavailable(f"LiteLLM's proxy did not start: {last}")
