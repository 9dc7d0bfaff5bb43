"""A window of a desk in which the wedge is watched: fields, a button, a table."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QApplication,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.wedge_keys import Clock, press
from tests.wedge.scanner import Scanner
from warehouse_desk.ui.wedge.wedge_filter import (
    WedgeFilter,
)
from warehouse_desk.wedge.keys import Key
from warehouse_desk.wedge.layouts import US
from warehouse_desk.wedge.recogniser import Recogniser
from warehouse_desk.wedge.results import Scan

GARBLING_SCANNER = Scanner(US, "fr")
CODE = "ORD-00042"


@dataclass
class Desk:
    """A window with its scanner watched."""

    qtbot: QtBot
    clock: Clock
    wedge: WedgeFilter
    scanned: list[Scan]
    incomplete: list[object]
    windows: list[QWidget]

    def show(self, widget: QWidget, focus: QWidget | None = None) -> QWidget:
        window = QWidget()
        layout = QVBoxLayout(window)
        layout.addWidget(widget)
        self.qtbot.addWidget(window)
        self.windows.append(window)  # nobody else keeps it alive
        window.show()
        self.qtbot.waitExposed(window)
        window.activateWindow()
        (focus or widget).setFocus()
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is (focus or widget))
        return window

    def press(self, keys: list[Key], handled_ms: int | None = None) -> list[bool]:
        kept = press(self.clock, keys, handled_ms)
        QCoreApplication.sendPostedEvents()
        return kept

    def scan(self, code: str = CODE, at_ms: int = 5000) -> list[bool]:
        return self.press(GARBLING_SCANNER.keys(code, at_ms))

    @property
    def codes(self) -> list[str]:
        return [scan.text for scan in self.scanned]


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    clock = Clock()
    wedge = WedgeFilter(Recogniser(), platform="xcb", now_ms=clock)
    made = Desk(qtbot, clock, wedge, [], [], [])
    wedge.scanned.connect(made.scanned.append)
    wedge.incomplete.connect(made.incomplete.append)
    yield made
    wedge.deleteLater()
    QCoreApplication.sendPostedEvents()
