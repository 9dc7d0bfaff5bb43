"""Our own icons, drawn in one colour and tinted when loaded."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from warehouse_desk.common.resources import resource_file
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.theme import tokens
from warehouse_desk.ui.tokens import Tokens

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


_MADE: dict[int, str] = {}
"""The names of the icons in the text's colour, by Qt's key of each."""


def icon(name: str, colour: str | None = None) -> QIcon:
    """Return an icon for a button or action, in the text's colour unless told otherwise.

    Its disabled form is paler, its form on a checked button is that of text on the accent.
    """
    return _icon(name, colour, tokens())


def retint(root: QObject) -> None:
    """Draw the icons of all buttons and actions below a widget in the colours of the scheme in use."""
    shown: list[QAbstractButton | QAction] = [*root.findChildren(QAbstractButton), *root.findChildren(QAction)]
    for each in shown:
        name = _MADE.get(each.icon().cacheKey())
        if name is not None:
            each.setIcon(icon(name))


@lru_cache(maxsize=512)
def _icon(name: str, colour: str | None, palette: Tokens) -> QIcon:
    shown = QIcon()
    for scale in _SCALES:
        for size in _SIZES:
            shown.addPixmap(icon_pixmap(name, colour or palette.text, size, scale), QIcon.Mode.Normal)
            shown.addPixmap(icon_pixmap(name, palette.disabled, size, scale), QIcon.Mode.Disabled)
            shown.addPixmap(icon_pixmap(name, palette.accent_text, size, scale), QIcon.Mode.Normal, QIcon.State.On)
    if colour is None:
        _MADE[shown.cacheKey()] = name
    return shown
