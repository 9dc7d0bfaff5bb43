"""Another station's steps in this window, and the banner while the database is away."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.log_guard import LogGuard
from tests.support.own_server import own_server
from tests.ui.conftest import Orders, StartApp, new_order, open_desk
from warehouse_desk.common.clock import now_utc
from warehouse_desk.common.messages import msg
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import ChangeSet
from warehouse_desk.domain.status import Status
from warehouse_desk.services.change_feed import LiveState
from warehouse_desk.ui.orders.columns import OrderColumn
from warehouse_desk.ui.orders.model import CellRole
from warehouse_desk.ui.shell.window import MainWindow


def test_another_stations_step_appears_in_its_row(
    window: Callable[[], MainWindow], orders: Orders, qtbot: QtBot
) -> None:
    ids = orders.create(3)
    shown = window()
    shown.orders.view.selectRow(0)
    assert orders.desk.orders.act(Action.PACK, [ids[0]], StepOptions(date=orders.today)).all_done
    model = shown.orders.model
    qtbot.waitUntil(lambda: model.index(2, OrderColumn.STATUS).data(CellRole.STATUS) == Status.PACKED, timeout=3_000)
    assert [row.id for row in shown.orders.selected_orders()] == [ids[2]]


def test_the_banner_comes_and_goes_by_itself(start_app: StartApp, orders: Orders, qtbot: QtBot) -> None:
    orders.create(1)
    app = start_app()
    qtbot.waitUntil(lambda: app.window.orders.model.rowCount() == 1)
    assert app.window.banner.isHidden()
    app.live._state.emit(LiveState(False, now_utc(), msg("The database is away.")))
    qtbot.waitUntil(lambda: not app.window.banner.isHidden())
    assert app.window.banner.text == "The database is away."
    app.live._state.emit(LiveState(True, now_utc(), msg("The database is back.")))
    qtbot.waitUntil(app.window.banner.isHidden)


def test_after_an_absence_every_row_is_read_again_in_its_place(
    window: Callable[[], MainWindow], orders: Orders, qtbot: QtBot
) -> None:
    orders.create(3)
    shown = window()
    shown.orders.view.selectRow(1)
    resets: list[bool] = []
    shown.orders.model.modelReset.connect(lambda: resets.append(True))
    with qtbot.waitSignal(shown.orders.model.dataChanged):
        shown.orders.model._on_orders_changed(ChangeSet(everything=True))
    assert not resets
    assert shown.orders.model.row_at(1) is not None


def test_a_click_on_a_heading_sorts_and_a_second_turns_it_round(
    window: Callable[[], MainWindow], orders: Orders, qtbot: QtBot
) -> None:
    for total in (300, 100, 200):
        orders.desk.orders.create([new_order(total=total)])
    shown = window()
    model, heading = shown.orders.model, shown.orders.view.horizontalHeader()

    def totals() -> list[int]:
        return [row.total // 100 for row in map(model.row_at, range(model.rowCount())) if row is not None]

    assert totals() == [200, 100, 300]
    heading.sectionClicked.emit(OrderColumn.TOTAL)
    qtbot.waitUntil(lambda: totals() == [100, 200, 300])
    heading.sectionClicked.emit(OrderColumn.TOTAL)
    qtbot.waitUntil(lambda: totals() == [300, 200, 100])
    heading.sectionClicked.emit(OrderColumn.PHONE)
    assert heading.sortIndicatorSection() == OrderColumn.TOTAL
    heading.sectionClicked.emit(OrderColumn.CREATED)
    qtbot.waitUntil(lambda: totals() == [200, 100, 300])
    heading.sectionClicked.emit(OrderColumn.TOTAL)
    qtbot.waitUntil(lambda: totals() == [100, 200, 300])
    heading.sectionClicked.emit(OrderColumn.REFERENCE)
    qtbot.waitUntil(lambda: totals() == [200, 100, 300])


@pytest.mark.postgres
def test_the_window_outlives_a_server_that_goes_and_comes_back(
    start_app: StartApp, tmp_path: Path, qtbot: QtBot, log_guard: LogGuard
) -> None:
    log_guard.allow("the database is away")
    with own_server(tmp_path.name) as lent:
        url = lent.server.url(lent.server.create_database())
        other = open_desk(url)
        other.goods.add_product("TSHIRT-M", "T-shirt coton M")
        ids = Orders(other).create(3)
        shown = start_app(lambda _who: open_desk(url)).window
        model = shown.orders.model
        qtbot.waitUntil(lambda: model.rowCount() == 3, timeout=20_000)
        lent.stop()
        qtbot.waitUntil(lambda: not shown.banner.isHidden(), timeout=20_000)
        assert (
            "Keep scanning: scans are saved on this station. Other actions wait until it is back." in shown.banner.text
        )
        with qtbot.waitSignal(model.failed, timeout=20_000) as said:
            shown.orders.reload()
        assert "cannot be reached" in said.args[0]
        lent.start()
        qtbot.waitUntil(shown.banner.isHidden, timeout=30_000)
        qtbot.waitUntil(
            lambda: model.row_at(0) is not None and shown.orders._stack.currentWidget() is shown.orders.view,
            timeout=20_000,
        )
        assert other.orders.act(Action.PACK, [ids[0]], StepOptions(date=other.context.today())).all_done
        qtbot.waitUntil(
            lambda: model.index(2, OrderColumn.STATUS).data(CellRole.STATUS) == Status.PACKED, timeout=5_000
        )
        other.close()
        shown.close()
