"""The three list cells of a row read together: products, pieces and unit prices."""

from collections.abc import Sequence
from typing import NamedTuple

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.orders.drafts import MAX_LINES
from warehouse_desk.sheets.amounts import format_amount, read_amount, read_quantity
from warehouse_desk.sheets.catalogues import SkuBook
from warehouse_desk.sheets.cells import Cell, Unreadable, cell_text, clean_text
from warehouse_desk.sheets.drafts import DraftLine
from warehouse_desk.sheets.lists import (
    SAFE_SEPARATOR,
    guess_list,
    pair_decimals,
    read_list,
    separator_of,
    split_list,
)


class Finding(NamedTuple):
    """What is wrong with one of the three cells; ``harmless`` ones do not stop the row."""

    column: str
    message: Message
    proposed: str = ""
    harmless: bool = False
    choices: tuple[str, ...] = ()
    """Texts of which a person must choose one."""


class ProductCells(NamedTuple):
    """The lines of an order, empty when a finding stops the row."""

    lines: tuple[DraftLine, ...]
    findings: tuple[Finding, ...]


def read_products(skus: Cell, quantities: Cell, prices: Cell, total: int | None, book: SkuBook) -> ProductCells:
    """Read the three cells; ``total`` in centimes, where known, tells which of several repairs is right."""
    text = clean_text(skus)
    separator = "" if book.status(text) is not None else separator_of(text)
    names = split_list(text, separator)
    if not names:
        return ProductCells((), (Finding("skus", msg("There is no product.")),))
    if len(names) > MAX_LINES:
        return ProductCells(
            (),
            (Finding("skus", msg("Too many products: {n} instead of {most} at most.", n=len(names), most=MAX_LINES)),),
        )
    findings = _check_skus(skus, names, separator, book)
    pieces = _read_cell("quantities", quantities, separator, len(names))
    money = _read_cell("prices", prices, separator, len(names))
    findings += _list_findings(pieces, money, quantities, prices, total)
    if isinstance(pieces, Unreadable) or isinstance(money, Unreadable) or findings:
        return ProductCells((), tuple(findings))
    lines, findings = _lines(names, pieces, money, separator)
    return ProductCells(tuple(lines) if all(found.harmless for found in findings) else (), tuple(findings))


def write_products(lines: Sequence[DraftLine]) -> tuple[str, str, str]:
    """Return the three cells that :func:`read_products` reads back as these lines."""
    separator = SAFE_SEPARATOR if not any(SAFE_SEPARATOR in line.sku for line in lines) else "\n"
    return (
        separator.join(line.sku for line in lines),
        separator.join(str(line.quantity) for line in lines),
        separator.join(format_amount(line.unit_price) for line in lines),
    )


def _check_skus(cell: Cell, names: list[str], separator: str, book: SkuBook) -> list[Finding]:
    findings = []
    for position, name in enumerate(names):
        status = book.status(name) if name else None
        if status:
            continue
        if not name:
            findings.append(Finding("skus", msg("Product {n} of the list is empty.", n=position + 1)))
        elif status is None:
            meant = book.suggest(cell, name)
            proposed = separator.join([*names[:position], meant, *names[position + 1 :]]) if meant else ""
            findings.append(Finding("skus", _unknown(name, meant), proposed))
        else:
            findings.append(Finding("skus", msg("The product {sku} is not active.", sku=name)))
    return findings


def _unknown(name: str, suggestion: str) -> Message:
    if suggestion:
        return msg("There is no product {sku}. Perhaps {meant}?", sku=name, meant=suggestion)
    return msg("There is no product {sku}.", sku=name)


def _read_cell(column: str, cell: Cell, separator: str, count: int) -> list[Cell] | Unreadable:
    """Return the items of one list cell; a single product takes the cell as it is."""
    if count == 1:
        if separator and isinstance(cell, str):
            items = split_list(cell, separator if separator != "," or column == "quantities" else "")
            cell = items[0] if len(items) == 1 else cell
        return [cell]
    if column == "prices" and separator == "," and isinstance(cell, str):
        pairs = pair_decimals(cell, count)
        if pairs:
            return Unreadable(
                msg("“{value}” can be read in two ways. Use | between the prices.", value=cell),
                SAFE_SEPARATOR.join(pairs),
            )
    items_found = read_list(cell, separator, count)
    return items_found if isinstance(items_found, Unreadable) else list(items_found)


def _list_findings(
    pieces: list[Cell] | Unreadable,
    money: list[Cell] | Unreadable,
    quantities: Cell,
    prices: Cell,
    total: int | None,
) -> list[Finding]:
    findings = []
    if isinstance(pieces, Unreadable):
        known = None if isinstance(money, Unreadable) else money
        right = _confirmed(quantities, known, total) if pieces.proposed and known else ""
        findings.append(Finding("quantities", pieces.message, right or pieces.proposed))
    if isinstance(money, Unreadable):
        known = None if isinstance(pieces, Unreadable) else pieces
        right = money.proposed
        if right and len(guess_list(prices, len(known or ()))) > 1:
            # 199.25 was 199,25 or 199,250: only the order's total can tell, and a price is never guessed
            right = _confirmed(prices, known, total) if known else ""
        findings.append(Finding("prices", money.message, right))
    return findings


def _confirmed(cell: Cell, others: Sequence[Cell] | None, total: int | None) -> str:
    """Return the guess under which quantity times price adds up to the order's total, or ""."""
    if others is None or total is None:
        return ""
    for guess in guess_list(cell, len(others)):
        for one, two in ((guess, others), (others, guess)):
            numbers = [read_quantity(item) for item in one]
            amounts = [read_amount(item) for item in two]
            if _total(numbers, amounts) == total:
                return SAFE_SEPARATOR.join(guess)
    return ""


def _total(quantities: Sequence[int | Unreadable], amounts: Sequence[int | Unreadable]) -> int | None:
    total = 0
    for quantity, amount in zip(quantities, amounts, strict=True):
        if isinstance(quantity, Unreadable) or isinstance(amount, Unreadable):
            return None
        total += quantity * amount
    return total


def _in_list(column: str, items: Sequence[Cell], place: int, found: Unreadable, separator: str) -> Finding:
    """Return what is wrong with one item, its readings put into the whole cell."""

    def whole(text: str) -> str:
        texts = [cell_text(item) for item in items]
        return (separator or SAFE_SEPARATOR).join([*texts[:place], text, *texts[place + 1 :]])

    return Finding(
        column,
        found.message,
        whole(found.proposed) if found.proposed else "",
        choices=tuple(map(whole, found.choices)),
    )


def _lines(
    names: list[str], pieces: list[Cell], money: list[Cell], separator: str
) -> tuple[list[DraftLine], list[Finding]]:
    """Return the lines; the same SKU at the same price becomes one line."""
    lines: dict[tuple[str, int], int] = {}
    findings = []
    for place, (name, piece, price) in enumerate(zip(names, pieces, money, strict=True)):
        quantity, amount = read_quantity(piece), read_amount(price)
        if isinstance(quantity, Unreadable):
            findings.append(_in_list("quantities", pieces, place, quantity, separator))
        if isinstance(amount, Unreadable):
            findings.append(_in_list("prices", money, place, amount, separator))
        if isinstance(quantity, Unreadable) or isinstance(amount, Unreadable):
            continue
        if (name, amount) in lines:
            findings.append(
                Finding("skus", msg("{sku} is listed twice; its pieces were added up.", sku=name), harmless=True)
            )
        lines[name, amount] = lines.get((name, amount), 0) + quantity
    return [DraftLine(sku, quantity, amount) for (sku, amount), quantity in lines.items()], findings
