"""The preview of an import: look, repair, then import all rows or the valid ones."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import nmsg, tr
from warehouse_desk.sheets.drafts import Problem
from warehouse_desk.sheets.headings import ORDER_HEADINGS
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.imports.marks import MarkDelegate
from warehouse_desk.ui.imports.model import FIRST_CELL, WHY, ImportTableModel, Shown
from warehouse_desk.ui.imports.questions_panel import QuestionsPanel
from warehouse_desk.ui.theme import ROW_HEIGHT
from warehouse_desk.ui.widgets.make import named, text_label

if TYPE_CHECKING:
    from warehouse_desk.services.files.file_import import FileImport

_SIZE = QSize(1200, 720)
_LONGEST = 28
"""Characters of a proposed value on its button; the sentence beside it has it whole."""
_WIDTHS = (132, 56, 300, 140, 118, 124, 100, 160, 150, 84, 88, 76, 160)


def shorten_line(text: str) -> str:
    """Return a proposed value for a button: one line, cut where it is long."""
    line = " ⏎ ".join(text.splitlines())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _choices(repair: Problem | None) -> tuple[str, ...]:
    """Return the texts that a repair offers, the proposed one alone where there is one."""
    if repair is None:
        return ()
    return repair.choices or (repair.proposed,)


def _accept_text(choice: Sequence[str]) -> str:
    return tr("Accept {value}", value=shorten_line(choice[0])) if choice else tr("Accept")


class ImportDialog(QDialog):
    """Nothing is written before one of its two import buttons is pressed."""

    store_requested = Signal(bool, bool)
    """Whether only the valid rows are meant, and whether known orders are meant once more."""
    rejects_requested = Signal(object)
    """The path for the rejected rows."""
    repairs_requested = Signal()
    """All open repairs shall be accepted."""
    stop_requested = Signal()
    answered = Signal(object)
    """What was said of the file, to read it again by."""

    def __init__(self, file: "FileImport", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = file
        self.model = ImportTableModel(file.preview, self)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Import orders"))
        self.resize(self.screen().availableSize().boundedTo(_SIZE))
        self._title = text_label(tr("Import {name}", name=file.preview.source.name), "title")
        self._title.setToolTip(self._title.text())
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # names have no end
        self._tally = text_label("", "muted", wrap=True)
        self._notices = text_label("\n".join(map(str, file.notices)), "muted", wrap=True)
        self._notices.setVisible(bool(file.notices))
        questions = file.preview.source.questions
        self.questions = QuestionsPanel(questions, file.answers) if questions else None
        if self.questions is not None:
            self.questions.answered.connect(self.answered)
        self.filter = QComboBox()
        self.table = QTableView()
        self._why = text_label("", wrap=True)
        self._set_up_filter()
        self._set_up_table()
        self._make_buttons()
        self._lay_out()
        self.model.judged.connect(self.refresh)
        self.refresh()
        self.show_progress(None)
        tally = file.preview.tally()
        to_see = tally.errors or tally.repairs or file.known_rows
        self.filter.setCurrentIndex(Shown.PROBLEMS if to_see else Shown.ALL)

    def _set_up_filter(self) -> None:
        for text in (tr("All rows"), tr("Rows to check"), tr("Rows that cannot be imported")):
            self.filter.addItem(text)
        self.filter.setAccessibleName(tr("Rows shown"))
        self.filter.currentIndexChanged.connect(self._on_filter)

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(tr("Rows of the file"))
        table.setItemDelegate(MarkDelegate(table))
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.setCornerButtonEnabled(False)
        rows = table.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.hide()
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, width)
        table.selectionModel().currentChanged.connect(self._on_current)

    def _make_buttons(self) -> None:
        self.accept_one = QPushButton(icon("verdict-done"), tr("Accept"))
        self.accept_other = QPushButton(icon("verdict-done"), tr("Accept"))
        self.refuse_one = QPushButton(icon("close"), tr("Leave unchanged"))
        self.restore_row = QPushButton(icon("undo"), tr("Undo this row"))
        self.accept_every = QPushButton(tr("Accept all repairs"))
        self.save_rejects = QPushButton(tr("Save rejected rows…"))
        self.again = QCheckBox(tr("Also import what was already imported, and possible twins"))
        self.only_valid = QPushButton()
        self.all_rows = named(QPushButton(), "primary")
        self.leave = QPushButton(tr("Close"))
        self.stop = QPushButton(tr("Stop"))
        self._progress = QProgressBar()
        for button, slot in (
            (self.accept_one, self._on_accept),
            (self.accept_other, self._on_accept_other),
            (self.refuse_one, self._on_refuse),
            (self.restore_row, self._on_restore),
            (self.accept_every, self.repairs_requested),
            (self.save_rejects, self._on_save_rejects),
            (self.only_valid, self._on_only_valid),
            (self.all_rows, self._on_all),
            (self.leave, self.reject),
            (self.stop, self.stop_requested),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(slot)
        self.again.toggled.connect(self.refresh)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._tally, 1)
        head.addWidget(self.filter)
        head.addWidget(self.accept_every)
        row = named(QFrame(), "panel")
        about = QHBoxLayout(row)
        about.addWidget(self._why, 1)
        for button in (self.accept_one, self.accept_other, self.refuse_one, self.restore_row):
            about.addWidget(button)
        row.setMinimumHeight(58)
        foot = QHBoxLayout()
        foot.addWidget(self.save_rejects)
        foot.addStretch(1)
        for widget in (self._progress, self.stop, self.leave, self.only_valid, self.all_rows):
            foot.addWidget(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 14)
        box.setSpacing(10)
        box.addWidget(self._title)
        box.addWidget(self._notices)
        if self.questions is not None:
            box.addWidget(self.questions)
        box.addLayout(head)
        box.addWidget(self.table, 1)
        box.addWidget(row)
        box.addWidget(self.again)
        box.addLayout(foot)

    @Slot()
    def refresh(self) -> None:
        """Count anew and enable what can be done now."""
        tally, known = self.file.preview.tally(), len(self.file.known_rows)
        total, again = len(self.file.preview.rows), self.again.isChecked()
        importable = tally.valid - (0 if again else known)
        self._tally.setText(
            tr(
                "Rows: {total} (correct: {clean}, to check: {warned}, repairs to confirm: {repairs}, to fix: {errors})",
                total=total,
                clean=tally.clean,
                warned=tally.warned,
                repairs=tally.repairs,
                errors=tally.errors,
            )
        )
        is_known = bool(self.file.earlier or known)
        self.again.setVisible(is_known)
        self.only_valid.setText(str(nmsg("Import the {n} valid row", "Import the {n} valid rows", importable)))
        self.all_rows.setText(str(nmsg("Import all {n} row", "Import all {n} rows", total)))
        waits = (bool(self.file.earlier) and not again) or self.questions is not None
        self.only_valid.setEnabled(importable > 0 and not waits)
        self.all_rows.setEnabled(importable == total and not waits)
        self.all_rows.setToolTip("" if self.all_rows.isEnabled() else tr("Some rows must be fixed or confirmed first."))
        self.only_valid.setVisible(importable < total)
        self.save_rejects.setEnabled(tally.valid < total)
        self.accept_every.setEnabled(tally.repairs > 0)
        self._show_current()

    def show_progress(self, progress: tuple[int, int] | None) -> None:
        """Show how far the import is and let nothing else be done; None ends it."""
        busy = progress is not None
        for widget in (self._progress, self.stop):
            widget.setVisible(busy)
        for part in (self.table, self.leave, self.save_rejects, self.again, self.accept_every, self.filter):
            part.setEnabled(not busy)
        if progress is None:
            self.refresh()
            return
        self.only_valid.setEnabled(False)
        self.all_rows.setEnabled(False)
        self._progress.setMaximum(max(1, progress[1]))
        self._progress.setValue(progress[0])
        self._progress.setFormat(tr("{done} of {total}", done=progress[0], total=progress[1]))

    def show_rows_anew(self) -> None:
        """Show the rows as they were judged elsewhere."""
        self.model.show_rows(Shown(self.filter.currentIndex()))
        self.refresh()

    @Slot(int)
    def _on_filter(self, chosen: int) -> None:
        self.model.show_rows(Shown(chosen))
        if self.model.rowCount():
            self.table.setCurrentIndex(self._first_cell())
        self._show_current()

    def _first_cell(self) -> QModelIndex:
        row = self.model.row_at(self.model.index(0, 0))
        column = next((p.column for p in row.problems if p.column), ORDER_HEADINGS[0])
        return self.model.index(0, FIRST_CELL + ORDER_HEADINGS.index(column))

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_current()

    def open_repair(self) -> Problem | None:
        """Return the repair that Accept and Keep mean: the chosen cell's, else the row's first."""
        index = self.table.currentIndex()
        if not index.isValid():
            return None
        repairs = [problem for problem in self.model.row_at(index).problems if problem.is_open]
        column = ORDER_HEADINGS[index.column() - FIRST_CELL] if index.column() >= FIRST_CELL else ""
        return next((p for p in repairs if p.column == column), repairs[0] if repairs else None)

    def _holds_back_current(self) -> bool:
        """Tell whether the chosen row waits because the same order seems to exist."""
        index = self.table.currentIndex()
        return index.isValid() and self.file.preview.is_held_back(self.model.position(index))

    def _show_current(self) -> None:
        index = self.table.currentIndex()
        repair = self.open_repair()
        is_twin = repair is None and self._holds_back_current()
        self.accept_one.setEnabled(repair is not None or is_twin)
        self.refuse_one.setEnabled(repair is not None)
        choices = _choices(repair)
        self.accept_one.setText(tr("Import it too") if is_twin else _accept_text(choices[:1]))
        self.accept_other.setText(_accept_text(choices[1:2]))
        self.accept_other.setVisible(len(choices) > 1)
        at = self.model.position(index) if index.isValid() else -1
        self.restore_row.setEnabled(at >= 0 and bool(self.model.row_at(index).fixes or self.file.preview.is_meant(at)))
        if not index.isValid():
            self._why.setText(tr("Choose a row to see its problem."))
            return
        row = self.model.row_at(index)
        why = self.model.index(index.row(), WHY).data()
        said = why or tr("This row is fine.")
        self._why.setText(tr("Row {row}: {said}", row=row.number, said=said))

    @Slot()
    def _on_accept(self) -> None:
        repair = self.open_repair()
        if repair is not None:
            self.model.accept(self.table.currentIndex(), repair.column, _choices(repair)[0])
        elif self._holds_back_current():
            self.model.mean(self.table.currentIndex())

    @Slot()
    def _on_accept_other(self) -> None:
        repair = self.open_repair()
        if repair is not None and len(_choices(repair)) > 1:
            self.model.accept(self.table.currentIndex(), repair.column, _choices(repair)[1])

    @Slot()
    def _on_refuse(self) -> None:
        repair = self.open_repair()
        if repair is not None:
            self.model.refuse(self.table.currentIndex(), repair.column)

    @Slot()
    def _on_restore(self) -> None:
        if self.table.currentIndex().isValid():
            self.model.restore(self.table.currentIndex())

    @Slot()
    def _on_only_valid(self) -> None:
        self.store_requested.emit(True, self.again.isChecked())

    @Slot()
    def _on_all(self) -> None:
        self.store_requested.emit(False, self.again.isChecked())

    @Slot()
    def _on_save_rejects(self) -> None:
        chooser = QFileDialog(self, tr("Save rejected rows"))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilters(["Excel (*.xlsx)", "CSV (*.csv)"])
        chooser.setDefaultSuffix("xlsx")
        chooser.selectFile(tr("{name} rejected", name=Path(self.file.preview.source.name).stem) + ".xlsx")
        chooser.fileSelected.connect(self._on_rejects_chosen)
        chooser.open()

    @Slot(str)
    def _on_rejects_chosen(self, path: str) -> None:
        self.rejects_requested.emit(Path(path))
