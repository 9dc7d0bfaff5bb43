"""Everything the window can do or show, found by typing a few letters of its name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import listed, tr
from warehouse_desk.ui.actions.catalogue import BY_ID
from warehouse_desk.ui.icons import icon_pixmap
from warehouse_desk.ui.theme import tokens
from warehouse_desk.ui.widgets.fuzzy import best
from warehouse_desk.ui.widgets.make import text_label
from warehouse_desk.ui.widgets.type_ahead import TypeAhead

_ENTRY = Qt.ItemDataRole.UserRole
_MOST = 60
_ROW, _TALL_ROW = 40, 52
_ICON = 20
_LOOK_MS = 160
"""Orders are looked for when typing has rested this long (ms)."""
_LEAST_CODE = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what it is called, what Enter does, or why it cannot be done now."""

    title: str
    icon: str
    run: Callable[[], object]
    hint: str = ""
    """What kind of thing it is, or its keys; at the trailing edge."""
    why_not: str = ""
    also: tuple[str, ...] = ()
    """Other names that somebody may type."""


class _EntryDelegate(QStyledItemDelegate):
    """Paints icon, title and hint, and the reason below where it cannot be done now."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry = index.data(_ENTRY)
        plain = QStyleOptionViewItem(option)
        plain.text = ""
        super().paint(painter, plain, QModelIndex())
        if option.state & plain.state.State_Selected:
            painter.fillRect(option.rect, QColor(tokens().accent_soft))
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        area: QRect = option.rect.adjusted(10, 0, -10, 0)
        colours = tokens()
        ink = colours.muted if entry.why_not else colours.text
        scale = painter.device().devicePixelRatioF()
        painter.save()
        left = area.right() - _ICON if mirrored else area.left()
        painter.drawPixmap(QPoint(left, area.center().y() - _ICON // 2), icon_pixmap(entry.icon, ink, _ICON, scale))
        gap = _ICON + 12
        words = area.adjusted(0, 0, -gap, 0) if mirrored else area.adjusted(gap, 0, 0, 0)
        self._paint_words(painter, entry, words, ink, mirrored=mirrored)
        painter.restore()

    @staticmethod
    def _paint_words(painter: QPainter, entry: Entry, area: QRect, ink: str, *, mirrored: bool) -> None:
        leading = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        trailing = int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        upper = area if not entry.why_not else QRect(area.left(), area.top() + 5, area.width(), area.height() // 2 - 5)
        painter.setPen(QColor(tokens().muted))
        painter.drawText(upper, trailing, entry.hint)
        space = painter.fontMetrics().horizontalAdvance(entry.hint) + 12
        room = upper.adjusted(space if mirrored else 0, 0, 0 if mirrored else -space, 0)
        painter.setPen(QColor(ink))
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(room, leading, painter.fontMetrics().elidedText(entry.title, elide, room.width()))
        if entry.why_not:
            font = QFont(painter.font())
            font.setPointSizeF(9.0)
            painter.setFont(font)
            painter.setPen(QColor(tokens().muted))
            lower = QRect(area.left(), upper.bottom(), area.width(), area.bottom() - upper.bottom() - 4)
            reason = painter.fontMetrics().elidedText(entry.why_not, elide, area.width())
            painter.drawText(lower, leading, reason)


class Palette(QDialog):
    """Opened by a key, left by Escape; the keyboard alone is enough."""

    search_requested = Signal(str)
    """Something that may be a reference or a phone number was typed."""

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = _possible_first(entries)
        self._orders: Sequence[Entry] = ()
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(str(BY_ID["program.palette"].text))
        self.resize(620, 520)
        self.search = TypeAhead(
            tr("An action, a status, a saved list, a reference or a phone number"), tr("Search results")
        )
        self.search.list.setItemDelegate(_EntryDelegate(self.search.list))
        self.search.typed.connect(self._on_typed)
        self.search.chosen.connect(self._on_taken)
        self._note = text_label("", "muted", wrap=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._on_rested)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 14, 14, 10)
        box.setSpacing(8)
        box.addWidget(self.search, 1)
        box.addWidget(self._note)
        self._show()
        self.search.setFocus()

    @property
    def typed(self) -> str:
        """What was typed."""
        return self.search.field.text().strip()

    def shown(self) -> list[Entry]:
        """Return the lines as they stand."""
        return [self.search.list.item(row).data(_ENTRY) for row in range(self.search.list.count())]

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Offer these instead: more is known by now."""
        self._entries = _possible_first(entries)
        self._show()

    def show_orders(self, typed: str, orders: Sequence[Entry]) -> None:
        """Show the orders that were found above everything else, unless something else was typed since."""
        if typed == self.typed:
            self._orders = orders
            self._show()

    @Slot()
    def _on_typed(self) -> None:
        self._orders = ()
        self._show()
        self._timer.start()

    @Slot()
    def _on_rested(self) -> None:
        code = self.typed
        if len(code) >= _LEAST_CODE and any(letter.isdecimal() for letter in code):
            self.search_requested.emit(code)

    def _show(self) -> None:
        named = ((entry, (entry.title, *entry.also)) for entry in self._entries)
        found = best(self.typed, named, _MOST) if self.typed else self._entries
        lines = [*self._orders, *found]
        self.search.show_items([self._item(entry) for entry in lines])
        if lines:
            self._note.setText(tr("Arrows choose, Enter runs it, Esc closes."))
        else:
            self._note.setText(tr("Nothing found for “{text}”.", text=self.typed))

    @staticmethod
    def _item(entry: Entry) -> QListWidgetItem:
        item = QListWidgetItem()
        item.setData(_ENTRY, entry)
        item.setSizeHint(QSize(0, _TALL_ROW if entry.why_not else _ROW))
        told = listed(part for part in (entry.title, entry.hint, entry.why_not) if part)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
        item.setToolTip(entry.why_not or entry.title)
        return item

    @Slot(object)
    def _on_taken(self, item: QListWidgetItem) -> None:
        entry: Entry = item.data(_ENTRY)
        if entry.why_not:
            self._note.setText(entry.why_not)
            return
        self.accept()
        entry.run()


def _possible_first(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: bool(entry.why_not))
