"""Which orders, which columns, which file: the question before an export."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSettings, QSize, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import Message, nmsg, tr
from warehouse_desk.domain.files import NO_COLUMN
from warehouse_desk.sheets.errors import NO_FOLDER, WRONG_ENDING
from warehouse_desk.ui.widgets.make import leave_or_go, named, text_label

_ITEM_HEIGHT = 30
_COLUMNS_KEY = "export/columns"
_FOLDER_KEY = "export/folder"
_ENDINGS = {"Excel (.xlsx)": ".xlsx", "CSV (.csv)": ".csv"}


@dataclass(frozen=True, slots=True)
class ExportSubject:
    """What can be exported from where the window stands."""

    listed: str
    """The list's name."""
    total: int
    selected: int


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What was asked for."""

    path: Path
    columns: tuple[str, ...]
    selected_only: bool


class ExportDialog(QDialog):
    """Answers with a :class:`ExportChoice`."""

    export_requested = Signal(object)

    def __init__(
        self,
        subject: ExportSubject,
        columns: Mapping[str, tuple[Message, bool]],
        today: date,
        settings: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Export orders"))
        self.resize(560, 640)
        self.everything = QRadioButton(
            tr(
                "{number} in the list “{name}”",
                number=nmsg("{n} order", "{n} orders", subject.total),
                name=subject.listed,
            )
        )
        self.selection = QRadioButton(str(nmsg("{n} selected order", "{n} selected orders", subject.selected)))
        self._group = QButtonGroup(self)
        for button in (self.everything, self.selection):
            self._group.addButton(button)
        self.selection.setEnabled(subject.selected > 0)
        (self.selection if subject.selected > 1 else self.everything).setChecked(True)
        self.columns = QListWidget()
        self._fill_columns(columns)
        self.kind = QComboBox()
        self.kind.addItems(list(_ENDINGS))
        self.path = QLineEdit(str(self._folder() / f"{tr('orders')}-{today.isoformat()}.xlsx"))
        self._fault = text_label("", "fault", wrap=True)
        self._fault.hide()
        self._lay_out()
        self.kind.currentTextChanged.connect(self._on_kind)

    def _folder(self) -> Path:
        usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(str(self._settings.value(_FOLDER_KEY, usual) or Path.home()))

    def _fill_columns(self, columns: Mapping[str, tuple[Message, bool]]) -> None:
        stored = self._settings.value(_COLUMNS_KEY, [], list)
        kept = [str(name) for name in stored if str(name) in columns] if isinstance(stored, list) else []
        chosen = kept or [name for name, (_, is_usual) in columns.items() if is_usual]
        self.columns.setAccessibleName(tr("Columns"))
        self.columns.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        for name in (*chosen, *(name for name in columns if name not in chosen)):
            item = QListWidgetItem(f"{columns[name][0]}  ·  {name}")
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setSizeHint(QSize(0, _ITEM_HEIGHT))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if name in chosen else Qt.CheckState.Unchecked)
            self.columns.addItem(item)

    def _lay_out(self) -> None:
        browse = QPushButton(tr("Choose…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._on_browse)
        where = QHBoxLayout()
        where.addWidget(self.path, 1)
        where.addWidget(browse)
        form = QFormLayout()
        form.addRow(tr("F&ormat"), self.kind)
        label = QLabel(tr("&File"))
        label.setBuddy(self.path)
        form.addRow(label, where)
        self.go = named(QPushButton(tr("Export")), "primary")
        self.go.clicked.connect(self._on_go)
        foot = leave_or_go(self, tr("Close"), self.go)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(10)
        box.addWidget(text_label(tr("Export orders"), "title"))
        box.addWidget(self.everything)
        box.addWidget(self.selection)
        box.addWidget(text_label(tr("Columns, in their order: drag to move"), "section"))
        box.addWidget(self.columns, 1)
        box.addLayout(form)
        box.addWidget(self._fault)
        box.addLayout(foot)

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        text = self.path.text().strip()
        if text:
            self.path.setText(str(Path(text).with_suffix(_ENDINGS[kind])))

    @Slot()
    def _on_browse(self) -> None:
        chooser = QFileDialog(self, tr("Export orders"), self.path.text())
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilters(["Excel (*.xlsx)", "CSV (*.csv)"])
        chooser.setDefaultSuffix(_ENDINGS[self.kind.currentText()][1:])
        chooser.fileSelected.connect(self._on_path_chosen)
        chooser.open()

    @Slot(str)
    def _on_path_chosen(self, path: str) -> None:
        self.path.setText(path)
        kind = next((name for name, ending in _ENDINGS.items() if path.lower().endswith(ending)), None)
        if kind is not None:
            self.kind.setCurrentText(kind)

    def chosen_columns(self) -> tuple[str, ...]:
        """Return the headings that are ticked, from the top."""
        items = [self.columns.item(row) for row in range(self.columns.count())]
        return tuple(i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() is Qt.CheckState.Checked)

    @Slot()
    def _on_go(self) -> None:
        path, columns = Path(self.path.text().strip()), self.chosen_columns()
        fault = ""
        if not columns:
            fault = str(NO_COLUMN)
        elif path.suffix.lower() not in _ENDINGS.values():
            fault = str(WRONG_ENDING.with_params(name=path.name))
        elif not path.parent.is_dir():
            fault = str(NO_FOLDER.with_params(name=path.name))
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))
        if fault:
            return
        self._settings.setValue(_COLUMNS_KEY, list(columns))
        self._settings.setValue(_FOLDER_KEY, str(path.absolute().parent))
        self.export_requested.emit(ExportChoice(path, columns, self.selection.isChecked()))
        self.accept()
