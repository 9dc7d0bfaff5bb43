"""A step on all that a filter finds: chunk by chunk, fixed at its start, stopped between chunks, told in full."""

import pytest

from tests.builders import Shop, an_order_body
from warehouse_desk.domain.errors import NotAllowed, NotFound, WrongUsage
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.services.orders.list_steps import CHUNK

NEW = OrderFilter(Status.NEW)


def fill(shop: Shop, how_many: int) -> list[int]:
    """Create orders and return their ids, oldest first."""
    found: set[int] = set()
    while len(found) < how_many:
        bodies = [an_order_body()] * min(CHUNK, how_many - len(found))
        found |= shop.desk.orders.create({"orders": bodies}).changes.order_ids
    return sorted(found)


def test_every_order_of_the_list_is_answered_once_in_chunks(shop: Shop) -> None:
    fill(shop, 2 * CHUNK + 1)
    told: list[tuple[int, int]] = []
    result = shop.desk.orders.act_on_filter(Action.PACK, NEW, shop.options(), progress=lambda *at: told.append(at))
    assert told == [(CHUNK, 2 * CHUNK + 1), (2 * CHUNK, 2 * CHUNK + 1), (2 * CHUNK + 1, 2 * CHUNK + 1)]
    assert (result.counts, result.problems, result.cancelled) == ({Outcome.DONE: 2 * CHUNK + 1}, [], False)
    assert shop.desk.orders.counts()[Status.PACKED] == 2 * CHUNK + 1


def test_it_stops_between_chunks_and_what_was_done_stays(shop: Shop) -> None:
    ids = fill(shop, CHUNK + 20)
    chunks: list[int] = []
    result = shop.desk.orders.act_on_filter(
        Action.PACK, NEW, shop.options(), progress=lambda done, _: chunks.append(done), cancelled=lambda: bool(chunks)
    )
    assert (result.cancelled, result.total) == (True, CHUNK)
    assert shop.desk.orders.counts()[Status.NEW] == 20
    assert {row.id for row in shop.desk.orders.window_page(NEW)} == set(ids[CHUNK:])


def test_goods_go_to_who_ordered_first(shop: Shop) -> None:
    ids = fill(shop, 5)
    shop.desk.orders.act(Action.PACK, ids, shop.options())
    shop.desk.goods.adjust(shop.warehouse, "ARGAN-50", -997, "casse")
    result = shop.desk.orders.act_on_filter(Action.SHIP, OrderFilter(Status.PACKED), shop.options())
    assert result.counts == {Outcome.DONE: 3, Outcome.REFUSED: 2}
    assert all(
        "Receive the goods, choose another warehouse, or mark it out of stock." in str(problem.message)
        for problem in result.problems
    )
    assert {row.id for row in shop.desk.orders.window_page(OrderFilter(Status.SHIPPED))} == set(ids[:3])


def test_an_order_that_enters_meanwhile_is_left_alone(shop: Shop) -> None:
    ids = fill(shop, CHUNK + 10)
    late = ids[-1]
    shop.desk.orders.act(Action.HOLD, [late], shop.options())
    free = OrderFilter(Status.NEW, held=False)
    run = shop.desk.orders.start_on_list(Action.CANCEL, free, shop.options())
    run.next_chunk()
    assert shop.desk_of(station="Poste 2").orders.act(Action.RELEASE, [late], shop.options()).all_done
    created = fill(shop, 1)
    answers = run.next_chunk().results
    assert run.finished
    refused = [answer for answer in answers if answer.outcome is not Outcome.DONE]
    assert [(answer.order_id, answer.outcome) for answer in refused] == [(late, Outcome.REFUSED)]
    assert "was changed after this list was chosen and was not touched. Look at it, then repeat the step." in str(
        refused[0].message
    )
    assert {row.id for row in shop.desk.orders.window_page(free)} == {late, *created}


def test_an_order_that_left_meanwhile_is_not_touched(shop: Shop) -> None:
    ids = fill(shop, CHUNK + 2)
    run = shop.desk.orders.start_on_list(Action.CANCEL, NEW, shop.options())
    run.next_chunk()
    shop.desk_of(station="Poste 2").orders.act(Action.PACK, [ids[-1]], shop.options())
    assert [answer.order_id for answer in run.next_chunk().results] == [ids[-2]]
    assert shop.desk.orders.counts()[Status.PACKED] == 1


def test_an_order_changed_before_its_chunk_is_remembered_until_then(shop: Shop) -> None:
    """The log is read anew in each chunk; what it said before concerns the chunks to come."""
    ids = fill(shop, 2 * CHUNK + 1)
    run = shop.desk.orders.start_on_list(Action.PACK, NEW, shop.options())
    shop.desk_of(station="Poste 2").orders.act(Action.HOLD, [ids[-1]], shop.options())
    shop.desk_of(station="Poste 2").orders.act(Action.RELEASE, [ids[-1]], shop.options())
    assert len(run.next_chunk().results) + len(run.next_chunk().results) == 2 * CHUNK
    assert [answer.outcome for answer in run.next_chunk().results] == [Outcome.REFUSED]


def test_orders_ticked_off_are_left_out(shop: Shop) -> None:
    ids = fill(shop, 6)
    run = shop.desk.orders.start_on_list(Action.PACK, NEW, shop.options(), excluded=ids[:2])
    assert run.total == 4
    assert {answer.order_id for answer in run.next_chunk().results} == set(ids[2:])


def test_an_empty_list_is_done_at_once(shop: Shop) -> None:
    result = shop.desk.orders.act_on_filter(Action.PACK, NEW, shop.options())
    assert (result.total, result.cancelled) == (0, False)


def test_what_is_wrong_with_the_request_is_told_before_anything_happens(shop: Shop) -> None:
    fill(shop, 1)
    with pytest.raises(WrongUsage, match="A whole list cannot be undone"):
        shop.desk.orders.act_on_filter(Action.UNDO, NEW)
    with pytest.raises(NotFound, match="There is no warehouse 77"):
        shop.desk.orders.act_on_filter(Action.SHIP, NEW, shop.options(warehouse_id=77))
    with pytest.raises(NotAllowed):
        shop.desk_of(abilities=frozenset()).orders.act_on_filter(Action.PACK, NEW, shop.options())
    assert shop.desk.orders.counts()[Status.NEW] == 1
