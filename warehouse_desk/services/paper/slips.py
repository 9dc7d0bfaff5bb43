"""Paper beside the labels: packing slips, product labels, test pages."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data import shared_settings
from warehouse_desk.data.directories import lookup
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.data.paper.parcels import parcels_of
from warehouse_desk.documents.errors import NothingToPrint
from warehouse_desk.documents.product_labels import ProductLabel, render_product_labels, why_not
from warehouse_desk.documents.retail import is_retail
from warehouse_desk.documents.slip import render_packing_slips
from warehouse_desk.documents.stock import Nudge
from warehouse_desk.documents.testpage import render_test_page, ruler_zpl
from warehouse_desk.domain.directories.entries import Product
from warehouse_desk.domain.errors import NotFound, WrongUsage
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.services.context import Context
from warehouse_desk.services.paper.label_specs import paper_sender, spec_of, stock_named

MAX_COPIES = 1_000
MAX_SLIPS = 1_000
"""Packing slips of one file."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF, how many things it shows, and what could not be put on it and why."""

    pdf: bytes
    count: int
    left_out: tuple[Message, ...] = ()


def packing_slips(ctx: Context, keys: Sequence[int | str], *, cancelled: Callable[[], bool] = lambda: False) -> Paper:
    """Return one A4 page for each order; printing slips changes no order.

    Raises:
        NotAllowed: the role lacks ``view``.
        WrongUsage: more than 1,000 orders.
        NothingToPrint: none of the orders exists, or it was cancelled before the first.
    """
    ctx.caller.require(Ability.VIEW)
    if len(keys) > MAX_SLIPS:
        raise WrongUsage(
            msg("These orders are too many for one file: at most {limit} slips. Print them in parts.", limit=MAX_SLIPS)
        )
    with ctx.database.read() as uow:
        facts = order_facts.facts_of(uow, keys, lock=False)
        parcels = parcels_of(uow, list({each.id for each in facts.values() if not each.deleted}))
        sender = paper_sender(shared_settings.read(uow).sender)
    found = dict.fromkeys(facts[key].id for key in keys if key in facts and facts[key].id in parcels)
    missing = tuple(
        msg("No order carries the code {code}. Check the label, or search for the customer.", code=str(key)[:64])
        for key in keys
        if key not in facts or facts[key].deleted
    )
    to = io.BytesIO()
    specs = (spec_of(parcels[number], sender, ctx.today()) for number in found)
    count = render_packing_slips(specs, to, cancelled=cancelled)
    return Paper(to.getvalue(), count, missing)


def ruler_page(ctx: Context, stock: str, *, nudge: Nudge | None = None, dpi: int | None = None) -> bytes:
    """Return a page of outlines, rulers and sample bars for a stock, to see what a printer does.

    Raises:
        NotAllowed: the role lacks ``view``.
        WrongUsage: there is no such stock.
    """
    ctx.caller.require(Ability.VIEW)
    to = io.BytesIO()
    render_test_page(stock_named(stock), to, nudge=nudge, dpi=dpi)
    return to.getvalue()


def ruler_label(ctx: Context, stock: str, *, nudge: Nudge | None = None, dpi: int | None = None) -> bytes:
    """Return the first label of that page as ZPL II.

    Raises:
        NotAllowed: the role lacks ``view``.
        WrongUsage: there is no such stock.
    """
    ctx.caller.require(Ability.VIEW)
    return ruler_zpl(stock_named(stock), nudge=nudge, dpi=dpi)


def product_labels(ctx: Context, skus: Sequence[str], *, copies: int = 1) -> Paper:
    """Return A4 sheets of product labels: each product's own EAN or UPC where it has one, else its SKU.

    Raises:
        NotAllowed: the role lacks ``view``.
        WrongUsage: copies out of 1 to 1,000, or no SKU.
        NotFound: there is no such product.
        NothingToPrint: no label could be printed.
    """
    ctx.caller.require(Ability.VIEW)
    if not 1 <= copies <= MAX_COPIES:
        raise WrongUsage(msg("{number} copies: give a number from 1 to {limit}.", number=copies, limit=MAX_COPIES))
    if not skus:
        raise WrongUsage(msg("No product was named. Name the SKUs of the products."))
    with ctx.database.read() as uow:
        known = {product.sku: product for product in lookup.products(uow)}
    for sku in skus:
        if sku not in known:
            raise NotFound(msg("There is no product {sku}. Choose one from the list of products.", sku=sku[:100]))
    labels = [_product_label(known[sku]) for sku in skus]
    left_out = tuple(reason for reason in map(why_not, labels) if reason is not None)
    good = [label for label in labels for _ in range(copies) if why_not(label) is None]
    if left_out and not good:
        raise NothingToPrint(left_out[0])
    to = io.BytesIO()
    render_product_labels(good, to)
    return Paper(to.getvalue(), len(good), left_out)


def _product_label(product: Product) -> ProductLabel:
    code = next(filter(is_retail, product.barcodes), product.barcodes[0] if product.barcodes else product.sku)
    return ProductLabel(product.name, product.sku, code)
