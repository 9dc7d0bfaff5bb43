"""The board: today, what is stuck, what can be filled, what comes back; read while somebody looks at it."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from warehouse_desk.common.clock import local_day, now_utc
from warehouse_desk.common.messages import tr
from warehouse_desk.domain.orders.transitions import Action, ability_of
from warehouse_desk.domain.reports import LYING_LIMITS, ReturnsReport, ShortsReport, StuckReport, TodayReport
from warehouse_desk.domain.results import ChangeSet
from warehouse_desk.domain.status import Status, status_name
from warehouse_desk.ui.bidi import leading_edge
from warehouse_desk.ui.board import wording
from warehouse_desk.ui.board.board_controller import BoardController, BoardPart
from warehouse_desk.ui.board.cards import BoardCard, HoursCard, LyingCard, RatesCard, ShortsCard, WorkersCard
from warehouse_desk.ui.board.tiles import StatusTile
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.widgets.make import text_label
from warehouse_desk.ui.workplace import Workplace

EVERY_MS = 60_000
"""How often the board is read anew while it is looked at (ms)."""
REST_MS = 3_000
"""Changes of the station's own are shown at most this late, and read at most this often (ms)."""
_WIDE = 980
"""From this width on (px) cards stand three in a row."""
_ONE_ROW = 900
"""From this width on (px) the nine tiles stand in one row."""


class BoardPage(QFrame):
    """A page of cards; every number opens the orders behind it."""

    orders_requested = Signal(str, object)
    """A title and the ids of orders (a tuple), or a ``Status``."""
    back_in_stock_requested = Signal(object)
    """The ids of the orders out of stock to take up again."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = workplace.station
        self.setObjectName("board")
        self._columns = (0, 0)
        self.controller = BoardController(workplace, self)
        self._when = text_label("", "muted")
        self._when.setAlignment(leading_edge())
        self._fault = text_label("", "fault", wrap=True)
        self._fault.hide()
        self.refresh_button = QPushButton(tr("Refresh"))
        self.tiles = {status: StatusTile(status) for status in Status}
        self.hours, self.workers, self.shorts = HoursCard(), WorkersCard(), ShortsCard()
        self.lying = tuple(
            LyingCard(status, int(limit.total_seconds()) // 3600) for status, limit in LYING_LIMITS.items()
        )
        self.cities = RatesCard(tr("Return rate by city, 30 days"))
        self.companies = RatesCard(tr("Return rate by company, 30 days"))
        self._lay_out()
        self._set_up_timers()
        workplace.changes.orders_changed.connect(self._on_changes)
        workplace.station.changed.connect(self._on_station)
        self._connect()
        self.retint()
        self._on_station()

    @property
    def cards(self) -> tuple[BoardCard, ...]:
        """All cards, in reading order."""
        return (self.hours, self.workers, *self.lying, self.shorts, self.cities, self.companies)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(text_label(tr("Dashboard"), "title"))
        head.addSpacing(8)
        head.addWidget(self._when, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.refresh_button)
        content = QWidget()
        self._tile_grid, self._card_grid = QGridLayout(), QGridLayout()
        self._tile_grid.setSpacing(8)
        self._card_grid.setSpacing(8)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(2, 0, 2, 4)
        inside.setSpacing(8)
        inside.addWidget(self._fault)
        inside.addLayout(self._tile_grid)
        inside.addLayout(self._card_grid)
        inside.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        self.area = area
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 2, 4, 0)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(area, 1)
        self._arrange(_WIDE)

    def _arrange(self, width: int) -> None:
        """Place tiles and cards for a width, where that changes anything."""
        columns = (9 if width >= _ONE_ROW else 5, 3 if width >= _WIDE else 2)
        if columns == self._columns:
            return
        self._columns = columns
        for place, tile in enumerate(self.tiles.values()):
            self._tile_grid.addWidget(tile, place // columns[0], place % columns[0])
        for place in range(9):
            self._tile_grid.setColumnStretch(place, 1 if place < columns[0] else 0)
        packed, waiting = self.lying
        spots = (
            ((self.hours, 0, 0, 4), (self.workers, 0, 4, 2), (packed, 1, 0, 2), (waiting, 1, 2, 2),
             (self.shorts, 1, 4, 2), (self.cities, 2, 0, 3), (self.companies, 2, 3, 3))
            if columns[1] == 3  # noqa: PLR2004 - cards in a row
            else ((self.hours, 0, 0, 6), (self.workers, 1, 0, 3), (self.shorts, 1, 3, 3), (packed, 2, 0, 3),
                  (waiting, 2, 3, 3), (self.cities, 3, 0, 3), (self.companies, 3, 3, 3))
        )  # fmt: skip
        for card, row, column, span in spots:
            self._card_grid.addWidget(card, row, column, 1, span)
        for place in range(6):
            self._card_grid.setColumnStretch(place, 1)
            self._card_grid.setColumnMinimumWidth(place, 1)

    def _set_up_timers(self) -> None:
        self._poll = QTimer(self)
        self._poll.setInterval(EVERY_MS)
        self._poll.timeout.connect(self.refresh)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._on_rested)

    def _connect(self) -> None:
        self.refresh_button.clicked.connect(self.refresh)
        self.controller.answered.connect(self._on_report)
        self.controller.failed.connect(self._on_failed)
        self.controller.finished.connect(self._on_finished)
        for tile in self.tiles.values():
            tile.clicked.connect(self._on_tile)
        for card in self.cards:
            card.orders_requested.connect(self.orders_requested)
        self.shorts.back_in_stock_requested.connect(self.back_in_stock_requested)

    @Slot()
    def _on_station(self) -> None:
        """Offer what the worker may do, and show the figures of the station."""
        ability = ability_of(Action.BACK_IN_STOCK)
        self.shorts.set_may_act(self._station.may(ability), self._station.why_not(ability))
        if self.isVisible():
            self.refresh()

    def retint(self) -> None:
        """Draw the icons anew for another scheme."""
        self.refresh_button.setIcon(icon("refresh"))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Ask for as much as the screen gives."""
        return QSize(960, 560)

    @Slot()
    def refresh(self) -> None:
        """Read everything anew."""
        self.refresh_button.setEnabled(False)
        self.controller.read(BoardPart)

    @Slot(object)
    def _on_changes(self, _changes: ChangeSet) -> None:
        # Not begun anew by each change: where somebody scans without rest, the board still follows.
        if self.isVisible() and not self._rest.isActive():
            self._rest.start()

    @Slot()
    def _on_rested(self) -> None:
        self.controller.read((BoardPart.TODAY, BoardPart.STUCK, BoardPart.SHORTS))

    @Slot(object, object)
    def _on_report(self, _part: BoardPart, report: object) -> None:
        self._fault.hide()
        if isinstance(report, TodayReport):
            self._show_today(report)
        elif isinstance(report, StuckReport):
            for card in self.lying:
                card.show_report(report)
        elif isinstance(report, ShortsReport):
            self.shorts.show_report(report)
        elif isinstance(report, ReturnsReport):
            self.cities.show_rates(report.cities, report)
            self.companies.show_rates(report.companies, report)

    def _show_today(self, report: TodayReport) -> None:
        for figure in report.statuses:
            self.tiles[figure.status].show_orders(figure.orders)
        self.hours.show_report(report)
        self.workers.show_report(report)

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._fault.setText(tr("The dashboard cannot be read now: {reason}", reason=sentence))
        self._fault.show()
        self.refresh_button.setEnabled(True)

    @Slot()
    def _on_finished(self) -> None:
        now = now_utc()
        day, time = wording.weekday_text(local_day(now)), wording.clock_text(now)
        self._when.setText(tr("{day} · read at {time}", day=day, time=time))
        self.refresh_button.setEnabled(True)

    @Slot()
    def _on_tile(self) -> None:
        tile = self.sender()
        if isinstance(tile, StatusTile):
            self.hours.ask_for(tr("“{status}” today", status=status_name(tile.status)), tile.orders)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's own name
        """Read at once and from then on every minute."""
        super().showEvent(event)
        self._poll.start()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's own name
        """Leave the database alone while nobody looks."""
        self._poll.stop()
        self._rest.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Place the cards for the new width."""
        super().resizeEvent(event)
        self._arrange(self.width())
