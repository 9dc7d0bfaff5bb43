"""Messages that pass: at the corner of the window, at most three, never taking the keyboard."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget
from shiboken6 import isValid

from warehouse_desk.common.messages import tr
from warehouse_desk.ui.icons import icon, icon_pixmap
from warehouse_desk.ui.messages import Level, Note
from warehouse_desk.ui.theme import tokens
from warehouse_desk.ui.widgets.make import named

_MOST = 3
_STAY_MS = 6_000
_MARGIN = 16
_WIDTH = 340
_LOWEST_SHARE = 4
_ICONS = {
    Level.DONE: "verdict-done",
    Level.INFO: "info",
    Level.WARNING: "verdict-already",
    Level.ERROR: "verdict-refused",
}


class Toast(QFrame):
    """One message. It stays while the pointer rests on it; an error stays until it is closed."""

    def __init__(self, note: Note, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(_WIDTH)
        colour = tokens().error if note.level is Level.ERROR else tokens().accent
        sign = QLabel()
        sign.setPixmap(icon_pixmap(_ICONS[note.level], colour, 26, self.devicePixelRatioF()))
        text = QLabel(note.text)
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        close = named(QToolButton(), "flat")
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.setIcon(icon("close"))
        close.setAccessibleName(tr("Close the message"))
        close.clicked.connect(self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 8, 10)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(note.text)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STAY_MS)
        self._timer.timeout.connect(self.leave)
        if note.level is not Level.ERROR:
            self._timer.start()

    @Slot()
    def leave(self) -> None:
        """Go away."""
        self.hide()
        self.deleteLater()

    def event(self, event: QEvent) -> bool:
        """Wait while the pointer rests here."""
        if event.type() is QEvent.Type.Enter:
            self._timer.stop()
        return super().event(event)


class Toasts(QObject):
    """Stacks messages above the bottom corner of a window."""

    def __init__(self, window: QWidget, floor: QWidget) -> None:
        """Stand above ``floor``, which no message may cover."""
        super().__init__(window)
        self._window = window
        self._floor = floor
        self._shown: list[Toast] = []
        window.installEventFilter(self)

    @Slot(object)
    def show_note(self, note: Note) -> None:
        """Show a message; the oldest leaves when there are too many."""
        toast = Toast(note, self._window)
        toast.destroyed.connect(self._place)
        toast.show()
        toast.raise_()
        self._shown.append(toast)
        while len(self._living()) > _MOST:
            self._living()[0].leave()
        self._place()

    def texts(self) -> list[str]:
        """Return what is on the screen, oldest first."""
        return [toast.accessibleName() for toast in self._living()]

    def _living(self) -> list[Toast]:
        self._shown = [toast for toast in self._shown if isValid(toast) and not toast.isHidden()]
        return self._shown

    @Slot()
    def _place(self) -> None:
        bottom = self._floor.mapTo(self._window, self._floor.rect().topLeft()).y() - _MARGIN
        if bottom < self._window.height() // _LOWEST_SHARE:
            bottom = self._window.height() - _MARGIN  # the floor fills the window: cover its edge, not its heart
        for toast in reversed(self._living()):
            toast.resize(_WIDTH, max(toast.sizeHint().height(), toast.heightForWidth(_WIDTH)))
            left = self._window.width() - toast.width() - _MARGIN
            if self._window.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                left = _MARGIN
            bottom -= toast.height()
            toast.move(left, bottom)
            bottom -= 8

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Keep to the corner when the window changes its size."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
