"""The rules of a house, copied into this process: whole once, then what changed."""

import logging
import math
import os
import threading
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from redress_client.copies import Copy
from redress_client.errors import DamagedFeed, FeedUnreachable, RedressError
from redress_client.held import Changes, Held, Moment
from redress_client.house import Answer, House
from redress_client.pages import Page, read_page
from redress_client.signatures import UNSIGNED, check_key, signer

log = logging.getLogger("redress_client")


class RuleFeed:
    """The rules of the house at `url`, asked for with `token`, an engineer's or administrator's. For many threads.

    `key` is the public key under which the house signs (`manage.py rule_lists key`). None trusts the key that is
    seen first, and a feed without a signature. `file` keeps a copy for the next start. Raises ValueError for a
    wrong address or key, and DamagedFeed for a file that holds no copy of this feed.
    """

    def __init__(
        self,
        url: str,
        token: str,
        *,
        key: str | None,
        file: str | os.PathLike[str] | None = None,
        timeout: float = 30.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        if key is not None:
            check_key(key)
        self._key = key or UNSIGNED
        self._house = House(url, token, timeout=timeout, transport=transport)
        self._copy = Copy(Path(file), self._house.address) if file is not None else None
        self._refreshing = threading.Lock()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self.held: Held | None = self._kept()

    @property
    def version(self) -> int | None:
        """The version of the newest change held, or None."""
        return self.held.version if self.held else None

    def age(self) -> float:
        """Seconds since the house was last asked and knew nothing newer; endless while nothing is held."""
        held = self.held
        return held.confirmed.age() if held else math.inf

    def refresh(self) -> bool:
        """Ask once for what is new; says whether something was. What is held changes wholly or not at all.

        Raises FeedUnreachable without an answer, Refused for a wrong token, DamagedFeed and OlderFeed for
        answers that are not taken.
        """
        with self._refreshing:
            before, now = self.held, Moment.now()
            held = self._asked(before, now)
            self.held = held
            changed = before is None or held.version != before.version
            self._keep(held, changed)
            return changed

    def follow(self, every: float = 2.0) -> Self:
        """Refresh now, and again `every` so many seconds in a thread of its own. Call it in each process.

        An unreachable house does not stop it; raises as `refresh` for all else that is wrong at the start.
        """
        try:
            self.refresh()
        except FeedUnreachable as error:
            log.warning("%s", error)
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._follow, args=(every,), name="redress-rules", daemon=True
            )
            self._thread.start()
        return self

    def forget(self) -> None:
        """Drop what is held and its file; the next refresh takes everything, whatever its version."""
        with self._refreshing:
            self.held = None
            if self._copy is not None:
                self._copy.remove()

    def close(self) -> None:
        """Stop following, and close the connections."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        self._house.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _follow(self, every: float) -> None:
        complained = ""
        while not self._ended.wait(every):
            try:
                self.refresh()
                complained = ""
            except RedressError as error:
                if str(error) != complained:  # once for each outage
                    log.warning("%s", error)
                complained = str(error)
            except Exception:
                log.exception("The rules could not be refreshed.")

    def _asked(self, held: Held | None, now: Moment) -> Held:
        """What is held after asking until the house knows no more."""
        since = held.version if held else 0
        etag = held.etag if held else ""
        answer = self._house.changes(since, etag)
        if held is not None and etag and answer.body is None:
            return replace(held, confirmed=now)
        changes, key = Changes(), self._key or (held.key if held else UNSIGNED)
        while True:
            page, key = _page(answer, since, key)
            changes.add(page)
            if not page.more:
                break
            since = page.version
            answer = self._house.changes(since)
        if held is not None and page.version == held.version:
            return replace(held, confirmed=now, key=key, etag=answer.etag)
        return replace(changes.upon(held, now), key=key)

    def _kept(self) -> Held | None:
        held = self._copy.load() if self._copy is not None else None
        if held is not None and self._key and held.key != self._key:
            raise DamagedFeed("The file holds rules that another key signed. Remove it.")
        return held

    def _keep(self, held: Held, changed: bool) -> None:
        if self._copy is None:
            return
        try:
            if changed:
                self._copy.save(held)
            self._copy.confirm(held)
        except OSError as error:
            log.warning("The copy of the rules cannot be kept: %s", error)


def _page(answer: Answer, since: int, key: str) -> tuple[Page, str]:
    """The page in an answer, and the key that signed it."""
    if answer.body is None:
        raise DamagedFeed("The house says that nothing changed, and was not asked that.")
    key = signer(answer.body, answer.signature, answer.key, key)
    return read_page(answer.body, since), key
