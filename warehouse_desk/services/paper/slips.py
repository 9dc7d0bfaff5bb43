"""Packing slips: one A4 page for each order, to be put into its parcel."""

import io
from collections.abc import Callable, Sequence

from warehouse_desk.common.messages import msg
from warehouse_desk.data import shared_settings
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.data.paper.parcels import parcels_of
from warehouse_desk.documents.slip import render_packing_slips
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.services.orders.absent import why_absent
from warehouse_desk.services.paper.label_specs import paper_sender, spec_of
from warehouse_desk.services.paper.paper_file import PaperFile
from warehouse_desk.services.subject import Subject

MAX_SLIPS = 1_000
"""Packing slips of one file."""


class Slips(Subject):
    """Packing slips."""

    def make(self, keys: Sequence[int | str], *, cancelled: Callable[[], bool] = lambda: False) -> PaperFile:
        """Return one A4 page for each order; printing slips changes no order.

        Raises:
            NotAllowed: the role lacks ``view``.
            WrongUsage: more than 1,000 orders.
            NothingToPrint: none of the orders exists, or it was cancelled before the first.
        """
        self.context.caller.require(Ability.VIEW)
        if len(keys) > MAX_SLIPS:
            raise WrongUsage(
                msg(
                    "Too many orders for one file: at most {limit} slips. Print them in parts.",
                    limit=MAX_SLIPS,
                )
            )
        with self.context.database.read() as uow:
            facts = order_facts.facts_of(uow, keys, lock=False)
            parcels = parcels_of(uow, list({each.id for each in facts.values() if not each.deleted}))
            sender = paper_sender(shared_settings.read(uow).sender)
            missing = tuple(
                why_absent(uow, key, facts.get(key), self.context.today())
                for key in keys
                if key not in facts or facts[key].deleted
            )
        found = dict.fromkeys(facts[key].id for key in keys if key in facts and facts[key].id in parcels)
        to = io.BytesIO()
        specs = (spec_of(parcels[number], sender, self.context.today()) for number in found)
        count = render_packing_slips(specs, to, cancelled=cancelled)
        return PaperFile(to.getvalue(), count, missing)
