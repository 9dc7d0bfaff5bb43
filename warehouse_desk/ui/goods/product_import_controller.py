"""Products from a file: read, shown what it would do, then added all or none."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QListWidget

from warehouse_desk.common.messages import msg, nmsg, tr
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.goods.forms import FormDialog
from warehouse_desk.ui.goods.goods_dialog_controller import GoodsDialogController
from warehouse_desk.ui.messages import Level
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.goods.product_import import ProductFile

_TOLD = 500
"""Problems listed at most: a file with more has one cause."""
_LIST_HEIGHT = 220


class ProductImportController(Controller):
    """One file at a time."""

    def __init__(self, workplace: Workplace, dialogs: GoodsDialogController) -> None:
        super().__init__(workplace, dialogs)
        self._dialogs = dialogs

    @Slot()
    def choose_file(self) -> None:
        """Ask for a file and read it."""
        title, kinds = tr("Import products"), tr("Lists of products (*.xlsx *.csv *.txt)")
        name, _kind = QFileDialog.getOpenFileName(self._window, title, "", kinds)
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a file and show what it would do."""
        if self._at_desk(lambda desk: desk.goods.product_import.read(path), done=self._show, key="goods.import"):
            self._messages.tell(tr("{name} is being read…", name=path.name), Level.INFO)

    def _show(self, file: "ProductFile") -> None:
        parts = [nmsg("{n} new product", "{n} new products", len(file.new))]
        if file.known:
            parts.append(msg("existing, unchanged: {known}", known=file.known))
        if file.pieces:
            parts.append(nmsg("{n} piece to receive", "{n} pieces to receive", file.pieces))
        about = " · ".join(map(str, parts))
        form = FormDialog(tr("Import {name}", name=file.name), tr("Import"), self._window, about=about)
        if file.pieces and not file.problems:
            station = self._station.current
            places = () if station is None else station.own_warehouses
            form.add_choice("warehouse", tr("&Received in"), [(f"{w.code} — {w.name}", w.id) for w in places], None)
        if file.problems:
            listed = QListWidget()
            listed.setAccessibleName(tr("Errors"))
            listed.setWordWrap(True)
            listed.setMinimumHeight(_LIST_HEIGHT)
            for number, problem in file.problems[:_TOLD]:
                listed.addItem(tr("Row {row}: {problem}", row=number, problem=problem))
            form.form.addRow(listed)
        self._dialogs.ask(form, lambda desk, values: desk.goods.product_import.store(file, values.get("warehouse")))
        if file.problems or not file.new:
            form.show_fault(
                tr("Correct these rows in the file and import it again: nothing was imported.")
                if file.problems
                else tr("There is nothing new in this file.")
            )
            form.save.setEnabled(False)
