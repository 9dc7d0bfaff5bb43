"""Our own icons, drawn in one colour and tinted when loaded."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from warehouse_desk.common.resources import resource_file
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.theme import tokens

_SCALES = (1.0, 2.0)
_SIZES = (16, 20, 24, 32)


def status_icon_name(status: Status | None) -> str:
    """Return the icon of a status; None stands for all orders."""
    if status is None:
        return "status-all"
    short = {Status.WAITING: "waiting"}.get(status, status.value.lower().replace("_", "-"))
    return f"status-{short}"


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    return resource_file("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=1024)
def icon_pixmap(name: str, colour: str, size: int, scale: float = 1.0) -> QPixmap:
    """Return an icon in a colour, ``size`` logical pixels square, for a screen of ``scale`` pixels each."""
    drawing = _drawing(name).replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    pixmap = QPixmap(QSize(round(size * scale), round(size * scale)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap


def icon(name: str, colour: str | None = None) -> QIcon:
    """Return an icon for a button or action, in the text's colour unless told otherwise.

    Its disabled form is paler, its form on a checked button is that of text on the accent.
    """
    shown = QIcon()
    palette = tokens()
    for scale in _SCALES:
        for size in _SIZES:
            shown.addPixmap(icon_pixmap(name, colour or palette.text, size, scale), QIcon.Mode.Normal)
            shown.addPixmap(icon_pixmap(name, palette.disabled, size, scale), QIcon.Mode.Disabled)
            shown.addPixmap(icon_pixmap(name, palette.accent_text, size, scale), QIcon.Mode.Normal, QIcon.State.On)
    return shown
