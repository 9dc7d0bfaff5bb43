"""Verify and pack (docs/rules.md#verification): every piece is scanned; the order is packed when none is missing."""

import json
from collections.abc import Mapping
from typing import Any

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.goods import codes
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.data.scanning import verification
from warehouse_desk.data.scanning.scans import StoredAnswer
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.scanning.scans import LineCount, PastScan, Verification
from warehouse_desk.services.context import Context
from warehouse_desk.services.orders import undo
from warehouse_desk.services.orders.steps import judge_and_write
from warehouse_desk.services.scanning.codes import not_an_order
from warehouse_desk.services.scanning.recount import count_again, count_once_more, is_counted_again
from warehouse_desk.services.scanning.request import ScanInMode
from warehouse_desk.services.subject import Subject


def verify_scan(scan: ScanInMode) -> StoredAnswer:
    """Answer a reading in the mode "Verify and pack": the label opens an order, each piece counts.

    Raises:
        WrongUsage: the worker is at no station.
    """
    uow, station = scan.uow, _station(scan.ctx)
    at_hand = _order_at_hand(uow, station)
    named = order_facts.facts_by_code(uow, scan.code, lock=True) if scan.code else None
    if named is not None and not named.deleted:
        return _open(scan, named, at_hand)
    found = codes.product_by_code(uow, scan.code) if scan.code else None
    if found is None:
        return StoredAnswer(not_an_order(scan))
    number, _sku, name, pieces = found
    if at_hand is None:
        message = msg("{name}: no order is open here. Scan the order's label first, then its pieces.", name=name)
        return StoredAnswer(ActionResult(scan.code, Outcome.REFUSED, None, None, message))
    return _count(scan, at_hand, number, name, pieces)


class PieceCounts(Subject):
    """The order whose pieces are scanned at this station."""

    def verification(self) -> Verification | None:
        """Return how far the order at this station has come, or None where none is open."""
        if self.context.caller.station_id is None:
            return None
        with self.context.database.read() as uow:
            order_id = verification.order_at(uow, self.context.caller.station_id)
            facts = order_facts.facts_by_id(uow, order_id, lock=False) if order_id is not None else None
            return verification.verification_of(uow, facts) if facts is not None and not facts.deleted else None

    def set_aside(self) -> Verification | None:
        """Leave the order with its counts, so that another can be opened; return how far it had come."""
        left = self.verification()
        station = _station(self.context)
        self.context.database.transact(lambda uow: verification.put_order_at(uow, station, None))
        return left


def take_pieces_back(uow: UnitOfWork, ctx: Context, past: PastScan, facts: OrderFacts) -> ActionResult:
    """Take the pieces of one reading out of the counts again; the order it packed is unpacked and open here again."""
    if past.status_before is not past.status_after:
        unpacked = undo.undo_in(uow, ctx, facts)
        if unpacked.outcome is not Outcome.DONE:
            return unpacked
        facts = order_facts.facts_by_id(uow, facts.id, lock=True) or facts
    detail: dict[str, Any] = json.loads(past.detail) if past.detail else {}
    if detail.get("counted_again"):
        facts = count_once_more(uow, ctx, facts)
    counted: Mapping[str, int] = detail.get("counted", {})
    verification.add_counts(uow, facts, {int(line_id): -pieces for line_id, pieces in counted.items()})
    verification.put_order_at(uow, _station(ctx), facts.id)
    progress = verification.verification_of(uow, facts)
    message = msg("Undone. {progress}", progress=_progress(progress))
    return facts.answer(Outcome.DONE, message)


def _station(ctx: Context) -> int:
    if ctx.caller.station_id is None:
        raise WrongUsage(msg("Pieces are counted at a station. Enter a name for the station in the settings."))
    return ctx.caller.station_id


def _order_at_hand(uow: UnitOfWork, station: int) -> OrderFacts | None:
    order_id = verification.order_at(uow, station)
    facts = order_facts.facts_by_id(uow, order_id, lock=True) if order_id is not None else None
    return None if facts is None or facts.deleted else facts


def _open(scan: ScanInMode, facts: OrderFacts, at_hand: OrderFacts | None) -> StoredAnswer:
    uow, station = scan.uow, _station(scan.ctx)
    progress = verification.verification_of(uow, facts)
    if at_hand is not None and at_hand.id == facts.id and not progress.complete:
        message = msg("{reference} is open here. {progress}", reference=facts.reference, progress=_progress(progress))
        return StoredAnswer(facts.answer(Outcome.ALREADY, message))
    if at_hand is not None and at_hand.id != facts.id:
        unfinished = _unfinished(uow, at_hand, facts)
        if unfinished is not None:
            return StoredAnswer(unfinished)
    judged = _may_pack(scan, facts, complete=progress.complete)
    if judged.outcome is not Outcome.DONE:
        return StoredAnswer(judged)
    if progress.complete:
        return _packed(scan, judged, progress, {})
    verification.put_order_at(uow, station, facts.id)
    message = msg("{reference} is open. {progress}", reference=facts.reference, progress=_progress(progress))
    return StoredAnswer(facts.answer(Outcome.DONE, message))


def _unfinished(uow: UnitOfWork, at_hand: OrderFacts, scanned: OrderFacts) -> ActionResult | None:
    """Refuse to open another order while pieces of the one at hand are missing: boxes get taped short that way."""
    progress = verification.verification_of(uow, at_hand)
    if progress.complete or not progress.counted:
        return None
    message = msg(
        "{reference} is not complete. {progress} Scan them, or scan NEXT to set it aside; then scan {wanted} again.",
        reference=at_hand.reference,
        progress=_progress(progress),
        wanted=scanned.reference,
    )
    return scanned.answer(Outcome.REFUSED, message)


def _may_pack(scan: ScanInMode, facts: OrderFacts, *, complete: bool) -> ActionResult:
    """Judge whether the order can be packed, or counted again, at all; with ``complete`` it is by that."""
    if is_counted_again(facts):
        return count_again(scan, facts, complete=complete)
    if complete:
        return judge_and_write(
            scan.uow, scan.signature, Action.PACK, [(facts.reference, facts)], scan.options, verified=True
        )[0]
    return judge_only(scan, Action.PACK, facts)


def judge_only(scan: ScanInMode, action: Action, facts: OrderFacts) -> ActionResult:
    """Return what a step would come to, without making it."""
    return judge_and_write(
        scan.uow, scan.signature, action, [(facts.reference, facts)], scan.options, verified=True, dry=True
    )[0]


def _count(scan: ScanInMode, facts: OrderFacts, product_id: int, name: str, pieces: int) -> StoredAnswer:
    uow = scan.uow
    judged = _may_pack(scan, facts, complete=False)
    if judged.outcome is not Outcome.DONE:
        verification.put_order_at(uow, _station(scan.ctx), None)
        return StoredAnswer(judged)
    before = verification.verification_of(uow, facts)
    lines = [line for line in before.lines if line.product_id == product_id]
    refusal = _wrong_piece(facts, lines, name, pieces, whole_lines=scan.request.whole_lines)
    if refusal is not None:
        return StoredAnswer(facts.answer(Outcome.REFUSED, refusal))
    more = _spread(lines, None if scan.request.whole_lines else pieces)
    verification.add_counts(uow, facts, more)
    after = verification.verification_of(uow, facts)
    if after.complete:
        done = _may_pack(scan, facts, complete=True)
        return _packed(scan, done, after, more)
    message = msg("{name}: counted. {progress}", name=name, progress=_progress(after))
    result = facts.answer(Outcome.DONE, message)
    return StoredAnswer(result, {"counted": {str(line): n for line, n in more.items()}})


def _packed(scan: ScanInMode, done: ActionResult, progress: Verification, more: Mapping[int, int]) -> StoredAnswer:
    if done.outcome is not Outcome.DONE:
        return StoredAnswer(done)
    verification.put_order_at(scan.uow, _station(scan.ctx), None)
    again = done.status_before is done.status_after
    said = _COUNTED_AGAIN if again else _PACKED
    message = said.with_params(reference=done.reference, pieces=progress.ordered)
    result = ActionResult(done.reference, Outcome.DONE, done.status_before, done.status_after, message, done.order_id)
    counted = {"counted": {str(line): n for line, n in more.items()}}
    return StoredAnswer(result, {**counted, "counted_again": True} if again else counted)


_PACKED = msg("{reference} is complete (pieces: {pieces}) and packed.")
_COUNTED_AGAIN = msg("{reference} is complete (pieces: {pieces}): counted again.")


def _wrong_piece(
    facts: OrderFacts, lines: list[LineCount], name: str, pieces: int, *, whole_lines: bool
) -> Message | None:
    if not lines:
        return msg("{name} does not belong to {reference}. Put it back.", name=name, reference=facts.reference)
    missing, ordered = sum(line.missing for line in lines), sum(line.ordered for line in lines)
    if missing == 0 or (pieces > missing and not whole_lines):
        return msg(
            "Too many of {name}. In {reference}: {wanted}, already counted: {counted}. Put back: {over}.",
            name=name,
            reference=facts.reference,
            wanted=ordered,
            counted=ordered - missing,
            over=max(1, pieces - missing),
        )
    return None


def _spread(lines: list[LineCount], pieces: int | None) -> dict[int, int]:
    """Spread pieces over the lines that miss some; None fills them all."""
    more: dict[int, int] = {}
    for line in lines:
        taken = line.missing if pieces is None else min(line.missing, pieces)
        if taken:
            more[line.line_id] = taken
            pieces = None if pieces is None else pieces - taken
    return more


_NAMED = 4


def _progress(progress: Verification) -> Message:
    """Say how many pieces were scanned and which are missing."""
    missing = [line for line in progress.lines if line.missing]
    named = [msg("{n} × {name}", n=line.missing, name=line.name) for line in missing[:_NAMED]]
    if len(missing) > _NAMED:
        named.append(msg("…"))
    return msg(
        "Pieces: {counted} of {wanted}. Missing: {missing}.",
        counted=progress.counted,
        wanted=progress.ordered,
        missing=named,
    )
