"""A supervisor lets stock fall below nothing at the scanner: with badge and PIN, and having seen how much is short."""

from dataclasses import replace

import pytest

from tests.builders import Shop, a_line
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import ROLES, Ability
from warehouse_desk.domain.people.users import Approval
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.scanning.modes import ModeName
from warehouse_desk.domain.status import Status
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.scanning.request import ScanRequest


@pytest.fixture
def packer(shop: Shop) -> Desk:
    """Karim at his station; Nadia may supervise him, Chaima may allow refused scans and no more."""
    desk = shop.desk
    desk.people.add("Chef", "motdepasse", "Admin")
    desk.people.add("Nadia", "motdepasse", "Supervisor")
    desk.people.set_role("Shift lead", ROLES["Packer"] | {Ability.OVERRIDE_VERIFICATION})
    desk.people.add("Chaima", "motdepasse", "Shift lead")
    return shop.desk_of_user("Karim", "Packer")


def short_parcel(shop: Shop) -> str:
    shop.a_product("HENNE", on_shelf=1)
    return shop.order_in(Status.PACKED, products=[a_line("HENNE", 3)])


def allowed_by(desk: Desk, name: str, scan_id: str) -> Approval:
    desk.people.set_pin(name, "482915")
    return replace(desk.people.approve(desk.people.issue_badge(name), "482915"), scan_id=scan_id)


def answered(desk: Desk, request: ScanRequest) -> tuple[str, ActionResult]:
    number = desk.scanning.receive(request)
    return number, desk.scanning.process(number).result


def a_reading(shop: Shop, code: str) -> ScanRequest:
    given = StepOptions(date=shop.context.today(), warehouse_id=shop.warehouse)
    return ScanRequest(mode=ModeName.SHIP, code=code, options=given)


def test_what_a_supervisor_saw_short_may_leave(shop: Shop, packer: Desk) -> None:
    request = a_reading(shop, short_parcel(shop))
    number, refused = answered(packer, request)
    assert "HENNE (wanted 3, available 1)" in str(refused.message)
    _, done = answered(packer, replace(request, approval=allowed_by(shop.desk, "Nadia", number)))
    assert done.outcome is Outcome.DONE, str(done.message)
    assert shop.on_hand("HENNE") == -2
    assert shop.events(request.code)[-1]["reason"] == "Allowed by Nadia"
    assert shop.desk.goods.ledger_faults() == []


def test_who_may_not_allow_it_is_named(shop: Shop, packer: Desk) -> None:
    request = a_reading(shop, short_parcel(shop))
    number, _ = answered(packer, request)
    _, refused = answered(packer, replace(request, approval=allowed_by(shop.desk, "Chaima", number)))
    assert refused.outcome is Outcome.REFUSED
    assert "Chaima may not do this: the right “allowNegativeStock”" in str(refused.message)
    assert shop.on_hand("HENNE") == 1


def test_who_allowed_something_else_did_not_allow_a_short_stock(shop: Shop, packer: Desk) -> None:
    reference = short_parcel(shop)
    shop.done(Action.HOLD, reference)
    request = a_reading(shop, reference)
    number, on_hold = answered(packer, request)
    assert "is on hold" in str(on_hold.message)
    shop.done(Action.RELEASE, reference)
    _, short = answered(packer, replace(request, approval=allowed_by(shop.desk, "Nadia", number)))
    assert "Receive the goods, choose another warehouse, or mark it out of stock." in str(short.message)
    assert shop.on_hand("HENNE") == 1
