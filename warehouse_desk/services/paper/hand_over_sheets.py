"""Hand-overs (docs/rules.md#hand-overs): collect a carrier's parcels, print the sheet, close it when it is signed."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from warehouse_desk.common.formats import moment_text
from warehouse_desk.common.messages import msg
from warehouse_desk.data import shared_settings
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import facts as order_facts
from warehouse_desk.data.paper import hand_overs as store
from warehouse_desk.data.paper import signed_sheets
from warehouse_desk.documents.handover import NO_PARCEL, HandOver, HandOverRow, render_hand_over
from warehouse_desk.domain.errors import NotFound, RuleViolation, WrongUsage
from warehouse_desk.domain.orders.hand_over import Carrier, judge_hand_over
from warehouse_desk.domain.orders.leaving import why_not_leave
from warehouse_desk.domain.orders.order import OrderFacts
from warehouse_desk.domain.orders.step_options import StepOptions, check_options
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.paper.printing import HandOverParcel, HandOverSheet, HandOverSummary
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.results import ActionResult, BulkResult, Outcome, changed
from warehouse_desk.domain.shared_settings import SharedSettings
from warehouse_desk.services.context import Context
from warehouse_desk.services.orders.absent import absent
from warehouse_desk.services.orders.steps import check_named, let_go, require_ability, require_allowances, twice
from warehouse_desk.services.paper.closed_hand_overs import bind, strike_off
from warehouse_desk.services.paper.label_specs import paper_sender
from warehouse_desk.services.subject import Subject

MAX_LISTED = 1_000
_PUT = msg("{reference} was put on the sheet.")
_NAMED = 5
"""How many orders a refusal names; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A draft after parcels were put on it, with the answer for each order that was named."""

    sheet: HandOverSheet
    answer: BulkResult


@dataclass(frozen=True, slots=True)
class Allow:
    """What a supervisor allows of parcels that would have to stay."""

    outdated_label: bool = False
    uncounted: bool = False

    def options(self, day: date) -> StepOptions:
        """Return it as what is given with a step."""
        return StepOptions(date=day, outdated_label=self.outdated_label, uncounted=self.uncounted)


NOTHING = Allow()


class HandOvers(Subject):
    """Hand-overs from the first parcel to the signature."""

    def collect(
        self,
        *,
        company_id: int | None = None,
        person_id: int | None = None,
        day: date | None = None,
        keys: Sequence[int | str] = (),
        allow: Allow = NOTHING,
    ) -> Collection:
        """Put parcels on the draft of a company or a delivery person, beginning one where there is none.

        Without keys: every order that waits for the company, or was shipped with the person on that day. Parcels of the
        draft that no longer stand with the carrier are taken off it. A parcel that has to stay is answered with why;
        ``allow`` lets it go as it is.

        Raises:
            NotAllowed: the role lacks ``markAsShippedByScanner``, or ``overrideVerification`` for what is allowed.
            WrongUsage: neither a company nor a person was given, or both.
            NotFound: there is no such company or person, or it is not in use.
        """
        carrier = _carrier(self.context, company_id, person_id)
        options = allow.options(day or self.context.today())
        require_allowances(self.context.caller, options)
        return self.context.database.transact(lambda uow: _collect(uow, self.context, carrier, options, keys))

    def begin(self, *, company_id: int | None = None, person_id: int | None = None) -> HandOverSheet:
        """Return the draft of a company or a delivery person with what was scanned for it, beginning one at need.

        Raises:
            NotAllowed, WrongUsage, NotFound: as :meth:`collect`.
        """
        carrier = _carrier(self.context, company_id, person_id)

        def work(uow: UnitOfWork) -> HandOverSheet:
            check_named(uow, StepOptions(date=self.context.today(), company_id=company_id, person_id=person_id))
            return _sheet(uow, store.draft_of(uow, carrier, self.context.today(), self.context.signature()))

        return self.context.database.transact(work)

    def take_out(self, number: int, keys: Sequence[int | str]) -> HandOverSheet:
        """Take orders off a draft.

        Raises:
            NotAllowed: the role lacks ``markAsShippedByScanner``.
            NotFound: there is no such hand-over.
            RuleViolation: it is closed.
        """
        self.context.caller.require(Ability.SHIP)

        def work(uow: UnitOfWork) -> HandOverSheet:
            _draft(uow, number)
            found = order_facts.facts_of(uow, keys, lock=False)
            store.take_out(uow, number, [each.id for each in found.values()])
            return _sheet(uow, number)

        return self.context.database.transact(work)

    def close(self, number: int, *, allow: Allow = NOTHING) -> HandOverSheet:
        """Close a draft: it is signed and cannot change any more.

        Raises:
            NotAllowed: the role lacks ``markAsShippedByScanner``, or ``overrideVerification`` for what is allowed.
            NotFound: there is no such hand-over.
            RuleViolation: it is closed, empty, or holds orders that no longer stand with the carrier or have to stay.
        """
        self.context.caller.require(Ability.SHIP)
        options = allow.options(self.context.today())
        require_allowances(self.context.caller, options)

        def work(uow: UnitOfWork) -> HandOverSheet:
            draft = _draft(uow, number)
            ids = store.order_ids(uow, number)
            # Locked, so that none of them is cancelled between the look and the signature.
            facts = order_facts.facts_of(uow, ids, lock=True)
            if not ids:
                raise RuleViolation(NO_PARCEL.with_params(number=number))
            lost = list(store.no_longer_with(uow, Carrier(draft.company_id, draft.person_id), number).values())
            if lost:
                raise RuleViolation(
                    msg(
                        "Pickup sheet {number} cannot be closed. Orders no longer assigned to {carrier}: "
                        "{count} ({references}). Fill it again, print it again, then close it.",
                        number=number,
                        count=len(lost),
                        carrier=draft.carrier,
                        references=lost[:_NAMED],
                    )
                )
            shared = shared_settings.read(uow)
            _let_all_go(uow, self.context, number, list(facts.values()), options, shared)
            bind(uow, list(facts.values()), number, self.context.signature())
            signed_sheets.close(uow, draft, shared.sender, self.context.signature())
            return _sheet(uow, number)

        return self.context.database.transact(work)

    def strike(self, number: int, keys: Sequence[int | str], reason: str) -> Collection:
        """Strike orders off a closed hand-over that the carrier did not take along; the sheet keeps the struck lines.

        Raises:
            NotAllowed: the role lacks ``rollback``.
            WrongUsage: no reason was given.
            NotFound: there is no such hand-over.
            RuleViolation: it is a draft.
        """
        require_ability(self.context, Action.STRIKE)
        options = StepOptions(date=self.context.today(), reason=reason)
        check_options(Action.STRIKE, options, self.context.today())

        def work(uow: UnitOfWork) -> Collection:
            found = store.summary(uow, number)
            if found is None:
                raise _no_hand_over(number)
            if not found.is_closed:
                raise RuleViolation(msg("Pickup sheet {number} is a draft: remove the orders instead.", number=number))
            answers = strike_off(uow, self.context, number, keys, options)
            return Collection(_sheet(uow, number), BulkResult(answers, changed(answers)))

        return self.context.database.transact(work)

    def newest(self, *, limit: int = 50, carrier: Carrier | None = None) -> list[HandOverSummary]:
        """Return the newest hand-overs, of a carrier or of all.

        Raises:
            NotAllowed: the role lacks ``view``.
            WrongUsage: a limit out of 1 to 1,000.
        """
        self.context.caller.require(Ability.VIEW)
        if not 1 <= limit <= MAX_LISTED:
            raise WrongUsage(
                msg("Pickup sheets: enter a number from 1 to {limit}, not {number}.", number=limit, limit=MAX_LISTED)
            )
        with self.context.database.read() as uow:
            return store.summaries(uow, limit, carrier)

    def sheet(self, number: int) -> HandOverSheet:
        """Return a hand-over with its parcels.

        Raises:
            NotAllowed: the role lacks ``view``.
            NotFound: there is no such hand-over.
        """
        self.context.caller.require(Ability.VIEW)
        with self.context.database.read() as uow:
            return _sheet(uow, number)

    def pdf(self, number: int) -> bytes:
        """Return the sheet as an A4 PDF; a draft says so on every page.

        Raises:
            NotAllowed: the role lacks ``view``.
            NotFound: there is no such hand-over.
            NothingToPrint: it holds no parcel.
        """
        sheet = self.sheet(number)
        with self.context.database.read() as uow:
            sender = signed_sheets.sender_of(uow, number) or shared_settings.read(uow).sender
        spec = HandOver(
            number=f"{number:05d}",
            carrier=sheet.summary.carrier,
            sender=paper_sender(sender),
            day=sheet.summary.day,
            rows=[_row(parcel) for parcel in sheet.parcels],
            closed=sheet.summary.is_closed,
        )
        to = io.BytesIO()
        render_hand_over(spec, to)
        return to.getvalue()


def _carrier(ctx: Context, company_id: int | None, person_id: int | None) -> Carrier:
    ctx.caller.require(Ability.SHIP)
    if (company_id is None) == (person_id is None):
        raise WrongUsage(msg("A pickup sheet is for a company or for a delivery person: choose one of them."))
    return Carrier(company_id, person_id)


def _collect(
    uow: UnitOfWork, ctx: Context, carrier: Carrier, options: StepOptions, keys: Sequence[int | str]
) -> Collection:
    check_named(uow, StepOptions(date=options.date, company_id=carrier.company_id, person_id=carrier.person_id))
    number = store.draft_of(uow, carrier, options.date, ctx.signature())
    store.set_day(uow, number, options.date)
    store.take_out(uow, number, list(store.no_longer_with(uow, carrier, number)))
    add = _add_named if keys else _add_expected
    answers = add(uow, ctx, carrier, number, options, keys)
    return Collection(_sheet(uow, number), BulkResult(answers))


def _add_expected(
    uow: UnitOfWork, ctx: Context, carrier: Carrier, number: int, options: StepOptions, _keys: Sequence[int | str]
) -> tuple[ActionResult, ...]:
    """Put everything on the draft that is expected and may leave; return the answers for what has to stay."""
    shared = shared_settings.read(uow)
    expected = order_facts.facts_of(uow, store.expected_ids(uow, carrier, options.date), lock=True).values()
    stays = {facts.id: why for facts in expected if (why := why_not_leave(facts, options, shared)) is not None}
    goes = [facts for facts in expected if facts.id not in stays]
    let_go(uow, goes, options, shared, ctx.signature())
    store.add_parcels(uow, number, [facts.id for facts in goes], ctx.signature())
    return tuple(facts.answer(Outcome.REFUSED, stays[facts.id]) for facts in expected if facts.id in stays)


def _let_all_go(
    uow: UnitOfWork,
    ctx: Context,
    number: int,
    orders: Sequence[OrderFacts],
    options: StepOptions,
    shared: SharedSettings,
) -> None:
    """Refuse to close a hand-over while one of its parcels has to stay.

    Raises:
        RuleViolation: the sentence names the parcels.
    """
    stay = [(facts, why) for facts in orders if (why := why_not_leave(facts, options, shared)) is not None]
    if stay:
        raise RuleViolation(
            msg(
                "Pickup sheet {number} cannot be closed. Parcels that must stay here: {count} ({references}). {why}",
                number=number,
                count=len(stay),
                references=[facts.reference for facts, _ in stay[:_NAMED]],
                why=stay[0][1],
            )
        )
    let_go(uow, orders, options, shared, ctx.signature())


def _add_named(
    uow: UnitOfWork, ctx: Context, carrier: Carrier, number: int, options: StepOptions, keys: Sequence[int | str]
) -> tuple[ActionResult, ...]:
    shared = shared_settings.read(uow)
    facts = order_facts.facts_of(uow, keys, lock=True)
    sheets = store.sheets_of(uow, carrier, [each.id for each in facts.values()])
    fits: set[int] = set()
    answers: list[ActionResult] = []
    for key in keys:
        found = facts.get(key)
        if found is None or found.deleted:
            answers.append(absent(uow, key, found, ctx.today()))
        elif found.id in fits:
            answers.append(twice(found))
        else:
            refusal = judge_hand_over(found, carrier, sheets.get(found.id), ctx.today(), options, shared)
            if refusal is None:
                fits.add(found.id)
            answers.append(refusal or found.answer(Outcome.DONE, _PUT.with_params(reference=found.reference)))
    let_go(uow, [each for each in facts.values() if each.id in fits], options, shared, ctx.signature())
    store.add_parcels(uow, number, sorted(fits), ctx.signature())
    return tuple(answers)


def _row(parcel: HandOverParcel) -> HandOverRow:
    struck = parcel.strike
    return HandOverRow(
        reference=parcel.reference,
        recipient=parcel.full_name,
        phone=parcel.phone,
        city=parcel.city,
        address=parcel.address,
        pieces=parcel.pieces,
        cod_centimes=parcel.cod,
        tracking_number=parcel.tracking_number or "",
        struck="" if struck is None else " · ".join((struck.reason, struck.user_name, moment_text(struck.at))),
    )


def _sheet(uow: UnitOfWork, number: int) -> HandOverSheet:
    found = store.summary(uow, number)
    if found is None:
        raise _no_hand_over(number)
    parcels = signed_sheets.parcels(uow, found)
    if found.is_closed:
        return HandOverSheet(found, parcels)
    count = store.count_of(uow, Carrier(found.company_id, found.person_id), found.day)
    back = store.held_back(
        uow, Carrier(found.company_id, found.person_id), number, found.day, shared_settings.read(uow)
    )
    return HandOverSheet(found, parcels, count.left, count.missing, back)


def _draft(uow: UnitOfWork, number: int) -> HandOverSummary:
    found = store.summary(uow, number, lock=True)
    if found is None:
        raise _no_hand_over(number)
    if found.is_closed:
        raise RuleViolation(msg("Pickup sheet {number} is closed: it can be printed, not changed.", number=number))
    return found


def _no_hand_over(number: int) -> NotFound:
    return NotFound(msg("There is no pickup sheet {number}. List the sheets to see their numbers.", number=number))
