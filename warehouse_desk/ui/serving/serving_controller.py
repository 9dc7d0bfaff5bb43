"""Starts and stops the server beside the window, and looks at it while somebody wants to see it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot

from warehouse_desk.common.messages import nmsg, tr
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.messages import Level
from warehouse_desk.ui.serving.host import ServerHost
from warehouse_desk.ui.tasks import Lane
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.ui.serving.dialog import ServingDialog
    from warehouse_desk.ui.widgets.stay_question import StayQuestion

_LOOK_MS = 1_000


class ServingController(Controller):
    """One server, and one window of it."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.host: ServerHost | None = None
        """What serves; none until the program hands one over."""
        self.dialog: ServingDialog | None = None
        self.question: StayQuestion | None = None
        self._may_leave = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @Slot()
    def show(self) -> None:
        """Open the window."""
        if self.host is None or self._station.current is None:
            return
        if self.dialog is None:
            from warehouse_desk.ui.serving.dialog import ServingDialog  # late: seldom opened

            self.dialog = ServingDialog(self.host.port, self._window)
            self.dialog.start_requested.connect(self._start)
            self.dialog.stop_requested.connect(self._stop)
            self.dialog.finished.connect(self._on_closed)
            self._timer.start()
        self.dialog.show()
        self.dialog.raise_()
        self._look()

    @Slot(int)
    def _on_closed(self, _how: int) -> None:
        self._timer.stop()
        self.dialog = None

    @Slot()
    def _look(self) -> None:
        if self.dialog is not None and self.host is not None:
            self.dialog.show_view(self.host.view())

    @Slot(int)
    def _start(self, port: int) -> None:
        host = self.host
        if host is None:
            return

        def work(desk: "Desk") -> None:
            desk.caller.require(Ability.MANAGE_SETTINGS)
            host.start(desk, port)

        self._at_desk(work, done=lambda _: self._look(), failed=self._on_refused, lane=Lane.READ, key="serve")

    def _on_refused(self, error: Exception) -> None:
        if self.dialog is not None and isinstance(error, DeskError):
            self.dialog.show_fault(str(error))
        else:
            self._messages.show_failure(error)

    @Slot()
    def _stop(self) -> None:
        host = self.host
        if host is not None:
            self._tasks.run(host.stop, owner=self, done=lambda _: self._on_stopped(), key="serve")

    def _on_stopped(self) -> None:
        self._look()
        self._messages.tell(tr("The station is no longer served."), Level.DONE)

    def may_leave(self) -> bool:
        """Tell whether the window may close; while requests are being answered somebody is asked first."""
        flying = 0 if self.host is None else self.host.view().in_flight
        if self._may_leave or not flying:
            return True
        if self.question is None:
            from warehouse_desk.ui.widgets.stay_question import StayQuestion

            asked = nmsg(
                "The station is answering {n} request of another program. If you close now, that "
                "program must ask again.",
                "The station is answering {n} requests of other programs. If you close now, those "
                "programs must ask again.",
                flying,
            )
            self.question = StayQuestion(
                tr("Still answering"), str(asked), stay=tr("Wait"), leave=tr("Close anyway"), parent=self._window
            )
            self.question.accepted.connect(self._leave)
            self.question.finished.connect(self._on_answered)
            self.question.open()
        return False

    @Slot(int)
    def _on_answered(self, _how: int) -> None:
        self.question = None

    @Slot()
    def _leave(self) -> None:
        self._may_leave = True
        self._window.close()

    def close(self) -> None:
        """Stop serving: the window closes."""
        self._timer.stop()
        if self.host is not None:
            self.host.stop()
