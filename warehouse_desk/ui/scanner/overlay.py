"""The answer over a dialog: a band as broad as the window, which takes neither keyboard nor mouse from the dialog.

A dialog, a second window or the sign-in page would hide the scanner's answer; a scan made meanwhile counts, so what
became of it must be seen. The band is a window of its own, owned by the dialog: a child widget would be cut off at
the edges of a small one, and a window of the desk would be blocked by a modal one.
"""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.ui.scanner.verdict import VerdictPanel
from warehouse_desk.ui.scanner.wording import Verdict
from warehouse_desk.ui.theme import tokens

_MARGIN = 16
_SHARE, _LEAST_HEIGHT = 0.26, 190
"""Share of the window's height; less could not be read from two metres."""
_BUTTON_WIDTH = 150
_STAY_MS = 5_000
_STAYING = frozenset({"refused", "pending"})
_SHOWN_FOR_ALL_WINDOWS = frozenset({"done", "already", "refused", "pending"})


class Band(QFrame):
    """One verdict over a window; errors have a button that says they were seen, for they stay until then."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("band")
        self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.panel = VerdictPanel(self, announces=False)
        self.seen = QToolButton(self)
        self.seen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.seen.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.seen.setMinimumWidth(_BUTTON_WIDTH)
        self.seen.hide()
        self.setStyleSheet(f"#band {{ background: {tokens().text}; border-radius: 12px; }}")
        box = QHBoxLayout(self)
        box.setContentsMargins(6, 6, 6, 6)
        box.setSpacing(6)
        box.addWidget(self.panel, 1)
        box.addWidget(self.seen)


class VerdictOverlay(QObject):
    """Shows what the scanner's panel says wherever the panel is hidden by something else."""

    acknowledged = Signal()
    """Somebody pressed the band: the error was seen."""

    def __init__(self, panel: VerdictPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._band: Band | None = None
        self._seen_text = ""
        self._leaving = QTimer(self, singleShot=True, interval=_STAY_MS)
        self._leaving.timeout.connect(self.hide)
        panel.verdict_shown.connect(self._on_shown)

    @property
    def band(self) -> Band | None:
        """The band while it is on the screen."""
        band = self._band
        return band if band is not None and shiboken6.isValid(band) and band.isVisible() else None

    def set_held(self, text: str) -> None:
        """Write this text on the button as long as an error waits to be acknowledged; the usual one when empty."""
        self._seen_text = text
        if self.band is not None:
            self._label(self.band)

    def _label(self, band: Band) -> None:
        band.seen.setText(self._seen_text or tr("Seen"))
        band.seen.setVisible(bool(self._seen_text) or band.panel.verdict.level == "refused")

    @Slot(object)
    def _on_shown(self, verdict: Verdict) -> None:
        self._close_menu_over_panel()
        owner = self._covering(verdict)
        if owner is None:
            self.hide()
            return
        band = self._band_over(owner)
        band.panel.verdict = verdict
        self._label(band)
        band.setGeometry(self._place(owner))
        band.show()
        band.raise_()
        band.panel.show_verdict(verdict)
        if verdict.level in _STAYING:
            self._leaving.stop()
        else:
            self._leaving.start()

    def _close_menu_over_panel(self) -> None:
        """Close an open menu or list that hides the answer: nothing was typed into it."""
        popup = QApplication.activePopupWidget()
        if popup is None or not self._panel.isVisible():
            return
        place = QRect(self._panel.mapToGlobal(QPoint()), self._panel.size())
        if place.intersects(QRect(popup.mapToGlobal(QPoint()), popup.size())):
            popup.close()

    def _covering(self, verdict: Verdict) -> QWidget | None:
        """Return the window that hides the panel, if any; mere news are shown over a modal dialog only."""
        desk = self._panel.window()
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            return dialog
        if verdict.level not in _SHOWN_FOR_ALL_WINDOWS or not desk.isVisible():
            return None
        active = QApplication.activeWindow()
        if active is not None and active is not desk and not isinstance(active, Band):
            return active
        return None if self._panel.isVisible() else desk

    def _band_over(self, owner: QWidget) -> Band:
        band = self._band
        if band is not None and shiboken6.isValid(band):
            before = band.parentWidget()
            if before is owner:
                return band
            if before is not None:
                before.removeEventFilter(self)
            band.deleteLater()
        band = Band(owner)
        band.panel.clicked.connect(self._on_seen)
        band.seen.clicked.connect(self._on_seen)
        owner.installEventFilter(self)
        self._band = band
        return band

    def _place(self, owner: QWidget) -> QRect:
        """Return the place: the foot of the desk, where the answer always is, or its head.

        The head where a dialog stands at the foot, unless the band would cover the field that is being filled in.
        """
        desk = self._panel.window()
        room = owner.screen().availableGeometry()
        if desk.isVisible():
            room = QRect(desk.mapToGlobal(QPoint()), desk.size())
        height = max(_LEAST_HEIGHT, round(room.height() * _SHARE))
        size = QSize(room.width() - 2 * _MARGIN, height)
        foot = QRect(QPoint(room.left() + _MARGIN, room.bottom() - height - _MARGIN), size)
        head = QRect(QPoint(room.left() + _MARGIN, room.top() + _MARGIN), size)
        if owner is desk or not foot.intersects(owner.frameGeometry()):
            return foot
        focus = QApplication.focusWidget() or owner
        return foot if head.intersects(QRect(focus.mapToGlobal(QPoint()), focus.size())) else head

    @Slot()
    def _on_seen(self) -> None:
        self.hide()
        self.acknowledged.emit()

    @Slot()
    def hide(self) -> None:
        """Take the band away."""
        self._leaving.stop()
        if self.band is not None:
            self.band.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Leave with the dialog: below it the panel says the same."""
        if event.type() is QEvent.Type.Hide:
            self.hide()
        return super().eventFilter(watched, event)
