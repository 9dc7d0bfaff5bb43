"""The window of settings: this station's own, and those that all stations share."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.languages import LANGUAGES
from warehouse_desk.common.messages import Message, msg, tr
from warehouse_desk.domain.errors import DeskError, InvalidInput
from warehouse_desk.settings.options import rules
from warehouse_desk.ui.preferences.values import Changes, Preferences
from warehouse_desk.ui.widgets.field import Field
from warehouse_desk.ui.widgets.make import named, text_label

_SWITCHES = (
    ("push_requires_packed", msg("An order is packed before it is pushed to a shipping company")),
    ("verify_before_pack", msg("Every piece is scanned before an order is packed")),
    ("import_fees_paid_by_customer", msg("Customers of imported orders pay the delivery fees")),
)
_RETURNS = (
    ("inspect", msg("wait in inspection until somebody decides")),
    ("restock", msg("go back on the shelf at once")),
    ("none", msg("are not counted")),
)
_SENDER = (("sender_name", msg("Name")), ("sender_phone", msg("Phone")), ("sender_city", msg("City")))
_LANGUAGES = (("auto", msg("As the system")), *((code, Message(each.name)) for code, each in LANGUAGES.items()))
_THEMES = (("system", msg("As the system")), ("light", msg("Light")), ("dark", msg("Dark")))
_MAX_SENDER = 200
"""Longer than a sender's detail may be: the sentence beside the field says so instead of cutting it silently."""


class PreferencesDialog(QDialog):
    """Two pages and one Save; nothing counts before it. It is opened, never executed."""

    save_wanted = Signal(object)
    """The ``Changes``."""

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self._before = preferences
        self.setModal(True)
        self.setWindowTitle(tr("Station and settings"))
        self.resize(760, 640)
        self.fields: dict[str, Field] = {}
        self._read: dict[str, Callable[[], str | int | bool]] = {}
        self.sounds = QCheckBox(tr("Answers sound"))
        self.sounds.setChecked(preferences.sounds)
        self.acknowledge = QCheckBox(tr("Errors stay until they are confirmed"))
        self.acknowledge.setChecked(preferences.acknowledge)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(_scrolled(self._station_page()), tr("This station"))
        self._shared_page = _scrolled(self._warehouse_page())
        self.tabs.addTab(self._shared_page, tr("All stations"))
        self.fault = text_label(role="fault", wrap=True)
        leave = QPushButton(tr("Leave without saving"), autoDefault=False)
        leave.clicked.connect(self.reject)
        self.save = named(QPushButton(tr("Save"), default=True), "primary")
        self.save.clicked.connect(self._on_save)
        foot = QHBoxLayout()
        foot.addWidget(self.fault, 1)
        foot.addWidget(leave)
        foot.addWidget(self.save)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(text_label(self.windowTitle(), "title"))
        box.addWidget(self.tabs, 1)
        box.addLayout(foot)

    def _station_page(self) -> QWidget:
        page, form = _page()
        own = self._before.station
        form.addRow(text_label(tr("STATION"), "section"))
        name = self._line("station_name", own.station_name, rules()["station_name"].max_length)
        name.setPlaceholderText(self._before.station_name)
        form.addRow(tr("&Name"), self.fields["station_name"])
        self._choice("language", _LANGUAGES, own.language)
        form.addRow(tr("&Language"), self.fields["language"])
        self._choice("theme", _THEMES, own.theme)
        form.addRow(tr("&Colours"), self.fields["theme"])
        form.addRow("", self._switch("large_mode", tr("Large letters and buttons"), on=own.large_mode))
        about = tr("Name, language and size take effect at the next start; an empty name means the computer's.")
        form.addRow("", text_label(about, "muted", wrap=True))
        form.addRow(text_label(tr("SCANNER"), "section"))
        form.addRow("", self.sounds)
        form.addRow("", self.acknowledge)
        form.addRow(text_label(tr("PRINTERS"), "section"))
        printers = tr("The printer is chosen where labels are printed (Ctrl+P) and is remembered for each station.")
        form.addRow("", text_label(printers, "muted", wrap=True))
        return page

    def _warehouse_page(self) -> QWidget:
        page, form = _page()
        shared = self._before.shared
        form.addRow(text_label(tr("ORDERS"), "section"))
        for key, words in _SWITCHES:
            form.addRow(self._switch(key, str(words), on=bool(shared[key])))
        self._choice("return_stock", _RETURNS, str(shared["return_stock"]))
        form.addRow(tr("Returned &goods"), self.fields["return_stock"])
        self._number("undo_minutes", 60, tr("never"), tr("min"))
        form.addRow(tr("A step can be &undone for"), self.fields["undo_minutes"])
        form.addRow(text_label(tr("SIGN-IN"), "section"))
        self._number("lock_minutes", 480, tr("never"), tr("min"))
        form.addRow(tr("Stations &lock after"), self.fields["lock_minutes"])
        about = tr("Without a key, a scan or a move of the mouse for so long, a station asks who works there.")
        form.addRow("", text_label(about, "muted", wrap=True))
        form.addRow(text_label(tr("LABELS"), "section"))
        self._number("keep_label_files_days", 3_650, tr("for ever"), tr("days"))
        form.addRow(tr("&Keep label files"), self.fields["keep_label_files_days"])
        form.addRow(text_label(tr("SENDER ON LABELS"), "section"))
        for key, words in _SENDER:
            self._line(key, str(shared[key]), _MAX_SENDER)
            form.addRow(str(words), self.fields[key])
        return page

    def _line(self, key: str, text: str, limit: int) -> QLineEdit:
        editor = QLineEdit(text, maxLength=limit)
        editor.setCursorPosition(0)
        self._add(key, editor, lambda: " ".join(editor.text().split()))
        return editor

    def _choice(self, key: str, choices: Sequence[tuple[str, Message | str]], chosen: str) -> None:
        editor = QComboBox()
        for value, words in choices:
            editor.addItem(str(words), value)
        editor.setCurrentIndex(max(0, editor.findData(chosen)))
        self._add(key, editor, lambda: str(editor.currentData()))

    def _number(self, key: str, most: int, at_zero: str, unit: str) -> None:
        editor = QSpinBox(minimum=0, maximum=most)
        editor.setSpecialValueText(at_zero)
        editor.setSuffix(f" {unit}")
        editor.setValue(int(self._before.shared[key]))
        editor.setMaximumWidth(160)
        self._add(key, editor, editor.value)

    def _switch(self, key: str, words: str, *, on: bool) -> QCheckBox:
        box = QCheckBox(words)
        box.setChecked(on)
        self._read[key] = box.isChecked
        return box

    def _add(self, key: str, editor: QWidget, read: Callable[[], str | int | bool]) -> None:
        self.fields[key] = Field(editor)
        self._read[key] = read

    def changes(self) -> Changes:
        """Return what differs from what was shown at first."""
        before = self._before
        own = {key: getattr(before.station, key) for key in ("station_name", "language", "theme", "large_mode")}
        return Changes(
            {key: _as_text(value) for key, value in self._changed(before.shared).items()},
            self._changed(own),
            self.sounds.isChecked(),
            self.acknowledge.isChecked(),
        )

    def _changed(self, before: Mapping[str, Any]) -> dict[str, str | int | bool]:
        return {key: self._read[key]() for key, value in before.items() if self._read[key]() != value}

    @Slot()
    def _on_save(self) -> None:
        for field in self.fields.values():
            field.show_fault("")
        self.fault.clear()
        self.save.setEnabled(False)
        self.save_wanted.emit(self.changes())

    def show_failure(self, error: DeskError) -> None:
        """Say beside each field what is wrong with it, or below what else is."""
        self.save.setEnabled(True)
        faults = error.fields if isinstance(error, InvalidInput) else {}
        first: Field | None = None
        for key, fault in faults.items():
            field = self.fields.get(key)
            if field is not None:
                field.show_fault(str(fault))
                first = first or field
        self.fault.setText(str(error))
        if first is not None:
            self.tabs.setCurrentIndex(int(self._shared_page.isAncestorOf(first)))
            first.setFocus()


def _as_text(value: str | int | bool) -> str:
    return ("on" if value else "off") if isinstance(value, bool) else str(value)


def _page() -> tuple[QWidget, QFormLayout]:
    page = QWidget()
    form = QFormLayout(page)
    form.setContentsMargins(0, 12, 8, 8)
    form.setVerticalSpacing(10)
    form.setHorizontalSpacing(16)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return page, form


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea(widgetResizable=True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area
