"""What a station remembers of printing: stock, printer, and how far each printer must be corrected."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QSettings


class Way(StrEnum):
    """How paper comes out."""

    FILE = "file"
    QUEUE = "queue"
    """A queue of CUPS, which takes the PDF itself."""
    SYSTEM = "system"
    """A printer of Windows, or of a computer without CUPS's programs: takes pictures in its own dots."""
    ZEBRA = "zebra"
    """A label printer in the network, which takes ZPL."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where labels go: a printer's name, a Zebra's address, or a file."""

    way: Way
    name: str = ""

    @property
    def key(self) -> str:
        """A name for settings."""
        return f"{self.way}/{self.name}".replace("\\", "/")


class PrintMemory:
    """Choices in the station's settings."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def stock(self) -> str:
        """The stock used last; the commonest roll at first."""
        return self._text("print/stock", "100x150")

    @property
    def destination(self) -> Destination:
        """The printer used last; a file at first."""
        way = self._text("print/way", Way.FILE)
        return Destination(Way(way) if way in set(Way) else Way.FILE, self._text("print/printer", ""))

    @property
    def zebra(self) -> str:
        """The Zebra's address given last."""
        return self._text("print/zebra", "")

    @property
    def folder(self) -> str:
        """The folder of the file saved last."""
        return self._text("print/folder", "")

    def start(self, stock: str) -> int:
        """Return the first free label of the sheet that lies in the printer."""
        return self._number(f"print/start/{stock}", 1)

    def nudge(self, destination: Destination) -> tuple[float, float]:
        """Return how far a printer must be corrected, in millimetres."""
        x, y = (self._millimetres(f"print/nudge-{axis}/{destination.key}") for axis in "xy")
        return x, y

    def dpi(self, destination: Destination) -> int:
        """Return a printer's dots per inch; 0 where they are those of the stock."""
        return self._number(f"print/dpi/{destination.key}", 0)

    def remember(self, stock: str, destination: Destination, nudge: tuple[float, float], dpi: int = 0) -> None:
        """Keep what was used."""
        self._settings.setValue("print/stock", stock)
        self._settings.setValue("print/way", destination.way.value)
        self._settings.setValue("print/printer", destination.name)
        if destination.way is Way.ZEBRA:
            self._settings.setValue("print/zebra", destination.name)
        self._settings.setValue(f"print/dpi/{destination.key}", dpi)
        for axis, shift in zip("xy", nudge, strict=True):
            self._settings.setValue(f"print/nudge-{axis}/{destination.key}", shift)

    def remember_start(self, stock: str, start: int) -> None:
        """Keep where the next sheet begins."""
        self._settings.setValue(f"print/start/{stock}", start)

    def remember_folder(self, folder: str) -> None:
        """Keep where files go."""
        self._settings.setValue("print/folder", folder)

    def _text(self, key: str, default: str) -> str:
        return str(self._settings.value(key, default))

    def _number(self, key: str, default: int) -> int:
        text = str(self._settings.value(key, default))
        return int(text) if text.isascii() and text.isdigit() else default

    def _millimetres(self, key: str) -> float:
        try:
            return float(str(self._settings.value(key, 0.0)))
        except ValueError:
            return 0.0
