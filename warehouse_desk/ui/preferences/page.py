"""A page of the window of settings, written from a table of settings."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from warehouse_desk.common.messages import Message, tr
from warehouse_desk.common.setting import ChoiceSetting, NumberSetting, Setting, SwitchSetting, TextSetting, Value
from warehouse_desk.ui.widgets.field import Field
from warehouse_desk.ui.widgets.make import text_label

_LONGER = 2
"""How many times longer than allowed a text may be typed: the sentence beside it says so instead of cutting it."""


class SettingsPage(QWidget):
    """Headings, editors and what there is to say about them."""

    def __init__(self, settings: Mapping[str, Setting], values: Mapping[str, Value]) -> None:
        super().__init__()
        self._settings = {key: each for key, each in settings.items() if each.section is not None}
        self._before = values
        self._reading: dict[str, Callable[[], Value]] = {}
        self.fields: dict[str, Field] = {}
        """The editor of each setting by its key."""
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 12, 8, 8)
        self.form.setVerticalSpacing(10)
        self.form.setHorizontalSpacing(16)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        section: Message | None = None
        for key, each in self._settings.items():
            if each.section != section:
                section = each.section
                self.add_heading(str(section))
            self._add(key, each)
        later = [each.name for each in self._settings.values() if each.restart]
        if later:
            self.add_note(tr("These take effect at the next start of the program: {names}.", names=later))

    def add_heading(self, text: str) -> None:
        """Begin a section."""
        self.form.addRow(text_label(text, "section"))

    def add_note(self, text: str) -> None:
        """Say something below what stands there."""
        self.form.addRow(text_label(text, "muted", wrap=True))

    def _add(self, key: str, each: Setting) -> None:
        editor, self._reading[key] = _editor(each, self._before[key])
        field = self.fields[key] = Field(editor)
        whole = field if each.help is None else _with_note(field, str(each.help))
        if isinstance(each, SwitchSetting):  # its name stands in it and may be as long as the page is wide
            self.form.addRow(whole)
        else:
            label = str(each.label)
            if isinstance(each, NumberSetting):  # here and not behind the number, whose plural it would have to follow
                label = tr("{label} ({unit})", label=label, unit=each.unit)
            self.form.addRow(label, whole)

    def changes(self) -> dict[str, Value]:
        """Return the settings that are no longer as they were shown."""
        now = {key: read() for key, read in self._reading.items()}
        return {key: value for key, value in now.items() if value != self._before[key]}

    def faults(self) -> dict[str, Message]:
        """Return what is wrong with what was typed, by the settings' keys."""
        judged = {key: self._settings[key].fault(value) for key, value in self.changes().items()}
        return {key: fault for key, fault in judged.items() if fault is not None}


def _with_note(field: Field, text: str) -> QWidget:
    whole = QWidget()
    whole.setFocusProxy(field)
    box = QVBoxLayout(whole)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(2)
    box.addWidget(field)
    box.addWidget(text_label(text, "muted", wrap=True))
    return whole


def _editor(each: Setting, value: Value) -> tuple[QWidget, Callable[[], Value]]:
    """Return the editor of a setting, and what reads it."""
    if isinstance(each, SwitchSetting):
        box = QCheckBox(str(each.label))
        box.setChecked(bool(value))
        return box, box.isChecked
    if isinstance(each, ChoiceSetting):
        return _choice(each, str(value))
    if isinstance(each, NumberSetting):
        return _number(each, int(value))
    if isinstance(each, TextSetting):
        line = QLineEdit(str(value), maxLength=each.most * _LONGER)
        line.setCursorPosition(0)
        return line, lambda: each.from_text(line.text())
    raise TypeError(f"no editor for {each!r}")


def _choice(each: ChoiceSetting, value: str) -> tuple[QWidget, Callable[[], Value]]:
    box = QComboBox()
    for key, words in each.choices.items():
        box.addItem(str(words), str(key))
    box.setCurrentIndex(max(0, box.findData(value)))
    return box, lambda: str(box.currentData())


def _number(each: NumberSetting, value: int) -> tuple[QWidget, Callable[[], Value]]:
    box = QSpinBox(minimum=0, maximum=each.most)
    box.setSpecialValueText(str(each.at_zero))
    box.setValue(value)
    box.setMaximumWidth(160)
    return box, box.value
