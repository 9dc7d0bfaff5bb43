"""Boxes that suggest entries of a table while one types, the likeliest first."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Slot
from PySide6.QtWidgets import QComboBox, QCompleter, QListView, QWidget

from warehouse_desk.common.messages import current_language, tr
from warehouse_desk.common.text import fold
from warehouse_desk.domain.directories.entries import City, ShipmentWay
from warehouse_desk.domain.directories.suggestions import MAX_SUGGESTIONS, Suggestions
from warehouse_desk.domain.orders.merging import WayValue

_GAP = 3
"""Around each suggestion, for fingers in gloves (logical pixels)."""


class SuggestingBox(QComboBox):
    """An editable box whose popup ranks the entries by what is typed; each entry is known by one or several names."""

    def __init__(self, entries: Sequence[tuple[str, Sequence[str]]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems([shown for shown, _ in entries])
        self._suggestions = Suggestions([names for _, names in entries])
        self._listed = QStringListModel(self)
        completer = QCompleter(self._listed, self)
        # The list is ranked already: the completer's own filter knows neither accents nor Arabic letter forms.
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(MAX_SUGGESTIONS)
        popup = completer.popup()
        if isinstance(popup, QListView):
            popup.setSpacing(_GAP)
        self.setCompleter(completer)
        line = self.lineEdit()
        if line is not None:
            line.textEdited.connect(self._on_typed)
        self.setCurrentIndex(-1)

    def suggested(self) -> list[str]:
        """Return what the popup lists."""
        return self._listed.stringList()

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        ranked = self._suggestions.ranked(typed) if typed.strip() else []
        self._listed.setStringList([self.itemText(row) for row in ranked])


class CityBox(SuggestingBox):
    """The city table with suggestions while typing, by French or Arabic name."""

    def __init__(self, cities: tuple[City, ...], parent: QWidget | None = None) -> None:
        names = [[name for name in (city.name, city.name_ar) if name] for city in cities]
        super().__init__([(" — ".join(each), each) for each in names], parent)
        for row, city in enumerate(cities):
            self.setItemData(row, city.id)
        self._names = [city.name for city in cities]
        self._rows = {fold(name): row for row, each in enumerate(names) for name in each}

    def choose(self, city_id: int | None, name: str) -> None:
        """Show a city; one that is not in the table by its name alone."""
        row = self.findData(city_id) if city_id is not None else self._rows.get(fold(name), -1)
        self.setCurrentIndex(row)
        if row < 0:
            self.setEditText(name)

    def city_id(self) -> int | None:
        """Return the chosen city, also when its name was typed; None where the table has none of that name."""
        row = self._row()
        return int(self.itemData(row)) if row >= 0 else None

    def city_name(self) -> str:
        """Return the city's name as the API takes it."""
        row = self._row()
        return self.currentText().strip() if row < 0 else self._names[row]

    def _row(self) -> int:
        row = self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString)
        return row if row >= 0 else self._rows.get(fold(self.currentText()), -1)


class WayBox(QComboBox):
    """The shipment ways in use, and none; a number that nobody has named is shown as it is."""

    def __init__(self, ways: tuple[ShipmentWay, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItem(tr("(none)"), None)
        for way in ways:
            if way.active:
                self.addItem(way.called(current_language().code), way.number)

    def choose(self, way: WayValue) -> None:
        """Show a way, also one that is out of use or unknown."""
        row = 0 if way.number is None else self.findData(way.number)
        if row < 0:
            self.addItem(way.label or str(way.number), way.number)
            row = self.count() - 1
        self.setCurrentIndex(row)

    def value(self) -> WayValue:
        """Return the way chosen."""
        number = self.currentData()
        return WayValue(None) if number is None else WayValue(int(number), self.currentText())
