"""What a check of the database says of its stock, a sentence for each fault."""

from collections.abc import Iterator

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.goods import ledger_check


def ledger_faults(uow: UnitOfWork) -> list[Message]:
    """Return a sentence for each total that differs from the ledger and each row that cannot be right."""
    return [*_totals(uow), *_rows(uow)]


def _totals(uow: UnitOfWork) -> Iterator[Message]:
    for product, warehouse, total, kept, ledger in ledger_check.ledger_differences(uow):
        yield msg(
            "Product {product}, warehouse {warehouse}: {total} is {kept}, the stock history says {ledger}.",
            product=product,
            warehouse=warehouse or "-",
            total=total,
            kept=kept,
            ledger=ledger,
        )
    for sku, pieces in ledger_check.promised_below_nothing(uow):
        yield msg("{sku}: {pieces} pieces are reserved, fewer than none.", sku=sku, pieces=pieces)


def _rows(uow: UnitOfWork) -> Iterator[Message]:
    for sku, warehouse, kept, open_pieces in ledger_check.inspection_differences(uow):
        yield msg(
            "{sku} in {warehouse}: pieces in inspection: {kept}, but in returned orders: {open}.",
            sku=sku,
            warehouse=warehouse,
            kept=kept,
            open=open_pieces,
        )
    for reference, sku in ledger_check.settled_twice(uow):
        yield msg(
            "{reference}: more pieces of {sku} were restocked or written off than came back.",
            reference=reference,
            sku=sku,
        )
    for reference, attempt in ledger_check.left_twice(uow):
        yield msg(
            "{reference}: its goods left the stock, or came back to it, twice on attempt {attempt}.",
            reference=reference,
            attempt=attempt,
        )
