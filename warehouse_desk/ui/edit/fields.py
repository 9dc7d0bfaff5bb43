"""Fields with their fault beside them."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from warehouse_desk.common.text import fold
from warehouse_desk.domain.directory import City
from warehouse_desk.ui.widgets.field import Field


class TextFields:
    """The texts of an order by their wire names, in a form."""

    def __init__(self, form: QFormLayout) -> None:
        self._form = form
        self.fields: dict[str, Field] = {}
        self._read: dict[str, Callable[[], str]] = {}

    def add_line(self, name: str, label: str, limit: int) -> None:
        """Add a text of one line."""
        editor = QLineEdit(maxLength=limit)
        self._read[name] = editor.text
        self._add(name, label, editor)

    def add_lines(self, name: str, label: str) -> None:
        """Add a text of several lines."""
        editor = QPlainTextEdit()
        editor.setTabChangesFocus(True)
        editor.setFixedHeight(62)
        self._read[name] = editor.toPlainText
        self._add(name, label, editor)

    def add_field(self, name: str, label: str, editor: QWidget, read: Callable[[], str]) -> None:
        """Add any other editor."""
        self._read[name] = read
        self._add(name, label, editor)

    def _add(self, name: str, label: str, editor: QWidget) -> None:
        self.fields[name] = Field(editor)
        self._form.addRow(label, self.fields[name])

    def set_text(self, name: str, text: str | None) -> None:
        """Fill a text."""
        editor = self.fields[name].editor
        if isinstance(editor, QLineEdit):
            editor.setText(text or "")
            editor.setCursorPosition(0)
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text or "")

    def text(self, name: str) -> str:
        """Return what a field holds."""
        return self._read[name]().strip()

    def clear_faults(self) -> None:
        """Take all faults back."""
        for field in self.fields.values():
            field.show_fault("")


class CityBox(QComboBox):
    """The city table with suggestions while typing, by French or Arabic name."""

    def __init__(self, cities: tuple[City, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for city in cities:
            self.addItem(f"{city.name} — {city.name_ar}" if city.name_ar else city.name, city.id)
        self._keys = {fold(name): row for row, c in enumerate(cities) for name in (c.name, c.name_ar) if name}
        completer = self.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCurrentIndex(-1)

    def choose(self, city_id: int | None, name: str) -> None:
        """Show a city; one that is not in the table by its name alone."""
        row = self.findData(city_id) if city_id is not None else self._keys.get(fold(name), -1)
        self.setCurrentIndex(row)
        if row < 0:
            self.setEditText(name)

    def city_id(self) -> int | None:
        """Return the chosen city, also when its name was typed; None where the table has none of that name."""
        row = self.findText(self.currentText())
        if row < 0:
            row = self._keys.get(fold(self.currentText()), -1)
        return int(self.itemData(row)) if row >= 0 else None

    def city_name(self) -> str:
        """Return the city's name as the API takes it."""
        number = self.city_id()
        row = -1 if number is None else self.findData(number)
        return self.currentText().strip() if row < 0 else self.itemText(row).split(" — ")[0]
