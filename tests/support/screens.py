"""Pictures of every page, dialog and paper: ``python -m tests.support.screens FOLDER LANGUAGE [--large]``.

Whether a sentence fits, reads well and stands in the right order is judged by eye; a demo database is behind it.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QListView, QPushButton, QTableView, QWidget

from tests.documents.paper import STOCKS, pages, pdf_of
from tests.documents.parcels import ALL
from tests.documents.test_sheets import a_hand_over, cards_of, sheet_of
from warehouse_desk.app.window import WindowApp, WindowOptions
from warehouse_desk.common.messages import set_language, tr
from warehouse_desk.documents.codes import Card
from warehouse_desk.documents.slip import render_packing_slips
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.domain.scanning.commands import command_cards
from warehouse_desk.domain.status import Status
from warehouse_desk.services import connect as services
from warehouse_desk.services.demo import generate
from warehouse_desk.services.desk import Desk
from warehouse_desk.ui import theme
from warehouse_desk.ui.goods.page import GoodsPage
from warehouse_desk.ui.language import speak

SIZE = (1280, 800)
LARGE = f"{1280 / 1120:.2f}"
"""What ``--large`` makes of a screen of this size."""
PATIENCE = 6.0
"""How long a page or a dialog may take to be there (s)."""
ORDERS = 300
NO_DIALOG = ("look.", "program.quit", "session.leave", "orders.copy", "orders.refresh", "order.undo", "print.runs")


class Camera:
    """Takes the pictures, numbered in the order in which they are taken."""

    def __init__(self, folder: Path, app: QApplication) -> None:
        self.folder, self.app, self.count = folder, app, 0
        folder.mkdir(parents=True, exist_ok=True)

    def rest(self, until: Callable[[], object] = lambda: False, seconds: float = PATIENCE) -> bool:
        """Let the program work until something is so, or for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.app.processEvents()
            if until():
                return True
            time.sleep(0.01)
        return False

    def take(self, widget: QWidget, name: str) -> None:
        """Keep a picture of a page or a dialog."""
        self.rest(seconds=0.4)
        self.count += 1
        widget.grab().save(str(self.folder / f"{self.count:03d}-{name}.png"))


def dialogs() -> list[QDialog]:
    """Return the dialogs that are open, file dialogs of the system left out."""
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def take_dialogs(camera: Camera, name: str, *, seconds: float = 1.5) -> None:
    """Take what opened, and close it."""
    camera.rest(dialogs, seconds)
    for _ in range(4):
        for dialog in reversed(dialogs()):
            if not isinstance(dialog, QFileDialog):
                camera.rest(seconds=0.6)
                camera.take(dialog, name)
            dialog.reject()
            camera.rest(seconds=0.2)


def demo(folder: Path) -> tuple[str, Desk]:
    """Return a database with made-up orders, and a desk at it."""
    url = f"sqlite:///{(folder / 'demo.sqlite').as_posix()}"
    database = services.open_database(url, "pack-2")
    desk = services.sign_in_at(database, "pack-2", "Fatima", None, Source.DESK)
    generate(desk.context, ORDERS, 1)
    return url, desk


def every_screen(camera: Camera, window: Any) -> None:
    """Go through the pages and ask for every action."""
    for number in range(window.navigation.count()):
        window.navigation.setCurrentRow(number)
        camera.rest(seconds=0.8)
        camera.take(window, f"page-{number}")
        goods = window.findChild(GoodsPage)
        for tab in range(goods.tabs.count() if goods is not None and goods.isVisible() else 0):
            goods.tabs.setCurrentIndex(tab)
            camera.rest(seconds=0.6)
            choose_row(goods)
            camera.take(window, f"goods-{tab}")
            for button in goods.findChildren(QPushButton):
                asks = button.text().endswith("…") and button.text() != tr("Import…")  # which is the system's own
                if asks and button.isVisible() and button.isEnabled():
                    button.click()
                    take_dialogs(camera, f"goods-{tab}-dialog", seconds=0.8)
    window.navigation.setCurrentRow(0)
    camera.rest(seconds=0.8)
    every_action(camera, window)


def choose_row(page: QWidget) -> None:
    """Choose the first line of the list in sight."""
    for view in (*page.findChildren(QTableView), *page.findChildren(QListView)):
        model = view.model()
        if view.isVisible() and model.rowCount():
            view.selectionModel().setCurrentIndex(
                model.index(0, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )


def every_action(camera: Camera, window: Any) -> None:
    """Ask for each action of the catalogue with an order of each status selected."""
    seen: set[str] = set()
    for row in range(len(Status) + 1):
        window.navigation.setCurrentRow(row)
        camera.rest(seconds=0.6)
        choose_row(window.orders)
        camera.rest(seconds=0.3)
        camera.take(window, f"selected-{row}")
        for identifier in window.registry._actions:
            action = window.registry.action(identifier)
            if identifier in seen or not action.isEnabled() or identifier.startswith(NO_DIALOG):
                continue
            if identifier.startswith(("order.", "orders.", "print.", "people", "preferences", "program", "serving")):
                seen.add(identifier)
                action.trigger()
                take_dialogs(camera, identifier.replace(".", "-"))
    window.navigation.setCurrentRow(0)
    for mode in range(window.scanner.modes.count() if hasattr(window.scanner, "modes") else 0):
        window.scanner.modes.setCurrentIndex(mode)
        camera.take(window, f"mode-{mode}")
    window.registry.action("scan.large").trigger()
    camera.rest(seconds=0.5)
    camera.take(window, "scan-large")


def every_paper() -> Iterator[tuple[str, bytes]]:
    """Yield the papers with their names."""
    for stock in STOCKS:
        yield f"label-{stock}", pdf_of(*ALL[:2], on=stock)
    slips = BytesIO()
    render_packing_slips(ALL[:2], slips)
    yield "slip", slips.getvalue()
    yield "pickup-sheet", sheet_of(a_hand_over(12))[0]
    yield "pickup-draft", sheet_of(a_hand_over(3, closed=False))[0]
    yield (
        "action-codes",
        cards_of([Card(str(card.title), str(card.subtitle), f"XCX{card.word}") for card in command_cards()]),
    )


def papers(folder: Path) -> None:
    """Draw the papers as a printer sees them."""
    made = every_paper()
    while True:
        try:
            name, pdf = next(made)
        except StopIteration:
            return
        for number, image in enumerate(pages(pdf), 1):
            image.save(folder / f"paper-{name}-{number}.png")


def main() -> None:
    """Take all pictures in one language."""
    folder, language = Path(sys.argv[1]), sys.argv[2]
    large = "--large" in sys.argv
    if large:
        os.environ["QT_SCALE_FACTOR"] = LARGE
    set_language(language)
    app = QApplication([])
    speak(app)
    theme.set_up(app, "light")
    with tempfile.TemporaryDirectory() as place:
        url, desk = demo(Path(place))
        options = WindowOptions(language=language, theme="light", large=large, settings_file=Path(place, "window.ini"))
        program = WindowApp(
            options,
            lambda _who: services.sign_in_at(
                services.open_database(url, "pack-2"), "pack-2", "Fatima", None, Source.DESK
            ),
        )
        window = program.window
        scale = float(LARGE) if large else 1.0
        window.resize(int(SIZE[0] / scale), int(SIZE[1] / scale))
        window.show()
        camera = Camera(folder, app)
        program.connect_station()
        camera.rest(lambda: program.station.current is not None)
        camera.rest(seconds=1)
        every_screen(camera, window)
        if not large:
            papers(folder)
        window.close()
        camera.rest(seconds=1)
        desk.close()
    print(f"{camera.count} pictures in {folder}, {date.today()}")  # noqa: T201, DTZ011 - a tool for people


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)
