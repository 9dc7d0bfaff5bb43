"""A small station for tests on a real display: ``python -m tests.ui.wedge_station field|button|page``.

Prints one line of JSON for what happened when F10 is pressed. F8 keeps the window busy for 1.5 s.
"""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget

from warehouse_desk.ui.wedge.wedge_filter import WedgeFilter, mark_scan_page
from warehouse_desk.wedge.burstlog import Burst
from warehouse_desk.wedge.recogniser import Recogniser

TITLE = "Wedge station"
BUSY_SECONDS = 1.5
SETTLE_MS = 400


class Station(QWidget):
    """A field, a dangerous default button, a list, and shortcuts that a scan must not set off."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.seen: dict[str, Any] = {"scans": [], "asked": [], "entered": 0, "clicked": 0, "fired": []}
        self.field, self.button, self.rows = QLineEdit(), QPushButton("Supprimer la vue"), QListWidget()
        self.rows.addItems(["Amina", "Omar", "Rachid"])
        layout = QVBoxLayout(self)
        for widget in (self.field, self.button, self.rows):
            layout.addWidget(widget)
        self.field.returnPressed.connect(lambda: self.count("entered"))
        self.button.setAutoDefault(True)
        self.button.clicked.connect(lambda: self.count("clicked"))
        for keys in ("O", "1", "Ctrl+S"):
            self.on_keys(keys, partial(self.seen["fired"].append, keys))
        self.on_keys("F8", lambda: time.sleep(BUSY_SECONDS))
        self.on_keys("F10", lambda: QTimer.singleShot(SETTLE_MS, self.report))

    def on_keys(self, keys: str, do: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(do)

    def count(self, name: str) -> None:
        self.seen[name] += 1

    def report(self) -> None:
        row = self.rows.currentRow()
        sys.stdout.write(json.dumps({**self.seen, "text": self.field.text(), "row": row}) + "\n")
        QApplication.quit()


def main() -> None:
    application = QApplication([])
    station = Station()
    wedge = WedgeFilter(Recogniser())
    wedge.scanned.connect(lambda scan: station.seen["scans"].append(scan.text))
    wedge.scanned.connect(lambda scan: station.seen["asked"].append(scan.needs_confirmation))
    bursts: list[Burst] = []
    wedge.raw_burst.connect(bursts.append)
    start = sys.argv[1]
    if start == "page":
        mark_scan_page(station)
    {"field": station.field, "rows": station.rows}.get(start, station.button).setFocus()
    station.show()
    application.exec()
    sys.stderr.write("\n".join(burst.to_text() for burst in bursts))
    del wedge


if __name__ == "__main__":
    main()
