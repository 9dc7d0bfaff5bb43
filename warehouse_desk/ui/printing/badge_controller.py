"""Shows the paper of a new badge and prints or saves it: the only moment at which its code exists."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication

from warehouse_desk.common.messages import tr
from warehouse_desk.ui.messages import Level
from warehouse_desk.ui.printing.paper_controller import PaperController
from warehouse_desk.ui.widgets.make import text_label
from warehouse_desk.ui.workplace import Workplace


class BadgeController(PaperController):
    """Says so where a badge is lost because its paper was neither printed nor saved."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._is_brought = False

    @Slot(str, bytes)
    def show(self, title: str, pdf: bytes) -> None:
        """Open the paper of a badge that was issued just now."""
        if self.dialog is not None:
            return
        self._is_brought = False

        def opened(_nothing: None) -> None:
            about = tr(
                "Print this card now, or save it: its code is shown only here and kept nowhere.\n\n"
                "Cut it out at the frame; it is as large as a bank card. A lost badge is revoked in the list of users."
            )
            self._open(title, text_label(about, wrap=True), QApplication.activeModalWidget())
            self._show(pdf)

        self._title = title
        if not self._begin(lambda _desk: None, opened):
            self._on_closed()

    def _on_brought(self, nothing: object) -> None:
        self._is_brought = True
        super()._on_brought(nothing)

    @Slot()
    def _on_closed(self) -> None:
        super()._on_closed()
        if not self._is_brought:
            said = tr("{title}: neither printed nor saved. Issue another one; this one is lost.", title=self._title)
            self._messages.tell(said, Level.WARNING)
