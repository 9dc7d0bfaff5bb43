"""A packing station for the window's tests: a real SQLite file, filled through the services."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.road import Road
from warehouse_desk.app.window import Connect, Credentials, WindowApp, WindowOptions
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.status import Status
from warehouse_desk.services import connect as services
from warehouse_desk.services.desk import Desk
from warehouse_desk.ui import theme
from warehouse_desk.ui.changes import ChangeBus
from warehouse_desk.ui.last_deed import LastDeed
from warehouse_desk.ui.messages import Messages
from warehouse_desk.ui.shell.window import MainWindow
from warehouse_desk.ui.station import CurrentStation
from warehouse_desk.ui.tasks import Tasks
from warehouse_desk.ui.workplace import Workplace

STATION = "Poste 1"
DAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with two products, a warehouse with stock, a company and a delivery person."""
    path = tmp_path_factory.mktemp("station") / "template.sqlite"
    desk = open_desk(f"sqlite:///{path.as_posix()}")
    for sku, name in (("TSHIRT-M", "T-shirt coton M"), ("ARGAN-50", "Huile d’argan 50 ml")):
        desk.goods.add_product(sku, name)
    warehouse = desk.directories.add(Listed.WAREHOUSE, code="CASA", name="Casablanca").id
    desk.directories.add(Listed.COMPANY, code="AMANA", name="Amana")
    desk.directories.add(Listed.PERSON, code="HAMID", name="Hamid Ouazzani")
    desk.goods.receive(warehouse, "TSHIRT-M", 10_000)
    desk.close()
    return path


def open_desk(url: str, user: str = "Samira", password: str | None = None) -> Desk:
    database = services.open_database(url, STATION)
    try:
        return Desk(services.connect(database, STATION, user, password, Source.DESK))
    except BaseException:
        database.close()
        raise


def new_order(number: int = 1, **changes: object) -> dict[str, object]:
    return {
        "full_name": f"Youssef Benali {number}",
        "phone": f"06{number:08d}",
        "city": "Casablanca",
        "address": "12 Rue Ibn Batouta",
        "is_fees_paid_by_customer": True,
        "total": 258,
        "products": [{"sku": "TSHIRT-M", "quantity": 2, "price": 129}],
        **changes,
    }


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Desk]:
    """Another hand at the same database, to prepare orders and to look at what became of them."""
    opened = open_desk(sqlite_url)
    yield opened
    opened.close()


@dataclass
class Orders:
    """Makes orders in a few words."""

    desk: Desk

    def create(self, count: int = 1) -> list[int]:
        """Create NEW orders and return their ids, oldest first."""
        ids: list[int] = []
        for start in range(0, count, 500):
            bodies = [new_order(number) for number in range(start + 1, min(start + 500, count) + 1)]
            ids += sorted(self.desk.orders.create({"orders": bodies}).changes.order_ids)
        return ids

    @property
    def today(self) -> date:
        """The station's day."""
        return self.desk.context.today()

    def act(self, action: Action, ids: list[int], **given: object) -> None:
        """Take a step that must succeed."""
        result = self.desk.orders.act(action, ids, StepOptions(date=self.today, **given))  # type: ignore[arg-type]
        assert result.all_done, [str(answer.message) for answer in result.results]

    def status(self, order_id: int) -> Status:
        """Return where an order stands."""
        return self.desk.orders.show(order_id).facts.status

    def reference(self, order_id: int) -> str:
        """Return an order's reference."""
        return self.desk.orders.show(order_id).facts.reference


@pytest.fixture
def orders(desk: Desk) -> Orders:
    """Orders in the station's database."""
    return Orders(desk)


@pytest.fixture
def staffed(orders: Orders) -> dict[str, str]:
    """Users with badges; the supervisor has a PIN."""
    desk = orders.desk
    for name, role in (("Chef", "Admin"), ("Nadia", "Supervisor"), ("Karim", "Packer")):
        desk.people.add(name, "motdepasse", role)
    desk.people.set_pin("Nadia", "482915")
    desk.settings.change({"verify_before_pack": "on"})
    return {name: desk.people.issue_badge(name) for name in ("Nadia", "Karim")}


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """The application in its style."""
    theme.set_up(qapp)
    return qapp


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """The choices of the last time: none."""
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def changes(dressed: QApplication) -> ChangeBus:
    """The bus of one window."""
    return ChangeBus(dressed)


@pytest.fixture
def failures() -> list[Exception]:
    """What no pane took care of."""
    return []


@pytest.fixture
def tasks(dressed: QApplication, changes: ChangeBus, failures: list[Exception]) -> Iterator[Tasks]:
    """The background of one window, with its real threads."""
    background = Tasks(changes, failures.append, dressed)
    yield background
    assert background.shut()
    background.deleteLater()


@pytest.fixture
def workplace(tasks: Tasks, changes: ChangeBus, settings: QSettings, qtbot: QtBot) -> Workplace:
    """What a part of the window is given, without the window; nobody works there yet."""
    window = QWidget()
    qtbot.addWidget(window)
    return Workplace(tasks, changes, Messages(window), settings, CurrentStation(window), LastDeed(window), window)


@pytest.fixture
def road(monkeypatch: pytest.MonkeyPatch) -> Road:
    way, ask = Road(), Workplace.at_desk
    monkeypatch.setattr(Workplace, "at_desk", lambda place, work, **how: way.go(ask, place, work, **how))
    return way


StartApp = Callable[..., WindowApp]


@pytest.fixture
def start_app(dressed: QApplication, qtbot: QtBot, sqlite_url: str, tmp_path: Path) -> Iterator[StartApp]:
    """Starts the window with a way to connect; by default to the station's database."""
    started: list[WindowApp] = []

    def to_database(who: Credentials | None) -> Desk:
        return open_desk(sqlite_url, who.user if who else "Samira", who.password if who else None)

    def start(connect: Connect = to_database) -> WindowApp:
        app = WindowApp(WindowOptions(settings_file=tmp_path / "window.ini"), connect, dressed)
        started.append(app)
        app.window.show()
        app.connect_station()
        return app

    yield start
    for app in started:
        app.window.close()
        app.window.deleteLater()
        app.deleteLater()


@pytest.fixture
def window(start_app: StartApp, qtbot: QtBot, orders: Orders) -> Callable[[], MainWindow]:
    """Opens the connected window, once the orders of the test are there."""

    def opened() -> MainWindow:
        app = start_app()
        shown = app.window
        qtbot.waitUntil(lambda: shown.pages.currentWidget() is not shown.connecting)
        total = sum(orders.desk.orders.counts().values())
        qtbot.waitUntil(lambda: shown.orders.model.rowCount() == total)
        return shown

    return opened


@pytest.fixture
def started(start_app: StartApp, qtbot: QtBot) -> Callable[[], WindowApp]:
    def start() -> WindowApp:
        app = start_app()
        qtbot.waitUntil(lambda: app.station.current is not None)
        return app

    return start
