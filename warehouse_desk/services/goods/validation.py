"""What people may enter as SKU or barcode, so that a scan means one product."""

from collections.abc import Sequence

from warehouse_desk.common.codes import gtin_forms, plain_code
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.goods import products
from warehouse_desk.domain.directories.entries import MAX_BARCODE
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.fields import MAX_AMOUNT
from warehouse_desk.domain.orders.drafts import MAX_NAME
from warehouse_desk.services.directories.validation import entered, in_use
from warehouse_desk.wedge.grammar import Grammar, Kind, is_reserved

SKU, BARCODE = msg("SKU"), msg("Barcode")


def entered_sku(text: str) -> str:
    """Return a SKU that a scanner's answer cannot confuse with anything else.

    Raises:
        WrongUsage: it is empty, too long, or reads as a command of the desk or the reference of an order.
    """
    return _unlike_others(SKU, entered(SKU, text, MAX_NAME))


def entered_barcode(text: str) -> str:
    """Return a barcode as readings of it arrive: in plain characters and upper case.

    Raises:
        WrongUsage: it is empty, too long, or reads as a command of the desk or the reference of an order.
    """
    return _unlike_others(BARCODE, entered(BARCODE, plain_code(text), MAX_BARCODE).upper())


def _unlike_others(label: Message, text: str) -> str:
    if is_reserved(text):
        raise WrongUsage(
            msg(
                "{what}: “{text}” begins like an action code of the program (XCX, XUX, XSX). Choose another one.",
                what=label,
                text=text,
            )
        )
    if Grammar().kind_of(text.upper()) is Kind.ORDER:
        raise WrongUsage(
            msg("{what}: “{text}” looks like an order’s reference. Choose another one.", what=label, text=text)
        )
    return text


def entered_pieces(pieces: int) -> int:
    """Return how many pieces a barcode stands for.

    Raises:
        WrongUsage: not 1 to 999,999.
    """
    if not 1 <= pieces <= MAX_AMOUNT:
        raise WrongUsage(bad_quantity(pieces))
    return pieces


def bad_quantity(quantity: int) -> Message:
    """Return the sentence for a number of pieces that nobody can mean."""
    return msg("The quantity {quantity} is not a whole number from 1 to {limit}.", quantity=quantity, limit=MAX_AMOUNT)


def check_sku_free(uow: UnitOfWork, sku: str, own_sku: str = "") -> None:
    """Refuse a SKU by which a scan could mean two products.

    Raises:
        WrongUsage: it is another product's SKU, case aside, or barcode.
    """
    taken = products.same_sku(uow, sku)
    if taken is not None and taken != own_sku:
        raise WrongUsage(in_use(taken))
    owner = products.owner_of_barcode(uow, [sku, *gtin_forms(sku)])
    if owner is not None and owner[1] != own_sku:
        raise WrongUsage(BARCODE_TAKEN.with_params(code=owner[0], sku=owner[1]))


def check_barcodes_free(uow: UnitOfWork, codes: Sequence[str], own_sku: str) -> None:
    """Refuse barcodes that a product carries already, in either form of a GTIN, and those that are another's SKU.

    Raises:
        WrongUsage: one of them is taken.
    """
    owner = products.owner_of_barcode(uow, [form for code in codes for form in (code, *gtin_forms(code))])
    if owner is not None:
        raise WrongUsage(BARCODE_TAKEN.with_params(code=owner[0], sku=owner[1]))
    for code in codes:
        named = products.same_sku(uow, code)
        if named is not None and named != own_sku:
            raise WrongUsage(IS_A_SKU.with_params(code=named))


IS_A_SKU = msg("{code} is the SKU of another product. Choose another barcode.")
BARCODE_TAKEN = msg("The barcode {code} already belongs to {sku}. Choose another one.")
