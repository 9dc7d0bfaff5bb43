"""The way from a part of the window to the desk and back, on which answers are held up or lost."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from warehouse_desk.common.messages import msg
from warehouse_desk.domain.errors import DatabaseUnavailable
from warehouse_desk.services.desk import Desk
from warehouse_desk.ui.workplace import Workplace

PAGES = "pages"
"""Questions without a key: pages of rows."""


@dataclass
class Road:
    """The way to the desk and back, on which answers to some questions are held up or lost."""

    held: str = ""
    lost: str = ""
    gate: threading.Event = field(default_factory=threading.Event)
    asked: list[str] = field(default_factory=list)
    arrived: list[str] = field(default_factory=list)

    def go(self, ask: Callable[..., bool], place: Workplace, work: Callable[[Desk], Any], **how: Any) -> bool:
        name, done = how.get("key") or PAGES, how.pop("done", None)
        held, lost = name == self.held, name == self.lost

        def answer(desk: Desk) -> object:
            if lost:
                raise DatabaseUnavailable(msg("away"))
            found = work(desk)
            if held:
                self.gate.wait(10)
            return found

        def arrive(found: object) -> None:
            if done is not None:
                done(found)
            self.arrived.append(name)

        self.asked.append(name)
        return ask(place, answer, done=arrive, **how)
