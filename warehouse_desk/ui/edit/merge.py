"""Shows field by field what somebody else saved meanwhile and what was typed here; conflicts are chosen one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import Message, msg, nmsg, tr
from warehouse_desk.domain.orders.merging import (
    DetailField,
    DetailPart,
    Details,
    Difference,
    Side,
    details_of,
    differences,
    events_between,
    merged,
    who_changed,
)
from warehouse_desk.domain.orders.order import OrderDetail, OrderEvent
from warehouse_desk.ui.bidi import leading_edge
from warehouse_desk.ui.edit.wording import FIELD_NAMES, event_words, value_words, who_and_when
from warehouse_desk.ui.theme import tokens
from warehouse_desk.ui.widgets.make import named, text_label

_SHOWN_EVENTS = 5
_TAKEN: dict[Side, Message] = {Side.THEIRS: msg("Use theirs"), Side.MINE: msg("Keep mine")}


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two edits of one order that meet: where mine began, what the order is now, and what I typed."""

    before: OrderDetail
    now: OrderDetail
    mine: Details


class MergeDialog(QDialog):
    """Opened over the editor; ``merged`` carries the details to save on top of the newer version."""

    merged = Signal(object)

    def __init__(self, meeting: Meeting, parent: QWidget) -> None:
        super().__init__(parent)
        self._mine, self._theirs = meeting.mine, details_of(meeting.now)
        self.differences = differences(details_of(meeting.before), self._theirs, self._mine)
        self._chosen: dict[DetailPart, Side] = {}
        self.choices: dict[tuple[DetailPart, Side], QRadioButton] = {}
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("{reference} was changed meanwhile", reference=meeting.now.facts.reference))
        self.resize(900, 560)
        events = events_between(meeting.before, meeting.now)
        self._lay_out(events)
        self._say_left()

    def _lay_out(self, events: Sequence[OrderEvent]) -> None:
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(20, 16, 20, 8)
        inner.setSpacing(10)
        inner.addWidget(named(QLabel(self.windowTitle()), "title"))
        inner.addWidget(_words("\n".join(map(event_words, events[-_SHOWN_EVENTS:])), "muted"))
        inner.addWidget(_words(self._what_to_do()))
        inner.addLayout(self._table(who_changed(events)))
        inner.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setWidget(page)
        back = QPushButton(tr("Back to my edit"), autoDefault=False)
        back.clicked.connect(self.reject)
        self._left = text_label(role="fault", wrap=True)
        self._save = named(QPushButton(tr("Save the result")), "primary")
        self._save.setDefault(True)
        self._save.clicked.connect(self._on_save)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 8, 20, 16)
        foot.addWidget(self._left, 1)
        foot.addWidget(back)
        foot.addWidget(self._save)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(area, 1)
        box.addLayout(foot)

    def _what_to_do(self) -> str:
        if any(each.side is None for each in self.differences):
            return tr("You both changed these fields. Choose which values to keep; the other changes are kept.")
        return tr("Your changes do not conflict. Check them, then save.")

    def _table(self, saved: dict[DetailField, OrderEvent]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        for column, head in enumerate((tr("Field"), tr("Before"), tr("Saved meanwhile"), tr("Yours"))):
            grid.addWidget(named(QLabel(head), "section"), 0, column)
            grid.setColumnStretch(column, 1 if column else 0)
        for each in self.differences:
            row = grid.rowCount()
            line = QFrame(frameShape=QFrame.Shape.HLine, frameShadow=QFrame.Shadow.Plain)
            line.setStyleSheet(f"color: {tokens().line};")
            grid.addWidget(line, row, 0, 1, 4)
            name = FIELD_NAMES[each.part.field]
            grid.addWidget(_strong(str(name)), row + 1, 0, Qt.AlignmentFlag.AlignTop)
            before = _words(value_words(each.part.field, each.before), "muted")
            grid.addWidget(before, row + 1, 1, Qt.AlignmentFlag.AlignTop)
            group = QButtonGroup(self)
            event = saved.get(each.part.field)
            for column, side in ((2, Side.THEIRS), (3, Side.MINE)):
                words = who_and_when(event) if side is Side.THEIRS and event is not None else ""
                grid.addWidget(self._cell(each, side, group, words), row + 1, column, Qt.AlignmentFlag.AlignTop)
        return grid

    def _cell(self, each: Difference, side: Side, group: QButtonGroup, signed: str) -> QWidget:
        value = each.theirs if side is Side.THEIRS else each.mine
        words = value_words(each.part.field, value)
        cell = QWidget()
        box = QVBoxLayout(cell)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        text = _words(words)
        if each.side is None:
            choice = QRadioButton(str(_TAKEN[side]))
            choice.setAccessibleName(f"{FIELD_NAMES[each.part.field]}: {_TAKEN[side]} — {words}")
            choice.toggled.connect(lambda on, part=each.part: self._choose(part, side) if on else None)
            group.addButton(choice)
            self.choices[each.part, side] = choice
            box.addWidget(choice)
            text.installEventFilter(_Press(choice))
        elif each.side is side:
            box.addWidget(_words("✓ " + tr("will be saved"), "muted"))
            text = _strong(words)
        else:
            text.setObjectName("muted")
        box.addWidget(text)
        if signed and value != each.before:
            box.addWidget(_words(signed, "muted"))
        return cell

    def _choose(self, part: DetailPart, side: Side) -> None:
        self._chosen[part] = side
        self._say_left()

    def _say_left(self) -> None:
        left = sum(1 for each in self.differences if each.side is None and each.part not in self._chosen)
        self._save.setEnabled(not left)
        self._left.setText(str(nmsg("{n} choice is left", "{n} choices are left", left)) if left else "")

    @Slot()
    def _on_save(self) -> None:
        self.merged.emit(merged(self._theirs, self._mine, self.differences, self._chosen))
        self.accept()


class _Press(QObject):
    """Makes a press on the text beside a radio button count as one on the button."""

    def __init__(self, button: QRadioButton) -> None:
        super().__init__(button)
        self._button = button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Take up presses of a mouse or finger."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self._button.setChecked(True)
            self._button.setFocus()
        return super().eventFilter(watched, event)


def _words(text: str, role: str = "") -> QLabel:
    """Return a text at the window's leading edge, whatever script it is in."""
    label = text_label(text, role, wrap=True)
    label.setAlignment(leading_edge() | Qt.AlignmentFlag.AlignTop)
    return label


def _strong(text: str) -> QLabel:
    label = _words(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label
