"""Runs of labels that are stored: the list, the files again, the same labels for a Zebra printer."""

from collections.abc import Iterator

from warehouse_desk.common.messages import msg
from warehouse_desk.data import shared_settings
from warehouse_desk.data.orders import facts
from warehouse_desk.data.paper import labels
from warehouse_desk.data.paper.parcels import parcels_of
from warehouse_desk.documents.label import LabelSpec
from warehouse_desk.documents.stock import Nudge
from warehouse_desk.documents.zpl import label_zpl
from warehouse_desk.domain.errors import NoLongerKept, NotFound, WrongUsage
from warehouse_desk.domain.paper.printing import LabelPrint, LabelRun
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.results import no_order
from warehouse_desk.services.context import Context
from warehouse_desk.services.paper.label_specs import paper_sender, roll_named, spec_of
from warehouse_desk.services.subject import Subject

MAX_RUNS = 1_000


class LabelRuns(Subject):
    """Labels that were made."""

    def newest(self, *, limit: int = 50, key: int | str | None = None) -> list[LabelRun]:
        """Return the newest runs of all orders, or of one order.

        Raises:
            NotAllowed: the role lacks ``generateLabels``.
            WrongUsage: a limit out of 1 to 1,000.
            NotFound: there is no such order.
        """
        self.context.caller.require(Ability.LABELS)
        if not 1 <= limit <= MAX_RUNS:
            raise WrongUsage(
                msg("Print jobs: enter a number from 1 to {limit}, not {number}.", number=limit, limit=MAX_RUNS)
            )
        with self.context.database.read() as uow:
            return labels.runs(uow, limit, None if key is None else _order_id(self.context, key))

    def pdf(self, run_id: int) -> bytes:
        """Return the stored PDF of a run, and note who takes it out again.

        Raises:
            NotAllowed: the role lacks ``generateLabels``.
            NotFound: there is no such run.
        """
        pdf = self.look_at(run_id)
        self.context.database.transact(lambda uow: labels.note_fetch(uow, self.context.signature(), run_id))
        return pdf

    def own_pdf(self, run_id: int | None = None) -> tuple[int, bytes]:
        """Return a run of this worker's own, the newest where none is named, with its PDF; noted as a fetch.

        Raises:
            NotAllowed: the role lacks ``generateLabels``.
            NotFound: there is no such run, or another made it.
            NoLongerKept: its file was removed.
        """
        caller = self.context.caller
        caller.require(Ability.LABELS)
        with self.context.database.read() as uow:
            number = labels.newest_run_of(uow, caller.user_id, run_id)
        if number is None:
            raise NotFound(msg("You have made no labels yet.")) if run_id is None else _no_run(run_id)
        return number, self.pdf(number)

    def look_at(self, run_id: int) -> bytes:
        """Return the stored PDF of a run to be shown on the screen, which is not noted.

        Raises:
            NotAllowed: the role lacks ``generateLabels``.
            NotFound: there is no such run.
            NoLongerKept: its file was removed.
        """
        self.context.caller.require(Ability.LABELS)
        with self.context.database.read() as uow:
            pdf = labels.file_of(uow, run_id)
            if pdf is None and labels.run_by_id(uow, run_id) is not None:
                raise NoLongerKept(
                    msg(
                        "The file of print job {number} is no longer kept. Print the labels of its orders "
                        "again with a reason.",
                        number=run_id,
                    )
                )
        if pdf is None:
            raise _no_run(run_id)
        return pdf

    def prints_of(self, key: int | str) -> list[LabelPrint]:
        """Return the labels made of an order in its present attempt, oldest first: who, when, where and why.

        Raises:
            NotAllowed: the role lacks ``generateLabels``.
            NotFound: there is no such order.
        """
        self.context.caller.require(Ability.LABELS)
        number = _order_id(self.context, key)
        with self.context.database.read() as uow:
            return labels.prints_of(uow, [number]).get(number, [])

    def zpl(self, run_id: int, *, nudge: Nudge | None = None, dpi: int | None = None) -> bytes:
        """Return the labels of a run as one ZPL II file; see :meth:`zpl_labels`."""
        return b"".join(self.zpl_labels(run_id, nudge=nudge, dpi=dpi))

    def zpl_labels(self, run_id: int, *, nudge: Nudge | None = None, dpi: int | None = None) -> Iterator[bytes]:
        """Yield the labels of a run as ZPL II, one after the other, with the orders as they are now.

        Raises:
            NotAllowed: the role lacks ``generateLabels``.
            NotFound: there is no such run.
            WrongUsage: its labels are for sheets.
        """
        self.context.caller.require(Ability.LABELS)
        with self.context.database.read() as uow:
            run = labels.run_by_id(uow, run_id)
            wanted = labels.orders_of_run(uow, run_id)
            parcels = parcels_of(uow, [order_id for order_id, _ in wanted])
            sender = paper_sender(shared_settings.read(uow).sender)
        if run is None:
            raise _no_run(run_id)
        day = run.at.astimezone().date()
        specs: list[LabelSpec] = [
            spec_of(parcels[order_id], sender, day, reprint=again) for order_id, again in wanted if order_id in parcels
        ]
        stock = roll_named(run.stock)
        return (label_zpl(spec, stock, nudge=nudge, dpi=dpi or run.dpi) for spec in specs)


def _no_run(run_id: int) -> NotFound:
    return NotFound(msg("There is no print job {number}. List the print jobs to see their numbers.", number=run_id))


def _order_id(ctx: Context, key: int | str) -> int:
    with ctx.database.read() as uow:
        found = facts.facts_of(uow, [key], lock=False).get(key)
    if found is None:
        raise NotFound(no_order(key))
    return found.id
