"""Test pages: what a printer does to millimetres, dots and bars."""

import io

from warehouse_desk.documents.stock import Nudge
from warehouse_desk.documents.testpage import render_test_page, ruler_zpl
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.services.paper.label_specs import stock_named
from warehouse_desk.services.subject import Subject


class RulerPages(Subject):
    """Outlines, rulers and sample bars for a stock."""

    def pdf(self, stock: str, *, nudge: Nudge | None = None, dpi: int | None = None) -> bytes:
        """Return a page of outlines, rulers and sample bars for a stock, to see what a printer does.

        Raises:
            NotAllowed: the role lacks ``view``.
            WrongUsage: there is no such stock.
        """
        self.context.caller.require(Ability.VIEW)
        to = io.BytesIO()
        render_test_page(stock_named(stock), to, nudge=nudge, dpi=dpi)
        return to.getvalue()

    def zpl(self, stock: str, *, nudge: Nudge | None = None, dpi: int | None = None) -> bytes:
        """Return the first label of that page as ZPL II.

        Raises:
            NotAllowed: the role lacks ``view``.
            WrongUsage: there is no such stock.
        """
        self.context.caller.require(Ability.VIEW)
        return ruler_zpl(stock_named(stock), nudge=nudge, dpi=dpi)
