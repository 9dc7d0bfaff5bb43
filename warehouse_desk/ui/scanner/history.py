"""The last readings, newest first, and how many ended in which way."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.ui.icons import icon, icon_pixmap
from warehouse_desk.ui.scanner.wording import Verdict
from warehouse_desk.ui.theme import VERDICTS, tokens
from warehouse_desk.ui.widgets.make import named

_KEPT = 50


class ScanHistory(QWidget):
    """A short list beside the big answer."""

    undo_wanted = Signal(object)
    """The verdict whose step is to be taken back."""
    order_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = {"done": 0, "already": 0, "refused": 0}
        self._verdicts: list[Verdict] = []
        self._tally = named(QLabel(), "muted")
        self._list = named(QListWidget(), "plain")
        self._list.setAccessibleName(tr("Last scans"))
        self._list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._list.setIconSize(QSize(18, 18))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(self._on_item)
        self._undo = QPushButton(icon("undo"), tr("Undo the last scan"))
        self._undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._undo.clicked.connect(self._on_undo)
        head = QHBoxLayout()
        head.addWidget(named(QLabel(tr("Last scans")), "section"))
        head.addStretch(1)
        head.addWidget(self._tally)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self._list, 1)
        box.addWidget(self._undo)
        self._refresh()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Ask for the width of a reference, a word and a time."""
        return QSize(280, 180)

    def add(self, verdict: Verdict) -> None:
        """Put an answer on top."""
        if verdict.level in self._counts:
            self._counts[verdict.level] += 1
        self._verdicts.insert(0, verdict)
        del self._verdicts[_KEPT:]
        scheme = tokens()
        colour = {"done": VERDICTS["done"][0], "refused": scheme.error}.get(verdict.level, scheme.muted)
        pixmap = icon_pixmap(f"verdict-{verdict.level}", colour, 18, self.devicePixelRatioF())
        time = verdict.at.astimezone().strftime("%H:%M:%S") if verdict.at else ""
        item = QListWidgetItem(QIcon(pixmap), f"{time}  {verdict.reference}  {verdict.word}")
        item.setToolTip(verdict.sentence)
        item.setData(Qt.ItemDataRole.UserRole, verdict.order_id)
        self._list.insertItem(0, item)
        if self._list.count() > _KEPT:
            self._list.takeItem(_KEPT)
        self._refresh()

    def mark_undone(self, order_id: int) -> None:
        """Note that the step of an order's last reading was taken back."""
        for index, verdict in enumerate(self._verdicts):
            if verdict.order_id == order_id and verdict.undoable:
                self._verdicts[index] = Verdict(
                    "info", verdict.word, verdict.reference, verdict.sentence, verdict.at, order_id
                )
                item = self._list.item(index)
                font = item.font()
                font.setStrikeOut(True)
                item.setFont(font)
                break
        self._refresh()

    def last_undoable(self) -> Verdict | None:
        """Return the last reading that changed an order and was not taken back."""
        return next((verdict for verdict in self._verdicts if verdict.undoable), None)

    def _refresh(self) -> None:
        done, already, refused = (self._counts[name] for name in ("done", "already", "refused"))
        self._tally.setText(
            tr("{done} done · {already} already · {refused} refused", done=done, already=already, refused=refused)
        )
        last = self.last_undoable()
        self._undo.setEnabled(last is not None)
        self._undo.setText(tr("Undo {reference}", reference=last.reference) if last else tr("Undo the last scan"))

    @Slot()
    def _on_undo(self) -> None:
        last = self.last_undoable()
        if last is not None:
            self._undo.setEnabled(False)
            self.undo_wanted.emit(last)

    @Slot(QListWidgetItem)
    def _on_item(self, item: QListWidgetItem) -> None:
        number = item.data(Qt.ItemDataRole.UserRole)
        if number is not None:
            self.order_wanted.emit(int(number))
