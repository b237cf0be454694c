"""Speaking to GitHub Issues (REST API 2022-11-28). No models, only HTTP.

Neither creating an issue nor commenting knows an idempotency key there, so a mark goes with each in an HTML
comment that no reader sees; before anything is repeated it is looked for.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

import httpx

from common.wire import Answer, exchange

SECONDS: Final = 10.0
ANSWER_LIMIT: Final = 5_000_000
LABEL: Final = "redress"
PER_PAGE: Final = 100
MOST_PAGES: Final = 20
REPOSITORY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}")
_LATER: Final = frozenset({408, 425, 429})


class GitHubError(Exception):
    """GitHub did not do it. `permanent`: asking again alike is of no use; `retry_after` in seconds, if it said so."""

    def __init__(self, message: str, *, permanent: bool, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.message, self.permanent, self.retry_after = message, permanent, retry_after


@dataclass(frozen=True)
class Issue:
    """An issue: its number in the repository, and its page."""

    number: int
    url: str


@dataclass(frozen=True)
class GitHub:
    """The issues of one repository. Every method raises GitHubError."""

    base: str
    repository: str
    token: str

    def create(self, mark: str, title: str, body: str) -> Issue:
        """Open an issue that carries the mark."""
        sent = {"title": title, "body": f"{body}\n\n{_hidden(mark)}", "labels": [LABEL]}
        return _issue(self._call("POST", "/issues", sent))

    def find(self, mark: str) -> Issue | None:
        """The issue that carries the mark, if there is one."""
        for row in self._pages(f"/issues?state=all&labels={LABEL}"):
            if _hidden(mark) in str(row.get("body") or ""):
                return _issue(row)
        return None

    def comment(self, number: int, mark: str, body: str) -> None:
        """Add a comment that carries the mark."""
        self._call("POST", f"/issues/{number}/comments", {"body": f"{body}\n\n{_hidden(mark)}"})

    def commented(self, number: int, mark: str) -> bool:
        """Whether a comment with the mark is there."""
        rows = self._pages(f"/issues/{number}/comments?sort=created")
        return any(_hidden(mark) in str(row.get("body") or "") for row in rows)

    def close(self, number: int, reason: str) -> None:
        """Close it, as `completed` or `not_planned`. What is closed stays so."""
        self._call("PATCH", f"/issues/{number}", {"state": "closed", "state_reason": reason})

    def reopen(self, number: int) -> None:
        """Open it again."""
        self._call("PATCH", f"/issues/{number}", {"state": "open", "state_reason": "reopened"})

    def _pages(self, path: str) -> Iterator[dict[str, Any]]:
        for page in range(1, MOST_PAGES + 1):
            rows = self._call("GET", f"{path}&per_page={PER_PAGE}&page={page}")
            if not isinstance(rows, list):
                raise GitHubError("the answer is no list", permanent=False)
            yield from (row for row in rows if isinstance(row, dict))
            if len(rows) < PER_PAGE:
                return

    def _call(self, method: str, path: str, sent: Any = None) -> Any:
        if not REPOSITORY.fullmatch(self.repository):
            raise GitHubError("GITHUB_REPOSITORY is no owner/name", permanent=True)
        headers = {
            "Accept": "application/vnd.github+json",
            "Accept-Encoding": "identity",
            "Authorization": f"Bearer {self.token}",
            "User-Agent": "Redress",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        url = f"{self.base.rstrip('/')}/repos/{quote(self.repository)}{path}"
        try:
            content = None if sent is None else json.dumps(sent).encode()
            request = httpx.Request(method, url, headers=headers, content=content)
            answer = exchange(request, seconds=SECONDS, limit=ANSWER_LIMIT)
        except (httpx.TransportError, httpx.InvalidURL, UnicodeEncodeError) as error:
            raise GitHubError(f"not reached: {type(error).__name__}", permanent=False) from error
        return _read(answer)


def _hidden(mark: str) -> str:
    return f"<!-- redress:{mark} -->"


def _issue(row: Any) -> Issue:
    number = row.get("number") if isinstance(row, dict) else None
    if not isinstance(number, int):
        raise GitHubError("the answer names no issue", permanent=False)
    url = str(row.get("html_url") or "")
    return Issue(number, url if url.startswith(("https://", "http://")) else "")


def _read(answer: Answer) -> Any:
    if not 200 <= answer.status < 300:
        raise _refusal(answer)
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise GitHubError("the answer is no JSON", permanent=False) from error


def _refusal(answer: Answer) -> GitHubError:
    """403 is also GitHub's word for "too fast": then it says when to come back."""
    status, wait = answer.status, _seconds(answer)
    slow = (
        status in _LATER or status >= 500 or (status == httpx.codes.FORBIDDEN and wait is not None)
    )
    return GitHubError(f"{status} {_said(answer)}"[:300], permanent=not slow, retry_after=wait)


def _seconds(answer: Answer) -> int | None:
    """`retry-after`; where the hour's ration is used up, an hour at most."""
    told = answer.headers.get("retry-after", "")
    if told.isascii() and told.isdigit():
        return min(int(told), 3600)
    return 3600 if answer.headers.get("x-ratelimit-remaining") == "0" else None


def _said(answer: Answer) -> str:
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError):
        return ""
    return str(body.get("message") or "") if isinstance(body, dict) else ""
