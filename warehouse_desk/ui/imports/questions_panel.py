"""What a person must say of a file before it can be imported, above its preview."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.sheets.questions import Answers, FileQuestion
from warehouse_desk.ui.widgets.flow_layout import FlowLayout
from warehouse_desk.ui.widgets.make import named, text_label


class QuestionsPanel(QFrame):
    """Nothing is chosen for anybody; what was said before is kept when the file is read again."""

    answered = Signal(object)
    """The answers, to read the file again by."""

    def __init__(self, questions: Sequence[FileQuestion], before: Answers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "panel")
        self._before = before
        self.statuses: list[QCheckBox] = []
        """The statuses of the file, each with whether it is taken."""
        self.hidden: QComboBox | None = None
        """What becomes of the hidden rows."""
        self.sheet: QComboBox | None = None
        """The sheet to read."""
        self.go = QPushButton(tr("Read it so"))
        self.go.setAutoDefault(False)
        self.go.clicked.connect(self._on_go)
        box = QVBoxLayout(self)
        for question in questions:
            box.addWidget(text_label(str(question.message), wrap=True))
            box.addWidget(self._field(question))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.go)
        box.addLayout(foot)
        self._check()

    def _field(self, question: FileQuestion) -> QWidget:
        if question.subject == "only_status":
            return self._boxes(question)
        field = QComboBox()
        field.setAccessibleName(str(question.message))
        field.addItem(tr("Choose…"), None)
        if question.subject == "hidden_rows":
            field.addItem(tr("Leave them out"), False)
            field.addItem(tr("Take them"), True)
            self.hidden = field
        else:
            for sheet, _ in question.choices:
                field.addItem(sheet, sheet)
            self.sheet = field
        field.currentIndexChanged.connect(self._check)
        return field

    def _boxes(self, question: FileQuestion) -> QWidget:
        place = QWidget()
        line = FlowLayout(place)
        for status, count in question.choices:
            box = QCheckBox(tr("{status} ({n} rows)", status=status or "-", n=count))
            box.setProperty("status", status)
            box.toggled.connect(self._check)
            line.addWidget(box)
            self.statuses.append(box)
        return place

    @Slot()
    def _check(self) -> None:
        said = not self.statuses or any(box.isChecked() for box in self.statuses)
        chosen = all(field is None or field.currentData() is not None for field in (self.hidden, self.sheet))
        self.go.setEnabled(said and chosen)

    @Slot()
    def _on_go(self) -> None:
        taken = [str(box.property("status")) for box in self.statuses if box.isChecked()]
        self.answered.emit(
            Answers(
                only_status=taken if self.statuses else self._before.only_status,
                status_column=self._before.status_column,
                hidden_rows=self._before.hidden_rows if self.hidden is None else bool(self.hidden.currentData()),
                sheet=self._before.sheet if self.sheet is None else str(self.sheet.currentData()),
            )
        )
