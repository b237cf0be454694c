"""Run by another Python, in which LiteLLM is installed: asks its content filter. JSON in, JSON out."""

import json
import sys
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.metadata import version
from typing import Any

_FILTER = "litellm.proxy.guardrails.guardrail_hooks.litellm_content_filter.content_filter"


def main() -> None:
    """Answer one question."""
    asked = json.load(sys.stdin)
    module = import_module(_FILTER)
    words = [{"keyword": word, "action": "BLOCK"} for word in asked["words"]]
    check = module.ContentFilterGuardrail(guardrail_name="peer", blocked_words=words)
    refused = import_module("fastapi").HTTPException
    told = [_timed(check._filter_single_text, refused, texts) for texts in asked["prompts"]]
    answer = {
        "name": f"LiteLLM {version('litellm')}",
        "microseconds": [microseconds for microseconds, _blocked in told],
        "blocked": [blocked for _microseconds, blocked in told],
    }
    sys.stdout.write(f"\n{json.dumps(answer)}\n")


def _timed(check: Callable[[str], str], refused: Any, texts: Iterable[str]) -> tuple[float, bool]:
    started = time.perf_counter()
    blocked = False
    for text in texts:
        try:
            check(text)
        except refused:
            blocked = True
    return (time.perf_counter() - started) * 1e6, blocked


if __name__ == "__main__":
    main()
