"""What was scanned: the last readings of a station, those that went wrong, and the undoing of one."""

from warehouse_desk.common.clock import day_start
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.data.scanning import scans
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.scanning.modes import mode_named
from warehouse_desk.domain.scanning.scans import PastScan
from warehouse_desk.services.context import Context
from warehouse_desk.services.requests import Stored, once, read_results, request_of, stored_results
from warehouse_desk.services.scanning import modes
from warehouse_desk.services.scanning.request import no_reading
from warehouse_desk.services.subject import Subject

MAX_LISTED = 500


class History(Subject):
    """What was scanned before."""

    def history(self, limit: int = 50) -> list[PastScan]:
        """Return the last readings of this station, newest first."""
        if self.context.caller.station_id is None:
            return []
        with self.context.database.read() as uow:
            return scans.last_scans(uow, self.context.caller.station_id, min(limit, MAX_LISTED))

    def exceptions(self) -> list[PastScan]:
        """Return today's readings of all stations that were refused, unknown or failed, newest first.

        Raises:
            NotAllowed: the role lacks ``viewReports``.
        """
        self.context.caller.require(Ability.VIEW_REPORTS)
        with self.context.database.read() as uow:
            return scans.not_done_since(uow, day_start(self.context.today()), MAX_LISTED)

    def undo(self, scan_id: str) -> ActionResult:
        """Take back what one reading did, with its stock effect: same worker, same station, within the minutes allowed.

        Raises:
            NotFound: no such reading.
            AnswerLost: it is perhaps done, and the database cannot be asked.
        """
        request = request_of("undo scan", [scan_id], None)
        return once(self.context, request, lambda uow: _undo(uow, self.context, scan_id), _stored, _read)


def _stored(result: ActionResult) -> Stored:
    return {"results": stored_results((result,))}


def _read(kept: Stored) -> ActionResult:
    (result,) = read_results(kept["results"])
    return result


def _undo(uow: UnitOfWork, ctx: Context, scan_id: str) -> ActionResult:
    past = scans.past_scan(uow, scan_id)
    if past is None:
        raise no_reading(scan_id)
    facts = None if past.order_id is None else order_facts.facts_by_id(uow, past.order_id, lock=True)
    refusal = _why_not(ctx, past)
    if refusal is not None or facts is None:
        return ActionResult(past.reference, Outcome.REFUSED, None, None, refusal or _NOTHING, past.order_id)
    result = modes.take_back(uow, ctx, past, facts)
    if result is None:
        return facts.answer(Outcome.REFUSED, _NOTHING)
    if result.outcome is Outcome.DONE:
        scans.mark_undone(uow, scan_id, ctx.now())
    return result


def _why_not(ctx: Context, past: PastScan) -> Message | None:
    if past.undone_at is not None:
        return msg("This scan was already undone.")
    mode = mode_named(past.mode)
    if past.outcome is not Outcome.DONE or mode is None or not mode.undoable:
        return _NOTHING
    caller = ctx.caller
    if (past.user_id, past.user_name) != (caller.user_id, caller.user_name) or past.station_id != caller.station_id:
        return msg(
            "{reference} was scanned by {who}: only this person can undo it. A supervisor can roll it back.",
            reference=past.reference,
            who=past.user_name or "-",
        )
    return None


_NOTHING = msg("This scan changed nothing that can be undone.")
