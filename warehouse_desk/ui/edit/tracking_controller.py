"""The courier's number on one parcel, typed or scanned into a small window."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QFormLayout, QPushButton, QVBoxLayout, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.orders.order import OrderDetail
from warehouse_desk.domain.orders.tracking import MAX_TRACKING
from warehouse_desk.domain.orders.transitions import Action, action_name
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.messages import Level
from warehouse_desk.ui.tasks import Lane
from warehouse_desk.ui.wedge.reading_field import ReadingField
from warehouse_desk.ui.widgets.make import leave_or_go, named, text_label


class TrackingDialog(QDialog):
    """Opened, never executed; ``save_requested`` carries the number, nothing to take it away."""

    save_requested = Signal(str)

    def __init__(self, detail: OrderDetail, parent: QWidget) -> None:
        super().__init__(parent)
        self.order_id = detail.facts.id
        self.setModal(True)
        self.setMinimumWidth(430)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Tracking number of {reference}", reference=detail.facts.reference))
        self.number = ReadingField()
        self.number.setMaxLength(MAX_TRACKING)
        self.number.setText(detail.facts.tracking_number or "")
        self.number.setPlaceholderText(tr("Scan the courier's label, or type its number"))
        self.number.selectAll()
        self.fault = text_label(role="fault", wrap=True)
        self.save = named(QPushButton(tr("Save")), "primary")
        self.save.setDefault(True)
        self.save.clicked.connect(self._on_save)
        form = QFormLayout()
        form.addRow(tr("&Number"), self.number)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(named(text_label(self.windowTitle()), "title"))
        box.addLayout(form)
        box.addWidget(text_label(tr("Leave it empty to remove the number."), "muted", wrap=True))
        box.addWidget(self.fault)
        box.addLayout(leave_or_go(self, tr("Close"), self.save))
        self.number.setFocus()

    @Slot()
    def _on_save(self) -> None:
        self.save.setEnabled(False)
        self.save_requested.emit(self.number.text())

    def show_fault(self, sentence: str) -> None:
        """Say why nothing was noted; what was typed stays."""
        self.fault.setText(sentence)
        self.save.setEnabled(True)
        self.number.setFocus()


class TrackingController(Controller):
    """One such window at a time."""

    dialog: TrackingDialog | None = None

    def ask(self, order_id: int) -> None:
        """Ask for the number of an order."""
        if self.dialog is None:
            self._at_desk(lambda desk: desk.orders.show(order_id), done=self._open, key="track.open")

    def _open(self, detail: OrderDetail) -> None:
        if self.dialog is not None:
            return
        self.dialog = TrackingDialog(detail, self._window)
        self.dialog.save_requested.connect(self._save)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    @Slot(int)
    def _on_closed(self, _how: int) -> None:
        self.dialog = None

    @Slot(str)
    def _save(self, number: str) -> None:
        dialog = self.dialog
        if dialog is not None:
            order_id = dialog.order_id
            self._at_desk(
                lambda desk: desk.orders.track(order_id, number),
                owner=dialog,
                done=self._on_saved,
                failed=self._on_refused,
                lane=Lane.WRITE,
            )

    def _on_saved(self, result: ActionResult) -> None:
        done = result.outcome is Outcome.DONE
        self._messages.tell(str(result.message), Level.DONE if done else Level.INFO)
        if done and result.order_id is not None:
            self._workplace.last_deed.note(action_name(Action.TRACK), [result.reference], [result.order_id])
        if self.dialog is not None:
            self.dialog.accept()

    def _on_refused(self, error: Exception) -> None:
        if self.dialog is not None and isinstance(error, DeskError):
            self.dialog.show_fault(str(error))
        else:
            self._messages.show_failure(error)
