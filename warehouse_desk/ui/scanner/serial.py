"""A scanner on a serial port (USB-COM mode): no keyboard, so no layout, no focus and no Caps Lock to mind.

Optional: needs pyserial, which is loaded only when a port is chosen.
"""

import logging
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from types import ModuleType

_LOG = logging.getLogger(__name__)

BAUD_RATE = 9_600
"""What scanners are set to when they leave the factory; a USB-COM device ignores it."""
READ_SECONDS = 0.2
RETRY_SECONDS = 3.0
_LONGEST = 512
_ENDS = b"\r\n\t\x03"


def pyserial() -> "ModuleType | None":
    """Return pyserial, or None where it is not installed."""
    try:
        import serial
        import serial.tools.list_ports
    except ImportError:
        return None
    return serial  # type: ignore[no-any-return]


def ports() -> list[tuple[str, str]]:
    """Return device and description of each serial port of this computer."""
    library = pyserial()
    if library is None:
        return []
    return [(port.device, port.description) for port in library.tools.list_ports.comports()]


class LineReader:
    """Cuts the bytes of a port into codes: at CR, LF, Tab or ETX, or at a silence."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> Iterator[str]:
        """Take bytes as they come and give each whole code."""
        if not data:
            yield from self._cut()
        for byte in data:
            if byte in _ENDS:
                yield from self._cut()
            elif len(self._bytes) < _LONGEST:
                self._bytes.append(byte)

    def _cut(self) -> Iterator[str]:
        text = self._bytes.decode("ascii", "replace").strip("\x02 ")
        self._bytes.clear()
        if text:
            yield text


class SerialScanner(QObject):
    """Reads a port in a thread and opens it again when the scanner was unplugged."""

    read = Signal(str)
    """A code."""
    unplugged = Signal(str)
    """The port that no longer answers; told once each time."""
    plugged_in = Signal(str)

    def __init__(self, parent: QObject | None = None, *, retry_seconds: float = RETRY_SECONDS) -> None:
        super().__init__(parent)
        self._retry = retry_seconds
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.port = ""

    def open(self, port: str) -> None:
        """Listen to a port from now on, instead of the one before; an empty name listens to none."""
        self.close()
        self.port = port
        if port and pyserial() is not None:
            self._stop = threading.Event()
            self._thread = threading.Thread(target=self._run, args=(port, self._stop), name="serial", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Listen no more."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(READ_SECONDS * 10)
            self._thread = None

    def _run(self, port: str, stop: threading.Event) -> None:
        library: Any = pyserial()
        told = False
        while not stop.is_set():
            try:
                with library.Serial(port, BAUD_RATE, timeout=READ_SECONDS) as device:
                    told = False
                    self.plugged_in.emit(port)
                    self._listen(device, stop)
            except (OSError, library.SerialException) as error:
                if not told:
                    told = True
                    _LOG.info("the scanner at %s does not answer: %s", port, error)
                    self.unplugged.emit(port)
                stop.wait(self._retry)

    def _listen(self, device: Any, stop: threading.Event) -> None:  # noqa: ANN401 - pyserial has no types
        reader = LineReader()
        while not stop.is_set():
            for code in reader.feed(device.read(max(1, device.in_waiting))):
                self.read.emit(code)
