"""A layout that puts widgets side by side and goes on in the next line where the room ends, in either direction."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget


class FlowLayout(QLayout):
    """Lines of widgets, each in the middle of its line's height."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8, line_height: int = 0) -> None:
        super().__init__(parent)
        self._gap = gap
        self._line = line_height
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's own name
        """Take an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's own name
        """Return an item, or None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's own name
        """Remove an item and return it."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's own name
        """Take no more room than is needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's own name
        """Say that fewer pixels across need more lines."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's own name
        """Return the height of all lines at a width."""
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's own name
        """Put every widget in its place."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Ask for the least."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's own name
        """Return the size of the broadest item, one line high."""
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        return QSize(0, max([self._line, *(size.height() for size in shown)]))

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        left, top, height = rect.left(), rect.top(), self._line
        line: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(1, rect.width()), 16_777_215))
            if line and left + size.width() > rect.left() + rect.width():
                self._set(line, rect, height, place=place)
                left, top, height, line = rect.left(), top + height, self._line, []
            line.append((item, QRect(QPoint(left, top), size)))
            left += size.width() + self._gap
            height = max(height, size.height())
        self._set(line, rect, height, place=place)
        return top + height - rect.top()

    def _set(self, line: list[tuple[QLayoutItem, QRect]], rect: QRect, height: int, *, place: bool) -> None:
        if not place:
            return
        parent = self.parentWidget()
        direction = Qt.LayoutDirection.LeftToRight if parent is None else parent.layoutDirection()
        for item, spot in line:
            spot.moveTop(spot.top() + (height - spot.height()) // 2)
            item.setGeometry(QStyle.visualRect(direction, rect, spot))
