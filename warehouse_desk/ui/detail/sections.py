"""The parts of an order's details, each a small block with a heading."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from warehouse_desk.common.formats import day_text, moment_text
from warehouse_desk.common.messages import Message, current_language, listed, msg, tr
from warehouse_desk.domain.money import money_text
from warehouse_desk.domain.orders.leaving import PRINT_AGAIN, is_outdated
from warehouse_desk.domain.orders.order import OrderDetail, OrderEvent, OrderFacts
from warehouse_desk.domain.orders.transitions import Action, action_name
from warehouse_desk.domain.phone import readable_phone
from warehouse_desk.domain.status import status_name
from warehouse_desk.ui.bidi import in_order, leading_edge
from warehouse_desk.ui.icons import icon_pixmap
from warehouse_desk.ui.theme import tokens
from warehouse_desk.ui.widgets.make import named

_ICON = 18


def detail_sections(detail: OrderDetail) -> QWidget:
    """Return all parts of an order, one below the other."""
    page = QWidget()
    box = QVBoxLayout(page)
    box.setContentsMargins(16, 4, 16, 16)
    box.setSpacing(14)
    for part in (_warning(detail), _customer(detail), _products(detail), _journey(detail), _life_line(detail)):
        if part is not None:
            box.addWidget(part)
    box.addStretch(1)
    return page


def _text(words: str, name: str = "", *, strong: bool = False) -> QLabel:
    label = QLabel(words)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setAlignment(leading_edge() | Qt.AlignmentFlag.AlignTop)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    if strong:
        font = label.font()
        font.setBold(True)
        label.setFont(font)
    return label


def _block(title: Message) -> tuple[QWidget, QGridLayout]:
    block = QWidget()
    grid = QGridLayout(block)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(5)
    grid.addWidget(_text(str(title), "section"), 0, 0, 1, 3)
    line = QFrame(frameShape=QFrame.Shape.HLine, frameShadow=QFrame.Shadow.Plain)
    line.setStyleSheet(f"color: {tokens().line};")
    grid.addWidget(line, 1, 0, 1, 3)
    return block, grid


def _sign(name: str) -> QLabel:
    label = QLabel()
    label.setPixmap(icon_pixmap(name, tokens().muted, _ICON, label.devicePixelRatioF()))
    label.setFixedWidth(_ICON + 4)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label


def _warning(detail: OrderDetail) -> QWidget | None:
    facts = detail.facts
    said = []
    if facts.held:
        said.append(tr("On hold: {reason}", reason=facts.hold_reason or "-"))
    if is_outdated(facts):
        said.append(str(PRINT_AGAIN))
    if facts.recount and facts.hand_over_id is None:
        said.append(tr("Its products were changed after it was packed. Count it again."))
    if facts.cancel_reason:
        said.append(tr("Canceled: {reason}", reason=facts.cancel_reason))
    if not said:
        return None
    return _text("\n".join(said), "fault", strong=True)


def _customer(detail: OrderDetail) -> QWidget:
    block, grid = _block(msg("Customer"))
    phones = [in_order(readable_phone(phone)) for phone in (detail.phone, detail.second_phone) if phone]
    where = listed(part for part in (detail.address, detail.area) if part)
    rows = [
        ("person", detail.full_name, True),
        ("phone", "\n".join(phones), True),
        ("place", f"{detail.city}\n{where}" if where else detail.city, False),
        ("mail", in_order(detail.email or ""), False),
        ("note", detail.notes or "", False),
    ]
    for icon_name, words, strong in rows:
        if words:
            row = grid.rowCount()
            grid.addWidget(_sign(icon_name), row, 0)
            grid.addWidget(_text(words, strong=strong), row, 1, 1, 2)
    grid.setColumnStretch(1, 1)
    return block


def _products(detail: OrderDetail) -> QWidget:
    block, grid = _block(msg("Products"))
    for line in detail.lines:
        row = grid.rowCount()
        grid.addWidget(_text(f"{line.quantity} ×", strong=True), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_text(f"{line.product_name}\n{in_order(line.sku)}"), row, 1)
        amount = QLabel(
            in_order(money_text(line.total)), alignment=Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop
        )
        grid.addWidget(amount, row, 2)
    lines_total = sum(line.total for line in detail.lines)
    row = grid.rowCount()
    if lines_total != detail.total:
        grid.addWidget(_text(tr("Fees or discount"), "muted"), row, 0, 1, 2)
        grid.addWidget(_amount(detail.total - lines_total), row, 2)
        row += 1
    grid.addWidget(_text(tr("To collect"), strong=True), row, 0, 1, 2)
    grid.addWidget(named(_amount(detail.total), "big"), row, 2)
    fees = tr("paid by the customer") if detail.is_fees_paid_by_customer else tr("not paid by the customer")
    row += 1
    grid.addWidget(_text(tr("Delivery fees"), "muted"), row, 0, 1, 2)
    grid.addWidget(QLabel(fees, alignment=Qt.AlignmentFlag.AlignTrailing), row, 2)
    grid.setColumnStretch(1, 1)
    return block


def _amount(centimes: int) -> QLabel:
    return QLabel(in_order(money_text(centimes)), alignment=Qt.AlignmentFlag.AlignTrailing)


def _journey(detail: OrderDetail) -> QWidget | None:
    facts = detail.facts
    rows: list[tuple[str, str | None]] = [
        (tr("Tracking number"), facts.tracking_number),
        (tr("Shipment way"), detail.way_name(current_language().code)),
        (tr("Shipping company"), detail.shipping_company),
        (tr("Leaves from"), source_words(facts)),
        (tr("Delivery person"), detail.delivery_person),
        (tr("From warehouse"), detail.warehouse),
        (tr("Pickup sheet"), None if facts.hand_over_id is None else str(facts.hand_over_id)),
        (tr("Packed on"), _day(facts.packed_on)),
        (tr("Shipped on"), _day(facts.shipped_on)),
        (tr("Delivered on"), _day(facts.delivered_on)),
        (tr("Returned on"), _day(facts.returned_on)),
        (tr("Attempt"), str(facts.attempt) if facts.attempt > 1 else None),
        (tr("Labels printed"), str(facts.label_count) if facts.label_count else None),
    ]
    shown = [(name, value) for name, value in rows if value]
    if not shown:
        return None
    block, grid = _block(msg("Journey"))
    for name, value in shown:
        row = grid.rowCount()
        grid.addWidget(_text(name, "muted"), row, 0, 1, 2)
        grid.addWidget(QLabel(value, alignment=Qt.AlignmentFlag.AlignTrailing), row, 2)
    grid.setColumnStretch(1, 1)
    return block


def source_words(facts: OrderFacts) -> str | None:
    """Say whose stock an order leaves that was pushed to a company."""
    if facts.from_stock is None:
        return None
    return tr("the company's own stock") if facts.from_stock else tr("our warehouse")


def _day(day: date | None) -> str | None:
    return None if day is None else in_order(day_text(day))


def _life_line(detail: OrderDetail) -> QWidget:
    block, grid = _block(msg("History"))
    for event in reversed(detail.events):
        row = grid.rowCount()
        grid.addWidget(_sign(_event_icon(event)), row, 0)
        grid.addWidget(_text(_event_words(event)), row, 1, 1, 2)
    grid.setColumnStretch(1, 1)
    return block


_ICONS = {Action.RESTOCK.value: "back-in-stock", Action.WRITE_OFF.value: "delete"}
"""The signs of what is no step and has no icon of its own name."""


def _event_icon(event: OrderEvent) -> str:
    if event.kind in _ICONS:
        return _ICONS[event.kind]
    return event.kind if event.kind in {action.value for action in Action} else "clock"


def _event_words(event: OrderEvent) -> str:
    known = {action.value: action for action in Action}
    name = str(action_name(known[event.kind])) if event.kind in known else event.kind
    if event.status_before is not event.status_after:
        name = f"{name} → {status_name(event.status_after)}"
    where = " · ".join(_filled((in_order(moment_text(event.at)), event.user_name, event.station_name)))
    return "\n".join(_filled((name, where, event.reason or "")))


def _filled(parts: Iterable[str]) -> list[str]:
    return [part for part in parts if part]
