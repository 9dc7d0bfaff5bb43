"""The one stylesheet: every rule of shape and spacing, with colours from the theme's tokens."""

from warehouse_desk.common.resources import resource_folder
from warehouse_desk.ui.tokens import Tokens

_RULES = """
QWidget { font-size: 10pt; }
QToolTip { padding: 6px 8px; border: 1px solid @line; color: @text; background: @raised; }
QMainWindow, QDialog { background: @window; }
QDialog { border: 1px solid @muted; }
#panel { background: @panel; border: 1px solid @line; border-radius: 8px; }
#title { font-size: 15pt; font-weight: 600; }
#section { font-weight: 600; color: @muted; font-size: 9pt; }
#muted { color: @muted; }
#fault { color: @error; }
#big { font-size: 13pt; font-weight: 600; }

QPushButton, QToolButton {
    min-height: 26px; padding: 5px 12px; border: 1px solid @line; border-radius: 6px; background: @panel; color: @text;
}
QPushButton:hover, QToolButton:hover { background: @raised; border-color: @muted; }
QPushButton:pressed, QToolButton:pressed { background: @accent_soft; }
QPushButton:focus, QToolButton:focus { border: 2px solid @accent; padding: 4px 11px; }
QPushButton:disabled, QToolButton:disabled { color: @disabled; background: @window; border-color: @line; }
QPushButton#primary { background: @accent; color: @accent_text; border-color: @accent; font-weight: 600; }
QPushButton#primary:hover { border-color: @text; }
QPushButton#primary:disabled { background: @line; border-color: @line; color: @disabled; }
QPushButton#danger { background: @error; color: @panel; border-color: @error; font-weight: 600; }
QPushButton#mode { min-height: 34px; font-size: 10.5pt; font-weight: 600; padding: 4px 6px; }
QPushButton#mode:focus { padding: 3px 5px; }
#large QPushButton#mode { min-height: 62px; font-size: 14pt; }
#large QLineEdit#scan { min-height: 62px; font-size: 22pt; }
#large QComboBox, #large QDateEdit { font-size: 15pt; font-weight: 600; }
#large QListWidget, #large QTableWidget { font-size: 13pt; }
#band QToolButton { font-size: 15pt; font-weight: 600; }
QPushButton#mode:checked { background: @accent; color: @accent_text; border-color: @accent; }
QToolButton#flat { border-color: transparent; background: transparent; padding: 3px 6px; }
QToolButton#flat:hover { background: @raised; border-color: @line; }
QToolButton#flat:focus { border: 2px solid @accent; }

QPushButton#figure {
    font-size: 22pt; font-weight: 600; color: @accent; border: 2px solid transparent; background: transparent;
    padding: 0 4px; min-height: 40px;
}
QPushButton#figure:disabled { color: @disabled; }
QPushButton#link {
    border: 2px solid transparent; background: transparent; color: @accent; padding: 2px 4px;
    text-decoration: underline;
}
QPushButton#figure:hover, QPushButton#link:hover { background: @raised; }
QPushButton#figure:focus, QPushButton#link:focus { border-color: @accent; }

QToolBar { background: @panel; border: none; border-bottom: 1px solid @line; padding: 5px 8px; spacing: 2px; }
QToolBar QToolButton {
    border: 1px solid transparent; background: transparent; padding: 4px 6px; min-height: 40px; min-width: 46px;
    font-size: 8.5pt;
}
QToolBar QToolButton:hover { background: @raised; border-color: @line; }
QToolBar QToolButton:disabled { color: @disabled; background: transparent; border-color: transparent; }
QToolBar::separator { width: 1px; background: @line; margin: 6px 5px; }

QLineEdit, QComboBox, QDateEdit, QSpinBox, QDoubleSpinBox, QPlainTextEdit, QTextEdit {
    min-height: 28px; padding: 3px 8px; border: 1px solid @line; border-radius: 6px; background: @panel; color: @text;
    selection-background-color: @accent; selection-color: @accent_text;
}
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QPlainTextEdit:focus {
    border: 2px solid @accent; padding: 2px 7px;
}
QLineEdit[wrong="true"], QComboBox[wrong="true"], QPlainTextEdit[wrong="true"], QSpinBox[wrong="true"],
QDateEdit[wrong="true"] {
    border: 2px solid @error;
}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {
    min-height: 0; padding: 0 4px; border: none; background: transparent;
}
QLineEdit#scan { min-height: 44px; font-size: 16pt; font-weight: 600; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 26px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("@icons/arrow-down.svg"); width: 12px; height: 12px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 24px; }
QAbstractSpinBox::up-arrow { image: url("@icons/arrow-up.svg"); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url("@icons/arrow-down.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @panel; border: 1px solid @line; selection-background-color: @selection; }
QComboBox QAbstractItemView::item { min-height: 30px; }

QListWidget#navigation { background: @panel; border: none; outline: none; padding: 6px; }
QListWidget#navigation QScrollBar:vertical { width: 9px; }
QListWidget#navigation::item { border-radius: 6px; margin: 1px 0; }
QListWidget#navigation::item:selected { background: @accent_soft; }
QListWidget#navigation::item:hover:!selected { background: @raised; }
QListWidget#plain { border: none; background: transparent; outline: none; }
QListWidget#plain::item { padding: 3px 2px; border-bottom: 1px solid @line; }

QTabBar#pages::tab {
    min-height: 30px; padding: 2px 14px; margin: 0 2px; border: none; border-bottom: 3px solid transparent;
    background: transparent; color: @muted; font-weight: 600;
}
QTabBar#pages::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar#pages::tab:hover:!selected { color: @text; background: @raised; }
QTabBar#pages::tab:focus { color: @accent; }

QTableView {
    background: @panel; alternate-background-color: @raised; border: none; gridline-color: transparent; outline: none;
    selection-background-color: @selection; selection-color: @text;
}
QTableView[allChosen="true"] { background: @selection; alternate-background-color: @selection; }
QTableView::item { padding: 0 8px; border: none; }
QHeaderView { background: @panel; }
QHeaderView::section {
    background: @panel; color: @muted; border: none; border-bottom: 1px solid @line; padding: 7px 8px;
    font-size: 9pt; font-weight: 600;
}
QTableCornerButton::section { background: @panel; border: none; }

QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: 14px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 14px; margin: 0; }
QScrollBar::handle { background: @line; border-radius: 5px; margin: 2px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::handle:vertical { min-height: 40px; }
QScrollBar::handle:horizontal { min-width: 40px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: @window; }
QSplitter::handle:horizontal { width: 7px; }
QSplitter::handle:vertical { height: 7px; }
QSplitter::handle:hover { background: @accent_soft; }

QStatusBar { background: @panel; border-top: 1px solid @line; color: @muted; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: @muted; padding: 2px 8px; }
QProgressBar {
    border: 1px solid @line; border-radius: 6px; background: @raised; text-align: center; min-height: 18px;
    color: @text;
}
QProgressBar::chunk { background: @accent_soft; border-radius: 5px; }
QMenu { background: @panel; border: 1px solid @line; padding: 5px; }
QMenu::item { padding: 7px 26px 7px 10px; border-radius: 5px; }
QMenu::item:selected { background: @accent_soft; }
QMenu::item:disabled { color: @disabled; }
QMenu::separator { height: 1px; background: @line; margin: 4px 6px; }
QCheckBox { spacing: 8px; min-height: 28px; }
QCheckBox::indicator, QListView::indicator {
    width: 20px; height: 20px; border: 1px solid @muted; border-radius: 5px; background: @panel;
}
QCheckBox::indicator:checked, QListView::indicator:checked {
    background: @check; border-color: @check; image: url("@icons/check.svg");
}
QRadioButton { spacing: 8px; min-height: 26px; }
QRadioButton::indicator {
    width: 18px; height: 18px; border: 1px solid @muted; border-radius: 10px; background: @panel;
}
QRadioButton::indicator:checked { width: 8px; height: 8px; border: 6px solid @check; }
QRadioButton:disabled { color: @muted; }
QCheckBox:focus, QRadioButton:focus { color: @accent; }
#chip { background: @accent_soft; border: 1px solid @accent; border-radius: 17px; }
QPushButton#chipText {
    background: transparent; border: 2px solid transparent; border-radius: 16px; padding: 2px 4px 2px 12px;
    font-weight: 600;
}
QToolButton#chipClose {
    background: transparent; border: 2px solid transparent; border-radius: 16px; padding: 2px 6px; min-width: 20px;
}
QPushButton#chipText:hover, QToolButton#chipClose:hover { background: @selection; }
QPushButton#chipText:focus, QToolButton#chipClose:focus { border-color: @accent; }
#keycap {
    background: @raised; border: 1px solid @line; border-radius: 5px; padding: 2px 7px; font-size: 9pt;
    font-weight: 600;
}
#banner { background: @accent_soft; border: 1px solid @accent; border-radius: 8px; }
#toast { background: @panel; border: 1px solid @line; border-radius: 8px; }
"""


def stylesheet(scheme: Tokens) -> str:
    """Return the rules with a scheme's colours in place of the tokens."""
    rules = _RULES
    for name in sorted(scheme.__slots__, key=len, reverse=True):
        rules = rules.replace(f"@{name}", str(getattr(scheme, name)))
    return rules.replace("@icons", resource_folder("icons").as_posix())
