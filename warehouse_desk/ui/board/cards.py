"""The cards of the board: a heading, one number where there is one, and bars; each opens the orders behind it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from warehouse_desk.common.formats import count_text
from warehouse_desk.common.messages import msg, nmsg, tr
from warehouse_desk.domain.reports import (
    IDS_CAP,
    LyingFigure,
    OrderSet,
    RateFigure,
    RateList,
    ReturnsReport,
    ShortsReport,
    StuckReport,
    TodayReport,
)
from warehouse_desk.domain.status import Status, status_name
from warehouse_desk.ui.bidi import leading_edge
from warehouse_desk.ui.board import wording
from warehouse_desk.ui.board.plots import Bar, BarChart, Chart, ColumnChart
from warehouse_desk.ui.widgets.make import named, text_label

ROWS = 6
"""Bars of a card: what a supervisor acts on first."""


class BoardCard(QFrame):
    """A heading, a line about it, and a chart."""

    orders_requested = Signal(str, object)
    """A title and the ids of orders, or a ``Status``."""

    def __init__(self, title: str, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.chart = chart
        self._behind: list[tuple[str, OrderSet]] = []
        self._title = text_label(title, "section", wrap=True)
        self._title.setAlignment(leading_edge() | Qt.AlignmentFlag.AlignVCenter)
        self._note = text_label("", "muted")
        self.head = QHBoxLayout()
        self.head.addWidget(self._title, 1)
        self.head.addWidget(self._note)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(14, 10, 14, 10)
        self.body.setSpacing(6)
        self.body.addLayout(self.head)
        self.body.addWidget(chart)
        chart.show_bars((), tr("Reading…"))
        chart.chosen.connect(self._on_chosen)

    def note(self, text: str) -> None:
        """Say something about the whole card beside its heading."""
        self._note.setText(text)

    def show_bars(self, bars: Sequence[Bar], behind: Sequence[tuple[str, OrderSet]], empty: str) -> None:
        """Show bars and remember the title and the orders behind each."""
        self._behind = list(behind)
        self.chart.show_bars(bars, empty)

    @Slot(int)
    def _on_chosen(self, place: int) -> None:
        self.ask_for(*self._behind[place])

    def ask_for(self, title: str, orders: OrderSet) -> None:
        """Ask for the orders behind a number, saying so where they are more than a list names."""
        if not orders.ids:
            return
        if orders.count > len(orders.ids):
            shown, total = count_text(len(orders.ids)), count_text(orders.count)
            title = tr("{title} — {shown} of {total}", title=title, shown=shown, total=total)
        self.orders_requested.emit(title, orders.ids)


class HoursCard(BoardCard):
    """Steps of each hour of today."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Steps by hour"), ColumnChart(tr("Steps by hour"), parent), parent)

    def show_report(self, report: TodayReport) -> None:
        """Show today."""
        behind = [(tr("Steps from {hour}", hour=wording.clock_text(each.start)), each.orders) for each in report.hours]
        self.show_bars([wording.hour_bar(each) for each in report.hours], behind, tr("No step was done yet today."))
        number = count_text(report.steps)
        sentence = nmsg("{number} step today", "{number} steps today", report.steps, number=number)
        self.note(str(sentence) if report.steps else "")


class WorkersCard(BoardCard):
    """Steps of each worker today."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Steps by worker"), BarChart(tr("Steps by worker"), parent), parent)
        self.body.addStretch(1)

    def show_report(self, report: TodayReport) -> None:
        """Show today."""
        behind = [(tr("Steps of {name} today", name=wording.worker_name(each)), each.orders) for each in report.workers]
        self.show_bars([wording.worker_bar(each) for each in report.workers], behind, tr("Nobody has scanned yet."))
        self.note(str(nmsg("{n} worker", "{n} workers", len(report.workers))) if report.workers else "")


class LyingCard(BoardCard):
    """Parcels that lie in a status for too long."""

    def __init__(self, status: Status, hours: int, parent: QWidget | None = None) -> None:
        self.status = status
        title = tr("“{status}” for more than {hours} hours", status=status_name(status), hours=hours)
        super().__init__(title, BarChart(title, parent), parent)
        self.title = title
        self._orders = OrderSet()
        self.number = figure_button(title)
        self.number.clicked.connect(self._on_number)
        self.body.insertWidget(1, self.number, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addStretch(1)

    def show_report(self, report: StuckReport) -> None:
        """Show the parcels that lie longest."""
        figure = next(each for each in report.figures if each.status is self.status)
        self._show(figure, report)

    def _show(self, figure: LyingFigure, report: StuckReport) -> None:
        self._orders = figure.orders
        set_figure(self.number, figure.orders.count, self.title)
        rows = figure.longest[:ROWS]
        behind = [(each.reference, OrderSet(1, (each.id,))) for each in rows]
        self.show_bars([wording.lying_bar(each, report.taken_at) for each in rows], behind, tr("No parcel is late."))
        self.note(tr("the longest") if figure.orders.count > len(rows) else "")

    @Slot()
    def _on_number(self) -> None:
        self.ask_for(self.title, self._orders)


_FILLABLE = msg("Out of stock, can be filled now")


class ShortsCard(BoardCard):
    """Orders out of stock that can be filled now."""

    back_in_stock_requested = Signal(object)
    """The ids of the orders to take up again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(str(_FILLABLE), BarChart(tr("Products received"), parent), parent)
        self._orders = OrderSet()
        self._may_act = True
        self.number = figure_button(str(_FILLABLE))
        self.number.clicked.connect(self._on_number)
        self.waiting = named(QPushButton(), "link")
        self.waiting.setCursor(Qt.CursorShape.PointingHandCursor)
        self.waiting.clicked.connect(self._on_waiting)
        self.act = named(QPushButton(tr("Back in stock")), "primary")
        self.act.setEnabled(False)
        self.act.clicked.connect(self._on_act)
        line = QHBoxLayout()
        line.addWidget(self.number)
        line.addWidget(self.waiting)
        line.addStretch(1)
        self.body.insertLayout(1, line)
        self.body.addStretch(1)
        self.body.addWidget(self.act)

    def set_may_act(self, may: bool, why_not: str) -> None:
        """Offer the step only to who may do it; the tooltip says why not."""
        self._may_act = may
        self.act.setToolTip("" if may else why_not)

    def show_report(self, report: ShortsReport) -> None:
        """Show what can be filled."""
        self._orders = report.fillable
        set_figure(self.number, report.fillable.count, str(_FILLABLE))
        self.waiting.setText(tr("of {number} out of stock", number=count_text(report.waiting)))
        self.waiting.setVisible(report.waiting > 0)
        self.act.setEnabled(self._may_act and report.fillable.count > 0)
        rows = report.products[:ROWS]
        behind = [(tr("Can be filled: {sku}", sku=each.sku), each.orders) for each in rows]
        self.show_bars([wording.short_bar(each) for each in rows], behind, tr("No waiting order can be filled yet."))

    @Slot()
    def _on_number(self) -> None:
        self.ask_for(str(_FILLABLE), self._orders)

    @Slot()
    def _on_waiting(self) -> None:
        self.orders_requested.emit(str(status_name(Status.OUT_OF_STOCK)), Status.OUT_OF_STOCK)

    @Slot()
    def _on_act(self) -> None:
        self.act.setEnabled(False)  # until the report is read anew: the goods are promised once
        self.back_in_stock_requested.emit(self._orders.ids[:IDS_CAP])


class RatesCard(BoardCard):
    """Return rates, the worst first, against the rate of all parcels."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, BarChart(title, parent), parent)
        self._all = OrderSet()
        self._left_out = text_label("", "muted", wrap=True)
        self._left_out.setAlignment(leading_edge())
        self.whole = named(QPushButton(), "link")
        self.whole.setCursor(Qt.CursorShape.PointingHandCursor)
        self.whole.clicked.connect(self._on_whole)
        self.head.addWidget(self.whole)
        self.body.addStretch(1)
        self.body.addWidget(self._left_out)

    def show_rates(self, rates: RateList, report: ReturnsReport) -> None:
        """Show the worst rates; the dashed line is the rate of all parcels together."""
        own = wording.own_delivery()
        rows = rates.figures[:ROWS]
        behind = [(tr("Returned: {name}", name=wording.rate_name(each, own)), each.orders) for each in rows]
        empty = tr("Too few parcels were delivered or returned in the last 30 days.")
        self.show_bars([wording.rate_bar(each, own) for each in rows], behind, empty)
        assert isinstance(self.chart, BarChart)  # noqa: S101 - made above
        self.chart.set_mark(report.whole.rate if rows else None)
        self._show_whole(report.whole)
        self._left_out.setText(wording.left_out_text(rates, len(rows), report.least))

    def _show_whole(self, whole: RateFigure) -> None:
        self._all = whole.orders
        self.whole.setVisible(whole.sample > 0)
        self.whole.setText(tr("all: {rate}", rate=wording.percent_text(whole.rate)))
        sentence = wording.rate_bar(whole, tr("All parcels")).sentence
        self.whole.setToolTip(sentence)
        self.whole.setAccessibleName(sentence)

    @Slot()
    def _on_whole(self) -> None:
        self.ask_for(tr("Returned in 30 days"), self._all)


def figure_button(title: str) -> QPushButton:
    """Return a large number that can be pressed."""
    button = named(QPushButton("…"), "figure")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setAccessibleName(title)
    button.setEnabled(False)
    return button


def set_figure(button: QPushButton, number: int, title: str) -> None:
    """Show a number; one without orders behind it cannot be pressed."""
    button.setText(count_text(number))
    button.setAccessibleName(f"{title}: {number}")
    button.setToolTip(tr("Show these orders") if number else "")
    button.setEnabled(number > 0)
