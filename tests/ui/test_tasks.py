"""The door to the background: order, owners, newest wins, shutting."""

import threading
from functools import partial

from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from warehouse_desk.common.messages import msg
from warehouse_desk.domain.results import ActionResult, ChangeSet, Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.changes import ChangeBus
from warehouse_desk.ui.tasks import Lane, Tasks

OVERTAKING_SECONDS = 0.5
"""How long the first write stands still: any other thread of its lane would have run in that time."""


def test_answers_arrive_on_the_gui_thread(tasks: Tasks, qtbot: QtBot, qapp: QApplication) -> None:
    seen: list[tuple[bool, bool]] = []

    def work() -> bool:
        return threading.current_thread() is threading.main_thread()

    tasks.run(work, owner=tasks, done=lambda own: seen.append((own, QThread.currentThread() is qapp.thread())))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(False, True)]


def test_a_slow_write_is_not_overtaken(tasks: Tasks, qtbot: QtBot) -> None:
    written: list[int] = []
    overtaken = threading.Event()

    def write_slowly() -> None:
        overtaken.wait(OVERTAKING_SECONDS)
        written.append(0)

    def write(number: int) -> None:
        written.append(number)
        overtaken.set()

    tasks.run(write_slowly, owner=tasks, lane=Lane.WRITE)
    for number in range(1, 50):
        tasks.run(partial(write, number), owner=tasks, lane=Lane.WRITE)
    qtbot.waitUntil(lambda: len(written) == 50)
    assert written == list(range(50))


def test_of_one_key_only_the_newest_answers(tasks: Tasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    answers: list[str] = []
    tasks.run(lambda: (gate.wait(5), "old")[1], owner=tasks, done=answers.append, key="list")
    tasks.run(lambda: "new", owner=tasks, done=answers.append, key="list")
    qtbot.waitUntil(lambda: answers == ["new"])
    gate.set()
    tasks.run(lambda: "last", owner=tasks, done=answers.append, lane=Lane.READ)
    qtbot.waitUntil(lambda: "last" in answers)
    assert "old" not in answers


def test_an_owner_that_is_gone_hears_nothing(tasks: Tasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    heard: list[object] = []
    owner = QObject()
    tasks.run(lambda: gate.wait(5), owner=owner, done=heard.append, lane=Lane.WRITE)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    gate.set()
    ended: list[bool] = []
    tasks.run(lambda: True, owner=tasks, done=ended.append, lane=Lane.WRITE)
    qtbot.waitUntil(lambda: ended == [True])
    assert heard == []


def test_a_failure_nobody_handles_reaches_the_messages(tasks: Tasks, qtbot: QtBot, failures: list[Exception]) -> None:
    tasks.run(lambda: 1 // 0, owner=tasks)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], ZeroDivisionError)


def test_what_a_scan_changed_is_told_once_to_all(tasks: Tasks, qtbot: QtBot, changes: ChangeBus) -> None:
    told: list[ChangeSet] = []
    changes.orders_changed.connect(told.append)
    result = ActionResult("ORD-00007", Outcome.DONE, Status.NEW, Status.PACKED, msg("Packed."), 7)
    tasks.run(lambda: result, owner=tasks, lane=Lane.WRITE)
    qtbot.waitUntil(lambda: bool(told))
    assert [change.order_ids for change in told] == [frozenset({7})]


def test_a_shut_door_takes_no_work(qapp: QApplication) -> None:
    door = Tasks(ChangeBus(qapp), lambda _error: None, qapp)
    ran: list[bool] = []
    assert door.shut()
    door.run(lambda: ran.append(True), owner=door)
    assert ran == []
