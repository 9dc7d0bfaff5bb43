"""One reading of the scanner: received in one transaction, judged, written and answered in another.

:meth:`Readings.scan` does both at once, for programs that wait for each answer anyway. A reading is never applied
twice, whoever takes it up again.
"""

import logging
from dataclasses import replace

from warehouse_desk.common.ids import new_id
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import facts
from warehouse_desk.data.people import users
from warehouse_desk.data.scanning import scans
from warehouse_desk.data.scanning.scans import OpenReading, Reading, StoredAnswer
from warehouse_desk.domain.errors import AnswerLost, DatabaseUnavailable, DeskError, WrongUsage
from warehouse_desk.domain.orders.leaving import OUTDATED, UNCOUNTED
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, Ability
from warehouse_desk.domain.people.caller import Caller
from warehouse_desk.domain.people.users import Approval
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.scanning.modes import SCAN_MODES, ModeName, mode_named
from warehouse_desk.domain.scanning.scans import CodeKind, ScanAnswer
from warehouse_desk.domain.signature import Signature
from warehouse_desk.services.context import Context
from warehouse_desk.services.orders.stock_effects import says_too_little
from warehouse_desk.services.requests import another_request, shown_id
from warehouse_desk.services.scanning import modes
from warehouse_desk.services.scanning.codes import resolve
from warehouse_desk.services.scanning.request import ScanInMode, ScanRequest, clean_code, no_reading, read_request
from warehouse_desk.services.subject import Subject

_log = logging.getLogger(__name__)


class _AnsweredElsewhere(Exception):
    """The same reading was answered while this one was being judged: nothing of this one may stay."""


class Readings(Subject):
    """The readings of the worker at the station."""

    def scan(
        self, mode: str, code: str, options: StepOptions | None = None, scan_id: str | None = None
    ) -> ActionResult:
        """Apply one reading of an order's code in a mode; the answer is on disk when this returns.

        ``scan_id`` names the reading: the same one given again, after a crash or a lost answer, gets its first answer.
        Where the database's answer is lost, this asks again by itself: what was stored is told, nothing is done twice.

        Raises:
            WrongUsage: the mode lacks what it needs (warehouse, reason).
            RequestReused: ``scan_id`` names another reading.
            NotFound: the warehouse given does not exist or is not in use.
        """
        options = options or StepOptions(date=self.context.today())
        request = ScanRequest(mode=_mode(mode), code=clean_code(code), options=options)
        number = scan_id or new_id()
        try:
            result = self._answered(number, request)
        except AnswerLost as lost:
            _log.warning("the answer to a scan was lost: asking again by its id")
            try:
                result = self._answered(number, request)
            except DatabaseUnavailable as still:
                raise lost from still  # perhaps it is done: "nothing was changed" would be a guess
        _tell(mode, result)
        return result

    def _answered(self, number: str, request: ScanRequest) -> ActionResult:
        try:
            return self.context.database.transact(lambda uow: _answer(uow, self.context, number, request)[0])
        except _AnsweredElsewhere:
            return _first_answer(self.context, number, request)

    def receive(self, request: ScanRequest, scan_id: str | None = None) -> str:
        """Store a reading before anything is done with it, and return its id; it is on disk when this returns.

        Raises:
            DatabaseUnavailable: it could not be stored; the worker must be told to scan again.
        """
        number = scan_id or new_id()
        reading = Reading(number, request.mode, clean_code(request.code), request.stored())
        self.context.database.transact(lambda uow: scans.store_reading(uow, reading, self.context.signature()))
        return number

    def process(self, scan_id: str) -> ScanAnswer:
        """Answer a reading that was received; one that has its answer already gets that one again.

        Whatever the rules, the worker's role or the station's settings object to becomes the answer.

        Raises:
            DatabaseUnavailable: nothing was changed; the reading waits.
            NotFound: no such reading was received.
        """
        try:
            answer = self.context.database.transact(lambda uow: _process(uow, self.context, scan_id))
        except _AnsweredElsewhere:
            return _earlier_answer(self.context, scan_id)
        except DatabaseUnavailable:
            raise
        except DeskError as refusal:
            answer = self.settle(scan_id, refusal.message, Outcome.REFUSED)
        _tell(answer.mode, answer.result)
        return answer

    def settle(self, scan_id: str, message: Message, outcome: Outcome) -> ScanAnswer:
        """Give a waiting reading an answer without doing anything else.

        Raises:
            DatabaseUnavailable: it still waits.
        """

        def work(uow: UnitOfWork) -> None:
            waiting = scans.open_reading(uow, scan_id)
            if waiting is not None:
                reading = Reading(scan_id, waiting.mode, waiting.code, "{}")
                result = ActionResult(waiting.code, outcome, None, None, message)
                scans.store_answer(uow, reading, StoredAnswer(result), self.context.signature())

        self.context.database.transact(work)
        return _earlier_answer(self.context, scan_id)

    def unanswered(self) -> list[str]:
        """Return the readings of this station that were received and not answered, oldest first."""
        if self.context.caller.station_id is None:
            return []
        with self.context.database.read() as uow:
            return scans.unanswered(uow, self.context.caller.station_id)


def _tell(mode: str, result: ActionResult) -> None:
    """Tell the story of the shift; what an unknown code held is not told: it may be a customer's name."""
    if result.outcome is Outcome.UNKNOWN:
        _log.info("scan %s: unknown, a code of %d characters", mode, len(result.reference))
    else:
        _log.info("scan %s %s: %s", mode, result.reference, result.outcome)


def _mode(name: str) -> ModeName:
    mode = mode_named(name)
    if mode is None:
        raise WrongUsage(msg("“{mode}” is not a scan mode. Known: {known}.", mode=name, known=list(SCAN_MODES)))
    return mode.name


def _process(uow: UnitOfWork, ctx: Context, scan_id: str) -> ScanAnswer:
    waiting = scans.open_reading(uow, scan_id)
    if waiting is None:
        raise _AnsweredElsewhere
    request = read_request(waiting.mode, waiting.code, waiting.options)
    caller = _worker(uow, ctx.caller, waiting)
    worker = ctx if caller is ctx.caller else replace(ctx, caller=caller)
    settled = _confirmed(uow, request) if request.candidates else request
    if isinstance(settled, Message):
        signature = worker.signature()
        result = ActionResult(request.code, Outcome.REFUSED, None, None, settled)
        _store(uow, scan_id, request, StoredAnswer(result), signature)
    else:
        request = settled
        result, signature = _answer(uow, worker, scan_id, request)
    told = ScanAnswer(scan_id, request.mode, request.code, signature.moment.at, worker.caller.user_name, result)
    return _with_parcel(uow, told)


def _worker(uow: UnitOfWork, caller: Caller, waiting: OpenReading) -> Caller:
    """Return who made the reading: the one at the station, or before a restart perhaps somebody else."""
    if (waiting.user_id, waiting.user_name) == (caller.user_id, caller.user_name):
        return caller
    abilities = ALL_ABILITIES if waiting.user_id is None else _abilities(uow, waiting.user_id)
    return replace(caller, user_id=waiting.user_id, user_name=waiting.user_name, abilities=abilities)


def _abilities(uow: UnitOfWork, user_id: int) -> frozenset[Ability]:
    user = users.user_by_id(uow, user_id)
    return user.abilities if user is not None and user.active else frozenset()


def _confirmed(uow: UnitOfWork, request: ScanRequest) -> ScanRequest | Message:
    found = [text for text in request.candidates if resolve(uow, text).kind is not CodeKind.UNKNOWN]
    if len(found) == 1:
        return replace(request, code=found[0], candidates=())
    return msg(
        "The scan can be read in several ways: {codes}. Scan again; if this repeats, set the scanner up again.",
        codes=list(request.candidates),
    )


def _answer(uow: UnitOfWork, ctx: Context, scan_id: str, request: ScanRequest) -> tuple[ActionResult, Signature]:
    """Judge a reading, write what follows and store its answer; return that with who wrote it and when."""
    ctx, signature = _approved(uow, ctx, request)
    answer = modes.answer(ScanInMode(uow, ctx, signature, _allowed(uow, request)))
    _store(uow, scan_id, request, answer, signature)
    return answer.result, signature


def _approved(uow: UnitOfWork, ctx: Context, request: ScanRequest) -> tuple[Context, Signature]:
    """Return the context in which a reading is judged: with a supervisor's abilities where one allowed it."""
    reason = request.options.reason.strip()
    approval: Approval | None = request.approval
    if approval is None:
        return ctx, ctx.signature(reason)
    more = _abilities(uow, approval.user_id)
    caller = replace(ctx.caller, abilities=ctx.caller.abilities | more)
    allowed = str(msg("Allowed by {supervisor}", supervisor=approval.user_name))
    ctx = replace(ctx, caller=caller)
    return ctx, ctx.signature(" · ".join(filter(None, (reason, allowed))))


def _allowed(uow: UnitOfWork, request: ScanRequest) -> ScanRequest:
    """Allow what supervisors allowed, having seen that very objection: too little stock, an outdated label, no count.

    A reading that was allowed may meet the next objection; who allows that one does not take the first word back.

    Raises:
        NotAllowed: the supervisor may allow refused scans, but not this.
    """
    options, approval = request.options, request.approval
    while approval is not None and approval.scan_id:
        shown = scans.answer_of(uow, approval.scan_id)
        if shown is not None:
            options = _without(
                options, shown.message, Caller(None, approval.user_name, _abilities(uow, approval.user_id))
            )
        stored = scans.options_of(uow, approval.scan_id)
        approval = None if stored is None else read_request(request.mode, request.code, stored).approval
    return request if options is request.options else replace(request, options=options)


def _without(options: StepOptions, objection: Message, supervisor: Caller) -> StepOptions:
    """Return what is given for a refusal to be overcome; an objection of another kind is met by the abilities."""
    if says_too_little(objection):
        supervisor.require(Ability.NEGATIVE_STOCK)
        return replace(options, allow_negative=True)
    if objection.text in {OUTDATED.text, UNCOUNTED.text}:
        supervisor.require(Ability.OVERRIDE_VERIFICATION)
        if objection.text == OUTDATED.text:
            return replace(options, outdated_label=True)
        return replace(options, uncounted=True)
    return options


def _store(uow: UnitOfWork, scan_id: str, request: ScanRequest, answer: StoredAnswer, signature: Signature) -> None:
    reading = Reading(scan_id, request.mode, request.code, request.stored())
    if not scans.store_answer(uow, reading, answer, signature):
        raise _AnsweredElsewhere


def _with_parcel(uow: UnitOfWork, answer: ScanAnswer) -> ScanAnswer:
    """Say whose parcel it is, where it goes and what it costs."""
    parcel = None if answer.result.order_id is None else facts.parcel_of(uow, answer.result.order_id)
    if parcel is None:
        return answer
    customer, city, total = parcel
    return replace(answer, customer=customer, city=city, total=total)


def _first_answer(ctx: Context, scan_id: str, request: ScanRequest) -> ActionResult:
    """Return what the same reading was answered before.

    Raises:
        RequestReused: the id belongs to another reading.
    """
    with ctx.database.read() as uow:
        answer = scans.answer_of(uow, scan_id)
        past = scans.past_scan(uow, scan_id)
        options = scans.options_of(uow, scan_id)
    if answer is None or past is None:
        raise no_reading(scan_id)
    if (past.mode, past.code, options) != (request.mode, request.code, request.stored()):
        raise another_request(shown_id(ctx, scan_id))
    if ctx.foreign_keys is not None:
        ctx.foreign_keys.replayed = True
    return answer


def _earlier_answer(ctx: Context, scan_id: str) -> ScanAnswer:
    """Return the answer that a reading got before."""
    with ctx.database.read() as uow:
        past, result = scans.past_scan(uow, scan_id), scans.answer_of(uow, scan_id)
        if past is None or result is None:
            raise no_reading(scan_id)
        return _with_parcel(uow, ScanAnswer(scan_id, past.mode, past.code, past.at, past.user_name, result))
