"""Open the window at once, connect behind it, hand the desk over, and take everything down in order."""

import gc
import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from warehouse_desk.app.crash import CrashReporter, report
from warehouse_desk.common.log import set_worker
from warehouse_desk.common.messages import set_language, tr
from warehouse_desk.common.system_errors import system_reason
from warehouse_desk.domain.errors import DeskError, SignInRequired
from warehouse_desk.domain.files import upgraded
from warehouse_desk.settings.store import SettingsFile
from warehouse_desk.ui import theme
from warehouse_desk.ui.changes import ChangeBus
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.language import speak
from warehouse_desk.ui.live_controller import LiveController
from warehouse_desk.ui.messages import Messages
from warehouse_desk.ui.serving.host import ServerHost
from warehouse_desk.ui.shell.crash_dialog import CrashDialog
from warehouse_desk.ui.shell.scan_controller import ScanController
from warehouse_desk.ui.shell.session_controller import SessionController
from warehouse_desk.ui.shell.window import MainWindow
from warehouse_desk.ui.station import Station, read_station
from warehouse_desk.ui.tasks import Lane, Tasks

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who signs in; without a name the station connects as it was started."""

    user: str
    password: str


LARGE_SCALE = 1.33
_LEAST_ROOM = (1120, 650)
"""What the window needs of a screen, in logical pixels: on a small one, large letters grow only as far as it fits."""

Connect = Callable[[Credentials | None], "Desk"]
"""Opens the desk; called in a worker thread, imports the services there.

Raises:
    SignInRequired: somebody must sign in first.
    DeskError: the database cannot be used; the sentence says why.
"""


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """How the window is opened."""

    language: str = "en"
    theme: str = "system"
    """``system``, ``light`` or ``dark``."""
    large: bool = False
    """Whether letters, buttons and rows are a third larger, for gloves and distance."""
    settings_file: Path | None = None
    """Where geometry and choices of the last time are kept; the system's place when None."""
    log_lines: Callable[[], Iterable[str]] = tuple
    """The last lines of the log, for a crash report."""
    faults_file: Path | None = None
    station_file: SettingsFile | None = None
    """Where the station's own settings are kept."""
    server: ServerHost | None = None
    """What serves the desk beside the window, when somebody asks for it."""


def _monotonic_ms() -> int:
    return time.monotonic_ns() // 1_000_000


class WindowApp(QObject):
    """Owns the parts of the running window."""

    def __init__(self, options: WindowOptions, connect: Connect, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._options = options
        self._connect = connect
        self._desk: Desk | None = None
        """The last one opened, until its connections are given back."""
        self._told_of_upgrade = False
        self._has_tried_to_sign_in = False
        self.settings = _settings(options.settings_file)
        self.changes = ChangeBus(self)
        self.messages = Messages(self)
        self.tasks = Tasks(self.changes, self.messages.show_failure, self)
        self.window = MainWindow(self.tasks, self.changes, self.messages, self.settings)
        workplace = self.window.workplace
        self.station = workplace.station
        self.scan_controller = ScanController(workplace, self.window.scanner)
        self.scan_controller.codes.badge_scanned.connect(self._on_badge)
        self.scan_controller.codes.sign_out_requested.connect(self.sign_out)
        self.scan_controller.codes.print_requested.connect(self.window.label_again)
        self.window.scanner.silent.connect(self._on_silent)
        self.window.scanner.sheet_requested.connect(self.window.papers.hand_over.show_of)
        self.window.papers.hand_over.closed.connect(self.window.scanner.count)
        self.live = LiveController(workplace)
        self.live.went_away.connect(self.window.banner.show_text)
        self.live.came_back.connect(self.window.banner.hide)
        self.window.looks.show_held(options.language, options.theme, large=options.large)
        self.window.looks.chosen.connect(self._on_look)
        self.session = SessionController(workplace, lambda: self.scan_controller.filter.last_key_ms, _monotonic_ms)
        self.scan_controller.serial.read.connect(self.session.note_scan)
        management = self.window.management
        management.leave_requested.connect(self.sign_out)
        management.people.signed_in.connect(self._on_signed_in)
        management.preferences.shared_changed.connect(self.session.renew)
        management.preferences.station_settings_saved.connect(self._on_kept)
        if options.station_file is not None:
            management.preferences.file = options.station_file
        management.serving.host = options.server
        self.window.connecting.retry_requested.connect(self.connect_station)
        self.window.connecting.signed_in.connect(self._on_signed_in)
        self.window.closing.connect(self.shut)
        self.messages.failed.connect(self.show_crash)
        self.station.opened.connect(self._on_opened)

    @Slot()
    def connect_station(self) -> None:
        """Connect in the background."""
        self.window.connecting.show_waiting()
        self._try_to_connect(None)

    @Slot(str, str)
    def _on_signed_in(self, user: str, password: str) -> None:
        self._has_tried_to_sign_in = True
        self._try_to_connect(Credentials(user, password))

    def _try_to_connect(self, who: Credentials | None) -> None:
        connect = self._connect
        self.tasks.run(
            lambda: read_station(connect(who)),
            owner=self,
            done=self.station.open,
            failed=self._on_refused,
            key="connect",
        )

    @Slot(object)
    def _on_opened(self, station: Station) -> None:
        self._desk = station.desk
        set_worker(station.caller.station_name, station.caller.user_name)
        self._tell_of_upgrade(station.desk.upgrade_copy)
        # What the start made stays until the end: looking through its 100,000 objects for garbage again and again would
        # stop every thread for 50 ms each time.
        gc.freeze()

    def _tell_of_upgrade(self, copy: str) -> None:
        if copy and not self._told_of_upgrade:
            self._told_of_upgrade = True
            self.messages.tell(str(upgraded(copy)))

    @Slot(str)
    def _on_badge(self, code: str) -> None:
        """Sign in the worker whose badge was scanned while nobody worked here."""
        self._on_signed_in(code, "")

    @Slot()
    def sign_out(self) -> None:
        """Let the next worker sign in."""
        if not self.session.is_needed:
            nobody = tr("This database has no users: nobody has to sign in.")
            self.window.scanner.inform(tr("NOT NEEDED"), nobody)
        self.session.leave()

    def _on_refused(self, error: Exception) -> None:
        self.session.end("")  # also where somebody worked a moment ago: nobody goes on unnoticed as who they were
        if isinstance(error, SignInRequired):
            self.window.bar.show_nobody()
            self.window.connecting.ask_sign_in(str(error) if self._has_tried_to_sign_in else "")
        elif isinstance(error, DeskError):
            self.window.connecting.show_failure(str(error))
        else:
            self.window.connecting.show_failure(str(error) or type(error).__name__)
            self.messages.show_failure(error)

    @Slot(object)
    def show_crash(self, error: BaseException) -> None:
        """Show a report; the program goes on."""
        CrashDialog(report(error, self._options.log_lines()), self.window).show()

    @Slot()
    def shut(self) -> None:
        """Take down in order: hear no other station, take no new work, end what runs, give connections back."""
        self.window.management.serving.close()
        self.session.stop()
        self.live.stop()
        self.scan_controller.serial.close()
        self.window.scanner.shut()
        self.tasks.shut()
        if self._desk is not None:
            self._desk.close()
            self._desk = None
        self.settings.sync()

    @Slot()
    def _on_silent(self) -> None:
        self.messages.tell(tr("This station has no sound. Answers are still shown in large letters."))

    @Slot(str, object)
    def _on_look(self, name: str, value: str | bool) -> None:
        self._dress({name: value})
        file = self._options.station_file
        if file is not None:
            self.tasks.run(lambda: file.change(**{name: value}), owner=self, failed=self._on_not_kept, lane=Lane.WRITE)

    @Slot(object)
    def _on_kept(self, changes: Mapping[str, str | bool]) -> None:
        """Follow what was chosen in the window of settings."""
        self.window.looks.note(changes)
        self._dress(changes)

    def _dress(self, changes: Mapping[str, str | bool]) -> None:
        app = QApplication.instance()
        if "theme" in changes and isinstance(app, QApplication):
            theme.choose_scheme(app, str(changes["theme"]))
            self.window.retint()

    def _on_not_kept(self, error: Exception) -> None:
        if not isinstance(error, OSError):
            raise error
        reason = system_reason(error)
        self.messages.tell(tr("This choice could not be saved ({reason}) and ends with the program.", reason=reason))

    @Slot()
    def on_scheme_changed(self) -> None:
        """Dress anew in the system's scheme."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply_theme(app)
            self.window.retint()


def _settings(file: Path | None) -> QSettings:
    if file is not None:
        return QSettings(str(file), QSettings.Format.IniFormat)
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "warehouse-desk", "window")


def large_scale(width: int, height: int) -> float:
    """Return how much larger everything is on a screen of that many logical pixels."""
    return max(1.0, min(LARGE_SCALE, width / _LEAST_ROOM[0], height / _LEAST_ROOM[1]))


def _large_scale() -> float:
    """Ask an application that only looks at the screen: the real one must know its scale before it is made."""
    looker = QGuiApplication(["warehouse-desk"])
    size = looker.primaryScreen().availableGeometry().size()
    looker.shutdown()
    return large_scale(size.width(), size.height())


def open_window(options: WindowOptions, connect: Connect) -> int:
    """Run the window until it is closed; return the process's exit status."""
    set_language(options.language)
    if options.large and QApplication.instance() is None:
        # Qt reads its scale once, when the application is made; what looks at the screen takes all QObjects with it.
        os.environ.setdefault("QT_SCALE_FACTOR", f"{_large_scale():.2f}")
    reporter = CrashReporter(options.faults_file)
    reporter.install()
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["warehouse-desk"])
    app.setApplicationName("warehouse-desk")
    app.setDesktopFileName("warehouse-desk")
    speak(app)
    theme.set_up(app, options.theme)
    app.setWindowIcon(icon("pack", theme.tokens().accent))
    desk = WindowApp(options, connect)
    app.styleHints().colorSchemeChanged.connect(desk.on_scheme_changed)
    reporter.crashed.connect(desk.show_crash)
    desk.window.show_as_left()
    # After the first picture: the window is there before anything is imported for the database.
    QTimer.singleShot(0, desk, desk.connect_station)
    status = app.exec()
    reporter.remove()
    return status
