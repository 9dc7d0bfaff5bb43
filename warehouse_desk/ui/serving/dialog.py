"""The window of the server: where it answers, who asked, and what went wrong."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.formats import moment_text
from warehouse_desk.common.messages import tr
from warehouse_desk.ui.bidi import in_order
from warehouse_desk.ui.serving.host import ServerView, Visitor
from warehouse_desk.ui.widgets.make import named, text_label
from warehouse_desk.ui.widgets.plain_table import plain_table

_LAST_PORT = 65_535
_WIDTHS = (150, 170, 120, 260)


class ServingDialog(QDialog):
    """A window beside the work, not over it."""

    start_requested = Signal(int)
    """The port."""
    stop_requested = Signal()

    def __init__(self, port: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Serve this station"))
        self.resize(900, 520)
        self._view = ServerView()
        self.state = text_label(role="big", wrap=True)
        self.state.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.fault = text_label(role="fault", wrap=True)
        self._make_controls(port)
        self._make_table()
        about = tr(
            "Programs and other stations on this computer use the orders of this station, with "
            "the tokens and users that you make for them. To let other computers in, see: "
            "{command}",
            command=in_order("warehouse-desk serve --help"),
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 14)
        box.setSpacing(10)
        box.addWidget(text_label(self.windowTitle(), "title"))
        box.addWidget(text_label(about, "muted", wrap=True))
        box.addWidget(self.state)
        box.addLayout(self._controls)
        box.addWidget(self.fault)
        box.addWidget(self.table, 1)
        box.addLayout(self._foot())
        self.show_view(self._view)

    def _make_controls(self, port: int) -> None:
        self.port = QSpinBox(minimum=0, maximum=_LAST_PORT, value=port)
        self.port.setSpecialValueText(tr("any port that is free"))
        self.port.setGroupSeparatorShown(False)
        self.port.setMinimumWidth(150)
        self._port_label = QLabel(tr("&Port"))
        self._port_label.setBuddy(self.port)
        self.start = named(QPushButton(tr("&Start"), default=True), "primary")
        self.start.clicked.connect(self._on_start)
        self.stop = QPushButton(tr("S&top"), autoDefault=False)
        self.stop.clicked.connect(self._on_stop)
        self.copy = QPushButton(tr("&Copy the address"), autoDefault=False)
        self.copy.clicked.connect(self._on_copy)
        self._controls = QHBoxLayout()
        for widget in (self._port_label, self.port, self.start, self.stop, self.copy):
            self._controls.addWidget(widget)
        self._controls.addStretch(1)

    def _make_table(self) -> None:
        headings = (tr("When"), tr("Who"), tr("From"), tr("Request"), tr("Answer"))
        self.table = plain_table(tr("Who asked"), headings)
        self.table.horizontalHeader().setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, width)

    def _foot(self) -> QHBoxLayout:
        leave = QPushButton(tr("Close"), autoDefault=False)
        leave.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(text_label(tr("The station is served until the program is closed."), "muted", wrap=True), 1)
        foot.addWidget(leave)
        return foot

    def show_view(self, view: ServerView) -> None:
        """Show how the server stands."""
        changed = view.visitors != self._view.visitors
        self._view = view
        is_serving = view.is_serving
        for button in (self.stop, self.copy):
            button.setVisible(is_serving)
        for choice in (self.start, self.port, self._port_label):
            choice.setVisible(not is_serving)
        self.stop.setEnabled(True)
        self.start.setEnabled(True)
        self.state.setText(_state_text(view))
        if view.ended_by:
            self.show_fault(tr("The server ended: {reason}", reason=view.ended_by))
        elif view.last_fault is not None:
            self.show_fault(_fault_text(view.last_fault))
        if changed:
            self._fill(view.visitors)

    def show_fault(self, text: str) -> None:
        """Say what went wrong."""
        self.fault.setText(text)
        self.start.setEnabled(True)

    def _fill(self, visitors: tuple[Visitor, ...]) -> None:
        self.table.setRowCount(len(visitors))
        for row, visitor in enumerate(visitors):
            when = in_order(moment_text(visitor.moment))
            cells = (when, visitor.principal, visitor.address, in_order(visitor.what), str(visitor.status))
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, column, item)

    @Slot()
    def _on_start(self) -> None:
        self.fault.clear()
        self.start.setEnabled(False)
        self.start_requested.emit(self.port.value())

    @Slot()
    def _on_stop(self) -> None:
        self.fault.clear()
        self.stop.setEnabled(False)
        self.stop_requested.emit()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._view.url)


def _state_text(view: ServerView) -> str:
    if not view.is_serving or view.since is None:
        return tr("Stopped: no program can use this station.")
    return tr("Serving at {url} since {moment}", url=in_order(view.url), moment=in_order(moment_text(view.since)))


def _fault_text(visitor: Visitor) -> str:
    return tr(
        "Something went wrong at {what} ({moment}). The log says why, under {id}.",
        what=in_order(visitor.what),
        moment=in_order(moment_text(visitor.moment)),
        id=visitor.request_id,
    )
