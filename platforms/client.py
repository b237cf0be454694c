"""Speaking the platform contract: read artefacts, kin and users, order and lift measures, probe. No models, only HTTP.

The address comes from the operator's configuration. What notifiers claim travels as a query parameter and is never fetched.
"""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import quote

import httpx

from common.wire import Answer, Lines, TooLarge, exchange
from platforms import answers
from platforms.contract import (
    Acknowledgement,
    ArtefactRecord,
    BlastRadius,
    Content,
    Kin,
    MeasureOrder,
    NotOffered,
    PlatformError,
    PlatformUserRecord,
    Probe,
    ProbeRun,
    TargetNotFound,
)

Record = TypeVar("Record")
JSON_LIMIT = 1_000_000
CONTENT_LIMIT = 10_000_000
LONGEST_LOCATOR = 2_000
LONGEST_ENCODED_LOCATOR = 3_900
EXTERNAL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@:-]{0,127}")
MEASURE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
TRANSIENT_STATUSES = {408, 425, 429}
# How a platform that was built before contract 1.1 answers the calls that came with it.
UNKNOWN_CALL_STATUSES = {404, 405, 501}
MOST_KIN_PAGES = 500
MOST_PROBES = 50
PROBE_SECONDS = 120.0


class _Refused(PlatformError):
    """A refusal with the status it came with."""

    status = 0


class PlatformClient:
    """One platform. Every method raises PlatformError; `permanent` says whether repeating can help."""

    _exchange: Callable[..., Answer] = staticmethod(exchange)

    def __init__(self, base_url: str, key: str, timeout: float = 10.0) -> None:
        """`timeout` is the limit in seconds of a whole exchange, from connecting to the last byte."""
        self._base = base_url.rstrip("/")
        self._key = key
        self._timeout = timeout

    @contextmanager
    def kept_alive(self) -> Iterator[None]:
        """Within, each thread keeps one connection for all its calls; they end with it."""
        lines = Lines()
        self._exchange = lines.exchange
        try:
            yield
        finally:
            self._exchange = exchange
            lines.close()

    def artefact(self, external_id: str) -> ArtefactRecord:
        """Raises TargetNotFound when the platform knows no such artefact."""
        path = f"/v1/artefacts/{_segment(external_id)}"
        return self._record(answers.artefact_record, self._call("GET", path))

    def content(self, external_id: str) -> Content:
        """The artefact's bytes, at most 10 MB, compared with the platform's digest."""
        response = self._call(
            "GET", f"/v1/artefacts/{_segment(external_id)}/content", limit=CONTENT_LIMIT
        )
        digest = hashlib.sha256(response.body).digest()
        announced = response.headers.get("content-digest", "")
        if announced != f"sha-256=:{base64.b64encode(digest).decode()}:":
            raise PlatformError("the content does not match the platform's digest", permanent=False)
        media_type = (
            response.headers.get("content-type", "application/octet-stream").split(";")[0].strip()
        )
        return Content(response.body, media_type, digest.hex())

    def kin(self, external_id: str) -> Iterator[Kin]:
        """Everything directly related to an artefact, page by page as it is read on.

        Raises TargetNotFound, NotOffered where the platform does not say, and PlatformError for kin without end.
        """
        for page in self.kin_pages(external_id):
            yield from page

    def kin_pages(self, external_id: str) -> Iterator[tuple[Kin, ...]]:
        """As `kin`, a page at a time: for who stores each before asking for the next."""
        path, cursor = f"/v1/artefacts/{_segment(external_id)}/kin", None
        seen: set[str] = set()
        while True:
            params = {"cursor": cursor} if cursor else None
            response = self._offered("GET", path, params=params)
            page, cursor = self._record(answers.kin_page, response)
            yield page
            if cursor is None:
                return
            if cursor in seen or len(seen) >= MOST_KIN_PAGES:
                raise PlatformError("the platform's list of kin has no end", permanent=True)
            seen.add(cursor)

    def preview(self, kind: str, target_type: str, target_id: str) -> BlastRadius:
        """What such a measure would touch; nothing happens there.

        Raises TargetNotFound for an unknown target, NotOffered where the platform does not say.
        """
        body = {"kind": kind, "target": {"type": target_type, "id": target_id}}
        response = self._offered("POST", "/v1/measures/preview", body=body)
        return self._record(answers.blast_radius, response)

    def probe(self, model_id: str, prompts: Sequence[Probe], key: str) -> ProbeRun:
        """Has 1 to 50 prompts tried on a model; repeat with the same key and prompts until answered.

        The whole exchange may take two minutes. Raises TargetNotFound for an unknown model, NotOffered where the
        platform cannot be probed, ValueError for none or too many prompts.
        """
        if not 1 <= len(prompts) <= MOST_PROBES:
            raise ValueError(f"a run has 1 to {MOST_PROBES} prompts")
        asked = [{"id": one.id, "prompt": one.prompt, "seed": one.seed} for one in prompts]
        body = {"model": model_id, "prompts": asked}
        response = self._offered("POST", "/v1/probes", key=key, body=body, seconds=PROBE_SECONDS)
        return self._record(lambda data: answers.probe_run(data, model_id, prompts), response)

    def resolve(self, locator: str) -> ArtefactRecord:
        """From an id, ProduceID, share link or page address to the artefact.

        Raises TargetNotFound for what the platform does not know and, unasked, for what the contract calls too long.
        """
        if not locator.strip():
            raise TargetNotFound("not found here: the address is empty")
        if len(locator) > LONGEST_LOCATOR or len(quote(locator)) > LONGEST_ENCODED_LOCATOR:
            raise TargetNotFound("not found here: the address is longer than the contract allows")
        return self._record(
            answers.artefact_record, self._call("GET", "/v1/resolve", params={"locator": locator})
        )

    def user(self, user_id: str) -> PlatformUserRecord:
        """Raises TargetNotFound when the platform knows no such user."""
        return self._record(
            answers.user_record, self._call("GET", f"/v1/users/{_segment(user_id)}")
        )

    def apply(self, order: MeasureOrder, idempotency_key: str) -> Acknowledgement:
        """Orders the measure; repeat with the same key and order until acknowledged.

        Raises TargetNotFound when the platform does not know the target.
        """
        response = self._call(
            "PUT", _measure_path(order.measure_id), body=order.body(), key=idempotency_key
        )
        return self._acknowledgement(response, order.measure_id)

    def lift(self, measure_id: str, idempotency_key: str) -> Acknowledgement:
        """Lifts the measure; repeat with the same key until acknowledged."""
        response = self._call("DELETE", _measure_path(measure_id), key=idempotency_key)
        return self._acknowledgement(response, measure_id)

    def measure(self, measure_id: str) -> Acknowledgement:
        """The measure as the platform sees it now."""
        return self._acknowledgement(self._call("GET", _measure_path(measure_id)), measure_id)

    def _offered(self, method: str, path: str, **sent: Any) -> Answer:
        """A call that contract 1.0 did not have. Raises NotOffered where the platform does not know it."""
        try:
            return self._call(method, path, **sent)
        except _Refused as error:
            if error.status in UNKNOWN_CALL_STATUSES:
                raise NotOffered("the platform does not offer this call") from error
            raise

    def _call(
        self, method: str, path: str, *, limit: int = JSON_LIMIT, key: str = "", **sent: Any
    ) -> Answer:
        headers = {
            "Authorization": f"Bearer {self._key}",
            "Accept-Encoding": "identity",
            "User-Agent": "Redress",
        }
        if key:
            headers["Idempotency-Key"] = key
        if "body" in sent:
            sent["json"] = sent.pop("body")
        seconds = max(self._timeout, sent.pop("seconds", 0.0))
        try:
            request = httpx.Request(method, self._base + path, headers=headers, **sent)
            response = self._exchange(request, seconds=seconds, limit=limit)
        except TooLarge as error:
            raise PlatformError(str(error), permanent=True) from error
        except httpx.TransportError as error:
            raise PlatformError(
                f"the platform could not be reached: {error}", permanent=False
            ) from error
        except (httpx.InvalidURL, UnicodeEncodeError) as error:
            raise PlatformError(f"the call cannot be sent: {error}", permanent=True) from error
        if response.status != httpx.codes.OK:
            raise _refusal(response)
        if "content-encoding" in response.headers:
            raise PlatformError("the platform compressed its answer unasked", permanent=True)
        return response

    def _record(self, read: Callable[[Any], Record], response: Answer) -> Record:
        try:
            return read(_json(response))
        except answers.Malformed as error:
            raise _broken(error) from error

    def _acknowledgement(self, response: Answer, measure_id: str) -> Acknowledgement:
        try:
            return answers.acknowledgement(_json(response), response.body.decode(), measure_id)
        except answers.Malformed as error:
            raise _broken(error) from error


def _segment(external_id: str) -> str:
    if not EXTERNAL_ID.fullmatch(external_id):
        raise TargetNotFound("not found here: this is no identifier of a platform")
    return quote(external_id, safe="")


def _measure_path(measure_id: str) -> str:
    if not MEASURE_ID.fullmatch(measure_id):
        raise PlatformError("the measure's name breaks the contract", permanent=True)
    return f"/v1/measures/{quote(measure_id, safe='')}"


def _json(response: Answer) -> Any:
    """Raises Malformed."""
    try:
        return json.loads(response.body)
    except (ValueError, RecursionError) as error:
        raise answers.Malformed("the answer is no JSON") from error


def _broken(error: answers.Malformed) -> PlatformError:
    """Malformed success: whether it took effect is unknown, and asking again with the same key is safe."""
    return PlatformError(f"the platform's answer breaks the contract: {error}", permanent=False)


def _refusal(response: Answer) -> PlatformError:
    """The error a status other than 200 stands for. Only the contract's own 404 counts as "not found here"."""
    status, problem = response.status, _problem(response)
    kind = str(problem.get("type", "")).rpartition("/")[2]
    said = f"{status} {problem.get('title') or ''}: {problem.get('detail') or 'no reason given'}"[
        :500
    ]
    if status == httpx.codes.NOT_FOUND and kind == "target-not-found":
        return TargetNotFound(f"not found here: {said}")
    in_progress = status == httpx.codes.CONFLICT and kind == "in-progress"
    transient = status >= 500 or status in TRANSIENT_STATUSES or in_progress
    retry_after = response.headers.get("retry-after", "")
    seconds = (
        int(retry_after)
        if retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 6
        else None
    )
    refused = _Refused(
        f"the platform refused: {said}", permanent=not transient, retry_after=seconds
    )
    refused.status = status
    return refused


def _problem(response: Answer) -> dict[str, Any]:
    if response.headers.get("content-type", "").split(";")[0].strip() != "application/problem+json":
        return {}
    try:
        document = json.loads(response.body)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}
