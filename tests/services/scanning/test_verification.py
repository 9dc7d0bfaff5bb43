"""Verify and pack: an order is packed when each of its pieces was scanned, and not before."""

from tests.builders import Shop, a_line
from tests.services.scanning.scan_station import reading
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import ROLES, Ability
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.scanning.scans import Verification
from warehouse_desk.domain.status import Status
from warehouse_desk.services.desk import Desk

ARGAN, SOAP = "6111000000017", "SAVON-N"


def scanned(shop: Shop, code: str, desk: Desk | None = None, **facts: object) -> ActionResult:
    scanning = (desk or shop.desk).scanning
    return scanning.process(scanning.receive(reading(shop, "verify", code, **facts))).result


def two_oils_and_a_soap(shop: Shop) -> str:
    return shop.order_in(Status.NEW, products=[a_line(quantity=2), a_line(SOAP)])


def progress(desk: Desk) -> Verification:
    found = desk.scanning.verification()
    assert found is not None
    return found


def test_the_last_piece_packs_the_order(shop: Shop) -> None:
    reference = two_oils_and_a_soap(shop)
    for code in (reference, ARGAN, SOAP):
        assert scanned(shop, code).status_after is Status.NEW
    done = scanned(shop, ARGAN)
    assert (done.outcome, done.status_before, done.status_after) == (Outcome.DONE, Status.NEW, Status.PACKED)
    assert shop.desk.scanning.verification() is None


def test_missing_pieces_are_named_and_the_order_stays_unpacked(shop: Shop) -> None:
    reference = two_oils_and_a_soap(shop)
    scanned(shop, reference)
    scanned(shop, ARGAN)
    again = scanned(shop, reference)
    assert again.outcome is Outcome.ALREADY
    assert "Pieces: 1 of 3. Missing: 1 × Produit ARGAN-50, 1 × Produit SAVON-N." in str(again.message)
    assert shop.status(reference) is Status.NEW


def test_a_wrong_piece_is_refused_by_name_and_not_counted(shop: Shop) -> None:
    shop.a_product("HENNE", name="Henné de Tafraout", barcodes=["6111000000024"])
    reference = two_oils_and_a_soap(shop)
    scanned(shop, reference)
    refused = scanned(shop, "6111000000024")
    assert refused.outcome is Outcome.REFUSED
    assert str(refused.message) == f"Henné de Tafraout does not belong to {reference}. Put it back."
    assert progress(shop.desk).counted == 0


def test_one_piece_too_many_is_refused(shop: Shop) -> None:
    reference = two_oils_and_a_soap(shop)
    for code in (reference, ARGAN, ARGAN):
        scanned(shop, code)
    refused = scanned(shop, ARGAN)
    assert refused.outcome is Outcome.REFUSED
    assert "Too many of Produit ARGAN-50" in str(refused.message)
    assert progress(shop.desk).counted == 2


def test_check_mode_takes_one_piece_for_its_whole_line(shop: Shop) -> None:
    reference = two_oils_and_a_soap(shop)
    scanned(shop, reference)
    scanned(shop, ARGAN, whole_lines=True)
    assert progress(shop.desk).counted == 2
    assert scanned(shop, SOAP, whole_lines=True).status_after is Status.PACKED


def test_counts_outlive_the_program_and_follow_the_order_to_another_station(shop: Shop) -> None:
    reference = two_oils_and_a_soap(shop)
    scanned(shop, reference)
    scanned(shop, ARGAN)
    shop.database.close()
    other = shop.desk_of("Karim", "Poste 2")
    assert "Pieces: 1 of 3. Missing:" in str(scanned(shop, reference, other).message)
    assert scanned(shop, ARGAN, other).status_after is Status.NEW
    assert scanned(shop, SOAP, other).status_after is Status.PACKED


def test_another_order_is_not_opened_over_an_incomplete_one(shop: Shop) -> None:
    first, second = two_oils_and_a_soap(shop), two_oils_and_a_soap(shop)
    scanned(shop, first)
    scanned(shop, ARGAN)
    refused = scanned(shop, second)
    assert refused.outcome is Outcome.REFUSED
    assert f"{first} is not complete" in str(refused.message)
    shop.desk.scanning.set_aside()
    assert scanned(shop, second).outcome is Outcome.DONE
    assert progress(shop.desk).reference == second


def test_an_order_of_which_nothing_was_counted_makes_room_for_another(shop: Shop) -> None:
    first, second = two_oils_and_a_soap(shop), two_oils_and_a_soap(shop)
    scanned(shop, first)
    assert scanned(shop, second).outcome is Outcome.DONE
    assert progress(shop.desk).reference == second


def test_a_carton_counts_its_pieces_over_the_lines_and_no_more_than_are_missing(shop: Shop) -> None:
    shop.desk.goods.add_barcode("ARGAN-50", "CARTON-3", 3)
    reference = shop.order_in(Status.NEW, products=[a_line(quantity=2), a_line(quantity=2), a_line(SOAP)])
    scanned(shop, reference)
    assert scanned(shop, "CARTON-3").outcome is Outcome.DONE
    assert [line.counted for line in progress(shop.desk).lines] == [2, 1, 0]
    too_many = scanned(shop, "CARTON-3")
    assert (too_many.outcome, "already counted:" in str(too_many.message)) == (Outcome.REFUSED, True)
    # One carton shows that the line is there, however many it holds.
    assert scanned(shop, "CARTON-3", whole_lines=True).outcome is Outcome.DONE
    assert [line.counted for line in progress(shop.desk).lines] == [2, 2, 0]


def test_a_piece_before_any_label_asks_for_the_label(shop: Shop) -> None:
    refused = scanned(shop, ARGAN)
    assert refused.outcome is Outcome.REFUSED
    assert "Scan the order's label first" in str(refused.message)


def test_an_order_canceled_while_it_is_counted_is_refused(shop: Shop) -> None:
    reference = two_oils_and_a_soap(shop)
    scanned(shop, reference)
    shop.done(Action.CANCEL, reference)
    assert scanned(shop, ARGAN).outcome is Outcome.REFUSED
    assert shop.desk.scanning.verification() is None


def test_undo_takes_the_last_piece_out_again(shop: Shop) -> None:
    reference = two_oils_and_a_soap(shop)
    scanned(shop, reference)
    scanning = shop.desk.scanning
    scan_id = scanning.receive(reading(shop, "verify", ARGAN))
    scanning.process(scan_id)
    assert scanning.undo(scan_id).outcome is Outcome.DONE
    assert progress(shop.desk).counted == 0
    assert scanning.undo(scan_id).outcome is Outcome.REFUSED


def test_undo_of_the_last_piece_unpacks_the_order(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    scanned(shop, reference)
    scanning = shop.desk.scanning
    scan_id = scanning.receive(reading(shop, "verify", ARGAN))
    assert scanning.process(scan_id).result.status_after is Status.PACKED
    assert scanning.undo(scan_id).outcome is Outcome.DONE
    assert shop.status(reference) is Status.NEW
    assert progress(shop.desk).counted == 0


def test_where_verification_is_wanted_a_packer_cannot_pack_without_it(shop: Shop) -> None:
    shop.desk.settings.change({"verify_before_pack": "on"})
    reference = shop.order_in(Status.NEW)
    packer = shop.desk_of("Karim", abilities=ROLES["Packer"])
    for action in (Action.PACK, Action.LABELS):
        assert packer.orders.act(action, [reference], shop.options()).results[0].outcome is Outcome.REFUSED
    scanned(shop, reference, packer)
    assert scanned(shop, ARGAN, packer).status_after is Status.PACKED


def test_a_supervisor_may_pack_without_verification(shop: Shop) -> None:
    shop.desk.settings.change({"verify_before_pack": "on"})
    reference = shop.order_in(Status.NEW)
    assert Ability.OVERRIDE_VERIFICATION in ROLES["Supervisor"]
    supervisor = shop.desk_of("Nadia", abilities=ROLES["Supervisor"])
    assert supervisor.orders.act(Action.PACK, [reference], shop.options()).results[0].outcome is Outcome.DONE


def test_a_supervisors_badge_and_pin_allow_one_reading_and_the_audit_says_so(shop: Shop) -> None:
    shop.desk.settings.change({"verify_before_pack": "on"})
    one, other = shop.orders_in(Status.NEW, 2)
    shop.desk.people.add("Chef", "motdepasse", "Admin")
    shop.desk.people.add("Nadia", "motdepasse", "Supervisor")
    shop.desk.people.set_pin("Nadia", "482915")
    packer = shop.desk_of_user("Karim", "Packer")
    approval = packer.people.approve(shop.desk.people.issue_badge("Nadia"), "482915")
    for reference, allowed, outcome in ((one, approval, Outcome.DONE), (other, None, Outcome.REFUSED)):
        asked = reading(shop, "pack", reference, approval=allowed)
        answer = packer.scanning.process(packer.scanning.receive(asked))
        assert answer.result.outcome is outcome
    assert shop.events(one)[-1]["reason"].endswith("Allowed by Nadia")
    assert shop.events(one)[-1]["user_name"] == "Karim"


def test_whoever_was_retired_allows_nothing_and_does_nothing_any_more(shop: Shop) -> None:
    """Their readings may still be on the way: a station was off, or the database away."""
    shop.desk.settings.change({"verify_before_pack": "on"})
    one, other = shop.orders_in(Status.NEW, 2)
    shop.desk.people.add("Chef", "motdepasse", "Admin")
    packer, supervisor = shop.desk_of_user("Karim", "Packer"), shop.desk_of_user("Nadia", "Supervisor")
    shop.desk.people.set_pin("Nadia", "482915")
    approval = packer.people.approve(shop.desk.people.issue_badge("Nadia"), "482915")
    allowed = packer.scanning.receive(reading(shop, "pack", one, approval=approval))
    own = supervisor.scanning.receive(reading(shop, "pack", other))
    shop.desk.people.set_active("Nadia", active=False)
    for scan_id in (allowed, own):
        assert packer.scanning.process(scan_id).result.outcome is Outcome.REFUSED
    assert {shop.status(one), shop.status(other)} == {Status.NEW}
