"""Nothing fails in silence: every unforeseen failure reaches the log and a report, and the program runs on."""

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler, qVersion

from warehouse_desk import __version__

_LOG = logging.getLogger(__name__)
_QT_LOG = logging.getLogger("warehouse_desk.qt")
_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_LINES = 200


class CrashReporter(QObject):
    """Catches what nothing else has caught, in any thread; ``crashed`` is delivered on the GUI thread."""

    crashed = Signal(object)
    """The exception."""

    def __init__(self, faults_file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file: IO[str] | None = None
        self._before = (sys.excepthook, threading.excepthook)
        if faults_file is not None:
            self._write_faults_to(faults_file)

    def _write_faults_to(self, faults_file: Path) -> None:
        try:
            faults_file.parent.mkdir(parents=True, exist_ok=True)
            self._file = faults_file.open("a", encoding="utf-8")
        except OSError:
            # A station whose folder cannot be written still packs; only the trace of a hard crash is lost.
            _LOG.info("no file for hard crashes: %s cannot be written", faults_file)
            return
        faulthandler.enable(self._file)

    def install(self) -> None:
        """Take the hooks of the process."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(_on_qt_message)

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(None)
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        _LOG.critical("unforeseen failure", exc_info=(kind, error, trace))
        self.crashed.emit(error)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    _QT_LOG.log(_QT_LEVELS.get(kind, logging.WARNING), "%s", text)


def report(error: BaseException, log_lines: Iterable[str]) -> str:
    """Return what a developer must know: versions, the failure, the last lines of the log."""
    versions = (
        f"Warehouse Desk {__version__} · Python {platform.python_version()} · Qt {qVersion()} · "
        f"PySide6 {pyside_version} · {platform.platform()}"
    )
    trace = "".join(traceback.format_exception(error))
    return "\n".join([versions, "", trace, "", *list(log_lines)[-_LINES:]])
