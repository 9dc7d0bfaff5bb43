"""The window of the tokens with which programs use the REST API."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.clock import local_day
from warehouse_desk.common.formats import day_text, moment_text
from warehouse_desk.common.messages import listed, msg, tr
from warehouse_desk.domain.people.access import TokenInfo, abilities_in_order, token_state
from warehouse_desk.ui.bidi import in_order
from warehouse_desk.ui.widgets.make import text_label
from warehouse_desk.ui.widgets.plain_table import Verb, fit_columns, plain_table, verb_buttons

_HEADINGS = (msg("Name"), msg("State"), msg("May"), msg("Last used"), msg("Valid until"), msg("Token"))
_MAY = 2

VERBS: tuple[Verb, ...] = (
    ("add", msg("Make a token…"), "plus"),
    ("rotate", msg("Rotate…"), "refresh"),
    ("revoke", msg("Revoke…"), "close"),
)


class TokensDialog(QDialog):
    """A table with its buttons beside it. It is opened, never executed."""

    action_requested = Signal(str, object)
    """What is wanted (see ``VERBS``), and the ``TokenInfo`` that is chosen, if any."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("API tokens"))
        self.resize(1000, 560)
        self._tokens: tuple[TokenInfo, ...] = ()
        self._now: datetime | None = None
        self.table = plain_table(tr("API tokens"), _HEADINGS)
        self.table.setWordWrap(False)
        fit_columns(self.table, _MAY)
        self.table.itemSelectionChanged.connect(self._on_chosen)
        self.buttons, side = verb_buttons(VERBS, self._ask)
        self.fault = text_label(role="fault", wrap=True)
        leave = QPushButton(tr("Close"), autoDefault=False)
        leave.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.fault, 1)
        foot.addWidget(leave)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.table, 1)
        row.addLayout(side)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(text_label(self.windowTitle(), "title"))
        about = tr(
            "With a token, a program uses the REST API of this station's server. Make one token "
            "for each program, with only the rights it needs."
        )
        box.addWidget(text_label(about, "muted", wrap=True))
        box.addLayout(row, 1)
        box.addLayout(foot)
        self._on_chosen()

    def show_tokens(self, found: Sequence[TokenInfo], now: datetime) -> None:
        """Show tokens; the one that was chosen stays chosen."""
        before = self.chosen()
        self._tokens, self._now = tuple(found), now
        self.fault.clear()
        self.table.setRowCount(len(self._tokens))
        for row, info in enumerate(self._tokens):
            for column, text in enumerate(_cells(info, now)):
                item = QTableWidgetItem(text)
                if column == _MAY:
                    item.setToolTip("\n".join((*abilities_in_order(info.abilities), *_bounds(info))))
                if not info.is_valid(now):
                    item.setForeground(self.palette().placeholderText())
                self.table.setItem(row, column, item)
        wanted = before.public_id if before is not None else ""
        self.choose(wanted)
        if self.chosen() is None and self._tokens:
            self.table.setCurrentCell(0, 0)
        self._on_chosen()

    def choose(self, public_id: str) -> None:
        """Choose a token by its id."""
        for row, info in enumerate(self._tokens):
            if info.public_id == public_id:
                self.table.setCurrentCell(row, 0)

    def chosen(self) -> TokenInfo | None:
        """Return the chosen token."""
        rows = self.table.selectionModel().selectedRows()
        return self._tokens[rows[0].row()] if rows and rows[0].row() < len(self._tokens) else None

    @Slot()
    def _on_chosen(self) -> None:
        info = self.chosen()
        is_valid = info is not None and self._now is not None and info.is_valid(self._now)
        for verb, button in self.buttons.items():
            button.setEnabled(verb == "add" or is_valid)

    def _ask(self, verb: str) -> None:
        self.action_requested.emit(verb, self.chosen())


def _cells(info: TokenInfo, now: datetime) -> tuple[str, ...]:
    return (
        info.name,
        str(token_state(info, now)),
        listed(abilities_in_order(info.abilities)),
        tr("Never") if info.last_used_at is None else in_order(moment_text(info.last_used_at)),
        in_order(day_text(local_day(info.expires_at))),
        info.public_id,
    )


def _bounds(info: TokenInfo) -> tuple[str, ...]:
    """Return what a token is bound to besides, a line each."""
    return tuple(
        line
        for line in (
            info.user_name and tr("User: {name}", name=info.user_name),
            info.warehouse and tr("Warehouse: {name}", name=info.warehouse),
            info.networks and tr("Networks: {list}", list=listed(info.networks)),
        )
        if line
    )
