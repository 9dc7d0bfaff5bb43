"""The live feed: a thread that tells what any station changed, and whether the database is there at all."""

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from warehouse_desk.common.clock import now_utc
from warehouse_desk.common.formats import time_text
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.change_feed import Change, Feed, in_words, open_feed
from warehouse_desk.data.engine.database import Database
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import ChangeSet

_LOG = logging.getLogger(__name__)

MOST_IDS = 1_000
"""Changed orders named one by one; beyond it everything counts as changed."""

_WITHOUT_GOODS = frozenset({Action.PACK.value, Action.DELIVER.value, Action.UPDATE.value})
"""Steps that touch no product's figures."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How the feed waits (s)."""

    poll: float = 2.0
    """How long a lost notice may keep a change hidden."""
    slice: float = 0.5
    """How long a single wait lasts: SQLite is asked, and a stop is heard, that often."""
    debounce: float = 0.15
    """How long changes are gathered before they are told."""
    first_retry: float = 0.5
    longest_retry: float = 10.0


@dataclass(frozen=True, slots=True)
class LiveState:
    """Whether the database is there, and the sentence where it is not."""

    online: bool
    since: datetime
    message: Message


class LiveFeed:
    """Tells of changes from the moment of its start; both callbacks are called in the feed's own thread.

    The change log's numbers become visible in order (they are taken under a lock that is held until the commit), so
    the last number seen is all that must be remembered, also while the database is away: nothing is missed. Coming
    back it also tells once that everything may have changed, so that readings that failed meanwhile are repeated.
    """

    def __init__(
        self,
        database: Database,
        on_changes: Callable[[ChangeSet], None],
        on_state: Callable[[LiveState], None],
        timing: Timing | None = None,
    ) -> None:
        self._database = database
        self._on_changes = on_changes
        self._on_state = on_state
        self._timing = timing or Timing()
        self._stopped = threading.Event()
        self._listening = threading.Event()
        self._seen: int | None = None
        self._online = True
        # A daemon: a server that answers nothing may hold it in a connect for 3 s, which must not keep a process alive.
        self._thread = threading.Thread(target=self._run, name="desk-live", daemon=True)

    def start(self) -> None:
        """Begin to listen, from the newest change on."""
        self._thread.start()

    def wait_until_listening(self, seconds: float) -> bool:
        """Wait until the first connection listens; tell whether it does."""
        return self._listening.wait(seconds)

    def stop(self) -> bool:
        """Tell nothing more; return whether the thread ended within a second."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(1.0)
        return not self._thread.is_alive()

    def _run(self) -> None:
        attempt = 0
        while not self._stopped.is_set():
            try:
                with in_words(self._database.place):
                    feed = open_feed(self._database)
                    try:
                        attempt = 0
                        self._listen(feed)
                    finally:
                        feed.close()
            except DeskError as error:
                self._tell_away(error)
                attempt += 1
                longest = min(self._timing.longest_retry, self._timing.first_retry * 2**attempt)
                # Full jitter: ten stations do not come back at the same moment.
                self._stopped.wait(random.uniform(self._timing.first_retry / 2, longest))  # noqa: S311 - no secret
            except Exception:  # noqa: BLE001 - logged; the feed of a window goes on whatever happens
                _LOG.exception("the live feed failed")
                self._stopped.wait(self._timing.longest_retry)

    def _listen(self, feed: Feed) -> None:
        if self._seen is None:
            self._seen = feed.newest()
        self._tell_back()
        self._listening.set()
        looked = time.monotonic()
        self._tell(feed)
        while not self._stopped.is_set():
            woken = feed.wait(self._timing.slice, self._stopped)
            if woken:
                self._stopped.wait(self._timing.debounce)
            elif time.monotonic() - looked < self._timing.poll:
                continue
            looked = time.monotonic()
            self._tell(feed)

    def _tell(self, feed: Feed) -> None:
        if self._seen is None:
            return
        newest = feed.newest()
        if newest < self._seen:  # the database was restored from an earlier copy
            self._seen = newest
            self._say(ChangeSet(products=True, everything=True))
        elif newest > self._seen:
            found = feed.since(self._seen, MOST_IDS + 1)
            self._seen = newest if len(found) > MOST_IDS else found[-1][0]
            self._say(_changes(found))

    def _say(self, changes: ChangeSet) -> None:
        if not self._stopped.is_set():
            self._on_changes(changes)

    def _tell_away(self, error: DeskError) -> None:
        if not self._online or self._stopped.is_set():
            return
        self._online = False
        _LOG.warning("the database is away: %s", error)
        now = now_utc()
        message = msg(
            "No connection to the database since {time}. Keep scanning: scans are saved on this "
            "station. Other actions wait until it is back.",
            time=time_text(now),
        )
        self._on_state(LiveState(False, now, message))

    def _tell_back(self) -> None:
        if self._online or self._stopped.is_set():
            return
        self._online = True
        _LOG.info("the database is back")
        self._on_state(LiveState(True, now_utc(), msg("The database is back.")))
        self._say(ChangeSet(products=True, everything=True))


def _changes(changes: list[Change]) -> ChangeSet:
    products = any(kind not in _WITHOUT_GOODS for _, _, kind in changes)
    if len(changes) > MOST_IDS:
        return ChangeSet(products=products, everything=True)
    return ChangeSet(frozenset(order_id for _, order_id, _ in changes), products)
