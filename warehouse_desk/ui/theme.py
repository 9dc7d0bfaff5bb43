"""How the program looks: colours, type, spacing; light and dark as the system asks."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from warehouse_desk.common.messages import current_language
from warehouse_desk.common.resources import resource_folder
from warehouse_desk.domain.status import Status
from warehouse_desk.ui.stylesheet import stylesheet
from warehouse_desk.ui.tokens import DARK, LIGHT, Tokens

ROW_HEIGHT = 34
"""Height of a table row in logical pixels."""
TOUCH = 40
"""Least height of what a finger must hit, in logical pixels: 10 mm at 96 dpi."""


VERDICTS = {
    "done": ("#009e73", "#000000"),
    "already": ("#f0e442", "#000000"),
    "refused": ("#9e1b00", "#ffffff"),
    "pending": ("#0072b2", "#ffffff"),
    "info": ("#3a3a3a", "#ffffff"),
}
"""Ground and text of the answers. Apart for every kind of colour vision; the lightness differs as well."""

_STATUS_LIGHT = {
    Status.NEW: ("#d6eaf8", "#0b3c5d"),
    Status.PACKED: ("#fff3c4", "#5c4400"),
    Status.WAITING: ("#e8daef", "#4a235a"),
    Status.SHIPPED: ("#cde8ff", "#003a66"),
    Status.DELIVERED: ("#cfefe3", "#00402e"),
    Status.RETURNED: ("#fad9c5", "#6b2300"),
    Status.CANCELED: ("#e0e0e0", "#333333"),
    Status.OUT_OF_STOCK: ("#f9d6e3", "#6b0f3a"),
    Status.ROLLBACK: ("#efe7d8", "#4a3b1b"),
}


class _Scheme:
    """The scheme in use: one screen, hence one."""

    tokens = LIGHT
    chosen = "system"


def tokens() -> Tokens:
    """Return the colours in use."""
    return _Scheme.tokens


def status_colours(status: Status) -> tuple[str, str]:
    """Return ground and text of a status; in the dark scheme the two change places."""
    ground, text = _STATUS_LIGHT[status]
    return (text, ground) if _Scheme.tokens.dark else (ground, text)


def apply_theme(app: QApplication) -> None:
    """Dress the application in the system's scheme."""
    system_dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    dark = system_dark if _Scheme.chosen == "system" else _Scheme.chosen == "dark"
    _Scheme.tokens = DARK if dark else LIGHT
    app.setPalette(_palette(_Scheme.tokens))
    app.setStyleSheet(stylesheet(_Scheme.tokens))


def set_up(app: QApplication, scheme: str = "system") -> None:
    """Choose style, fonts and direction once; ``scheme`` is ``system``, ``light`` or ``dark``."""
    _Scheme.chosen = scheme
    app.setStyle("Fusion")
    _load_fonts(app)
    right_to_left = current_language().right_to_left
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
    apply_theme(app)


def choose_scheme(app: QApplication, scheme: str) -> None:
    """Dress the application anew: ``system``, ``light`` or ``dark``."""
    _Scheme.chosen = scheme
    apply_theme(app)


def _load_fonts(app: QApplication) -> None:
    shipped = []
    for file in sorted(resource_folder("fonts").glob("*.ttf")):
        shipped += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    font = QFont(app.font())
    families = ["Segoe UI", "Noto Sans", "Cantarell", "DejaVu Sans", *dict.fromkeys(shipped), "Noto Sans Arabic"]
    known = set(QFontDatabase.families())
    font.setFamilies([family for family in families if family in known] or [font.family()])
    font.setPointSizeF(10.0)
    app.setFont(font)


def _palette(scheme: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, scheme.window),
        (role.WindowText, scheme.text),
        (role.Base, scheme.panel),
        (role.AlternateBase, scheme.raised),
        (role.Text, scheme.text),
        (role.Button, scheme.panel),
        (role.ButtonText, scheme.text),
        (role.ToolTipBase, scheme.raised),
        (role.ToolTipText, scheme.text),
        (role.Highlight, scheme.selection),
        (role.HighlightedText, scheme.text),
        (role.PlaceholderText, scheme.muted),
        (role.Link, scheme.accent),
        (role.Accent, scheme.accent),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(scheme.disabled))
    return palette
