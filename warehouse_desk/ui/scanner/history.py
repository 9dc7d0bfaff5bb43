"""The last readings of the station, newest first, with time, worker and result; and how many ended in which way."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.formats import time_text
from warehouse_desk.common.messages import tr
from warehouse_desk.ui.bidi import in_order
from warehouse_desk.ui.icons import icon, icon_pixmap
from warehouse_desk.ui.scanner.wording import Verdict
from warehouse_desk.ui.theme import VERDICTS, tokens
from warehouse_desk.ui.widgets.make import named, text_label

_KEPT = 50
_SHOWN = {"done": "verdict-done", "already": "verdict-already", "refused": "verdict-refused"}


class ScanHistory(QWidget):
    """A short list beside the big answer."""

    undo_requested = Signal(object)
    """The verdict whose step is to be taken back."""
    order_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = {"done": 0, "already": 0, "refused": 0}
        self.verdicts: list[Verdict] = []
        self._tally = text_label(role="muted")
        self.list = named(QListWidget(), "plain")
        self.list.setAccessibleName(tr("Last scans"))
        self.list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setIconSize(QSize(18, 18))
        self.list.itemClicked.connect(self._on_item)
        self._undo = QPushButton(icon("undo"), tr("Undo the last scan"))
        self._undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._undo.clicked.connect(self._on_undo)
        head = QHBoxLayout()
        head.addWidget(text_label(tr("Last scans"), "section"))
        head.addStretch(1)
        head.addWidget(self._tally)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self.list, 1)
        box.addWidget(self._undo)
        self._refresh()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Ask for the width of a reference, a word and a time."""
        return QSize(290, 180)

    def set_large(self, *, large: bool) -> None:
        """Write the list in letters for an arm's length and more, or as the rest of the window."""
        self.setObjectName("large" if large else "")
        self.list.style().unpolish(self.list)
        self.list.style().polish(self.list)

    def fill(self, verdicts: Sequence[Verdict]) -> None:
        """Show what the station scanned before, newest first; what came meanwhile stays on top."""
        known = {verdict.scan_id for verdict in self.verdicts}
        for verdict in verdicts:
            if verdict.scan_id not in known and len(self.verdicts) < _KEPT:
                self.verdicts.append(verdict)
                self.list.addItem(self._item(verdict))
        self._refresh()

    def add(self, verdict: Verdict) -> None:
        """Put an answer on top."""
        if verdict.level in self._counts:
            self._counts[verdict.level] += 1
        self.verdicts.insert(0, verdict)
        del self.verdicts[_KEPT:]
        self.list.insertItem(0, self._item(verdict))
        if self.list.count() > _KEPT:
            self.list.takeItem(_KEPT)
        self._refresh()

    def _item(self, verdict: Verdict) -> QListWidgetItem:
        scheme = tokens()
        colour = {"done": VERDICTS["done"][0], "refused": scheme.error}.get(verdict.level, scheme.muted)
        name = _SHOWN.get(verdict.level, "undo")
        pixmap = icon_pixmap(name, colour, 18, self.devicePixelRatioF())
        time = time_text(verdict.at, seconds=True) if verdict.at else ""
        worker = f"  {verdict.user_name}" if verdict.user_name else ""
        item = QListWidgetItem(QIcon(pixmap), f"{time}  {in_order(verdict.reference)}  {verdict.word}{worker}")
        item.setToolTip(verdict.sentence)
        item.setData(Qt.ItemDataRole.UserRole, verdict.order_id)
        if verdict.level == "info":
            _strike(item)
        return item

    def note_repeat(self, code: str) -> None:
        """Say that the scanner read a code twice at once, which is one scan."""
        self._tally.setText(tr("{code}: read twice, counted once", code=in_order(code)))

    def mark_undone(self, scan_id: str) -> None:
        """Note that what a reading did was taken back."""
        for index, verdict in enumerate(self.verdicts):
            if verdict.scan_id == scan_id:
                self.verdicts[index] = replace(verdict, level="info", undoable=False)
                _strike(self.list.item(index))
                break
        self._refresh()

    @property
    def last_order(self) -> int | None:
        """The order that was scanned last, whatever came of it."""
        return next((verdict.order_id for verdict in self.verdicts if verdict.order_id is not None), None)

    def last_undoable(self) -> Verdict | None:
        """Return the last reading, where it changed something and was not taken back."""
        for verdict in self.verdicts:
            if verdict.level == "info":
                continue
            return verdict if verdict.undoable else None
        return None

    def _refresh(self) -> None:
        done, already, refused = (self._counts[name] for name in ("done", "already", "refused"))
        self._tally.setText(
            tr(
                "{done} done · {already} repeated · {refused} refused",
                done=done,
                already=already,
                refused=refused,
            )
        )
        self._undo.setEnabled(self.last_undoable() is not None)

    @Slot()
    def _on_undo(self) -> None:
        last = self.last_undoable()
        if last is not None:
            self._undo.setEnabled(False)
            self.undo_requested.emit(last)

    @Slot(QListWidgetItem)
    def _on_item(self, item: QListWidgetItem) -> None:
        number = item.data(Qt.ItemDataRole.UserRole)
        if number is not None:
            self.order_requested.emit(int(number))


def _strike(item: QListWidgetItem) -> None:
    font = item.font()
    font.setStrikeOut(True)
    item.setFont(font)
