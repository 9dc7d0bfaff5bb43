"""Writes that are sent twice, or whose answer is lost, are done once and told rightly."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from tests.builders import Shop, a_desk, an_order_body, everything, open_shop, rows
from tests.services.files.test_imports import a_file, a_row
from tests.support.cutting import CuttingProxy, cutting_proxy
from tests.support.log_guard import LogGuard
from warehouse_desk.data.engine.database import Database
from warehouse_desk.data.tables import label_run, orders, request, stock_movement
from warehouse_desk.domain.errors import AnswerLost, DatabaseUnavailable, RuleViolation, WrongUsage
from warehouse_desk.domain.orders.finding import OrderFilter
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.results import BulkResult, Outcome
from warehouse_desk.domain.status import Status
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.paper.labels import LabelSettings


@dataclass
class Station:
    """A shop, a desk to ask there, and what the requests below are about."""

    shop: Shop
    desk: Desk
    orders: tuple[str, ...]
    file: Any


Ask = Callable[..., Any]


def create(station: Station, **more: Any) -> Any:
    return station.desk.orders.create([an_order_body(notes="lost")], **more).references


def receive(station: Station, **more: Any) -> Any:
    return station.desk.goods.receive(station.shop.warehouse, "ARGAN-50", 5, **more).on_hand


def adjust(station: Station, **more: Any) -> Any:
    return station.desk.goods.adjust(station.shop.warehouse, "ARGAN-50", -5, "cassé", **more).on_hand


def bring(station: Station, **more: Any) -> Any:
    return station.desk.files.imports.store(station.file, **more).references


def labels(station: Station, **more: Any) -> Any:
    made = station.desk.paper.labels.make(station.orders[:2], LabelSettings(), **more)
    assert made.pdf.startswith(b"%PDF")
    return made.run_id, made.labels, outcomes(made.answer)


def push(station: Station, **more: Any) -> Any:
    station.shop.desk.orders.act(Action.PACK, station.orders[2:4])
    given = station.shop.options()
    return outcomes(station.desk.orders.act(Action.PUSH, station.orders[2:4], given, **more))


def outcomes(answer: BulkResult) -> list[tuple[str, Outcome, Status | None]]:
    return [(each.reference, each.outcome, each.status_after) for each in answer.results]


REQUESTS = [create, receive, adjust, bring, labels, push]


def a_station(shop: Shop, desk: Desk, tmp_path: Path) -> Station:
    references = shop.orders_in(Status.NEW, 6)
    file = desk.files.imports.read(a_file(tmp_path, *[a_row(number) for number in range(4)]))
    return Station(shop, desk, references, file)


def state(shop: Shop) -> dict[str, Any]:
    """Return everything in the database but the requests and what people look at."""
    return {name: found for name, found in everything(shop.database).items() if name != "request"}


@pytest.mark.parametrize("ask", REQUESTS)
def test_the_same_request_id_is_answered_again_and_nothing_is_done(shop: Shop, tmp_path: Path, ask: Ask) -> None:
    station = a_station(shop, shop.desk, tmp_path)
    first = ask(station, request_id="A-1")
    after = state(shop)
    shop.clock.advance(hours=1)
    assert ask(station, request_id="A-1") == first
    if ask is not push:  # whose orders are packed before it, in vain the second time
        assert state(shop) == after


@pytest.mark.parametrize("ask", [create, receive, adjust])
def test_without_an_id_each_request_is_one_of_its_own(shop: Shop, tmp_path: Path, ask: Ask) -> None:
    station = a_station(shop, shop.desk, tmp_path)
    assert ask(station) != ask(station)


def test_an_id_that_was_used_for_something_else_is_refused(shop: Shop) -> None:
    shop.desk.orders.create([an_order_body()], request_id="A-1")
    before = state(shop)
    with pytest.raises(RuleViolation, match="A-1 was something else"):
        shop.desk.orders.create([an_order_body(total=400)], request_id="A-1")
    with pytest.raises(RuleViolation, match="A-1 was something else"):
        shop.desk.goods.receive(shop.warehouse, "ARGAN-50", 5, request_id="A-1")
    assert state(shop) == before


@pytest.mark.parametrize("key", ["", "x" * 65, "A\n1"])
def test_an_id_is_a_short_line(shop: Shop, key: str) -> None:
    with pytest.raises(WrongUsage, match="1 to 64"):
        shop.desk.orders.create([an_order_body()], request_id=key)


def test_what_was_refused_may_be_asked_for_again_by_the_same_id(shop: Shop) -> None:
    with pytest.raises(RuleViolation):
        shop.desk.goods.adjust(shop.warehouse, "SAVON-N", -900_000, "vol", request_id="A-1")
    shop.desk.goods.receive(shop.warehouse, "SAVON-N", 900_000)
    assert shop.desk.goods.adjust(shop.warehouse, "SAVON-N", -900_000, "vol", request_id="A-1").on_hand >= 0


def test_a_request_is_forgotten_after_two_days(shop: Shop) -> None:
    shop.desk.orders.create([an_order_body()], request_id="A-1")
    shop.clock.advance(hours=47)
    shop.desk.orders.create([an_order_body()], request_id="A-2")
    assert {row["key"] for row in rows(shop.database, request)} >= {"A-1", "A-2"}
    shop.clock.advance(hours=2)
    shop.desk.orders.create([an_order_body()], request_id="A-3")
    assert "A-1" not in {row["key"] for row in rows(shop.database, request)}
    assert "A-2" in {row["key"] for row in rows(shop.database, request)}


BEFORE = {bring: 1}
"""Writes of a request before the one that counts: an import sets its references aside first."""

MADE = {
    create: (1, 1, 0),
    receive: (0, 1, 0),
    adjust: (0, 1, 0),
    bring: (4, 4, 0),
    labels: (0, 0, 1),
    push: (0, 0, 0),
}
"""The rows that each request makes: orders, movements, label runs."""


@pytest.fixture
def proxy(postgres_url: str) -> Iterator[CuttingProxy]:
    with cutting_proxy(make_url(postgres_url).port or 0) as lent:
        yield lent


@pytest.fixture
def far(postgres_url: str, proxy: CuttingProxy, tmp_path: Path) -> Iterator[Station]:
    """A station that reaches its server through the proxy; the shop itself reaches it directly."""
    near, through = (
        Database(postgres_url),
        Database(str(make_url(postgres_url).set(port=proxy.port).render_as_string(hide_password=False))),
    )
    shop = open_shop(near)
    yield a_station(shop, a_desk(through, now=shop.clock), tmp_path)
    near.close()
    through.close()


def counts(shop: Shop) -> tuple[int, ...]:
    return tuple(len(rows(shop.database, table)) for table in (orders, stock_movement, label_run))


@pytest.mark.postgres
@pytest.mark.parametrize("reach", [True, False], ids=["kept", "not kept"])
@pytest.mark.parametrize("ask", REQUESTS)
def test_where_the_answer_is_lost_it_is_done_once_and_told(
    far: Station, proxy: CuttingProxy, log_guard: LogGuard, ask: Ask, reach: bool
) -> None:
    log_guard.expect("the answer of .* was lost: asking again")
    before = counts(far.shop)
    if ask is push:
        far.shop.desk.orders.act(Action.PACK, far.orders[2:4])
    proxy.cut_next(after=BEFORE.get(ask, 0), reach_server=reach)
    answer = ask(far)
    assert proxy.cuts == 1
    assert tuple(now - was for now, was in zip(counts(far.shop), before, strict=True)) == MADE[ask]
    if ask in {create, bring}:
        assert [far.shop.status(reference) for reference in answer] == [Status.NEW] * len(answer)
    if ask in {labels, push}:
        results = answer[-1] if ask is labels else answer
        assert [outcome for _, outcome, _ in results] == [Outcome.DONE] * 2
        assert [far.shop.status(reference) for reference, _, _ in results] == [after for _, _, after in results]
    assert far.shop.desk.goods.ledger_faults() == []


@pytest.mark.postgres
@pytest.mark.parametrize("reach", [True, False], ids=["kept", "not kept"])
def test_the_orders_tell_whether_a_step_was_done_whose_answer_was_lost(
    far: Station, proxy: CuttingProxy, log_guard: LogGuard, reach: bool
) -> None:
    log_guard.expect("the answer to a step was lost")
    proxy.cut_next(reach_server=reach)
    answer = far.desk.orders.act(Action.PACK, far.orders)
    assert proxy.cuts == 1
    assert [result.outcome for result in answer.results] == [Outcome.DONE] * 6
    assert [far.shop.facts(each).version for each in far.orders] == [2] * 6
    assert all([event["kind"] for event in far.shop.events(each)] == ["create", "pack"] for each in far.orders)


@pytest.mark.postgres
@pytest.mark.parametrize("reach", [True, False], ids=["kept", "not kept"])
def test_a_step_on_a_list_goes_on_where_its_answer_was_lost(
    far: Station, proxy: CuttingProxy, log_guard: LogGuard, reach: bool
) -> None:
    log_guard.expect("the answer to a step was lost")
    proxy.cut_next(reach_server=reach)
    answer = far.desk.orders.act_on_filter(Action.PACK, OrderFilter(Status.NEW))
    assert answer.counts == {Outcome.DONE: 6}
    assert [far.shop.facts(each).version for each in far.orders] == [2] * 6


@pytest.mark.postgres
@pytest.mark.parametrize("reach", [True, False], ids=["kept", "not kept"])
def test_a_scan_whose_answer_was_lost_is_asked_again_by_its_own_id(
    far: Station, proxy: CuttingProxy, log_guard: LogGuard, reach: bool
) -> None:
    log_guard.expect("the answer to a scan was lost")
    proxy.cut_next(reach_server=reach)
    assert far.desk.scanning.scan("pack", far.orders[0]).outcome is Outcome.DONE
    assert proxy.cuts == 1
    assert [event["kind"] for event in far.shop.events(far.orders[0])] == ["create", "pack"]


def undo_the_deed(station: Station) -> BulkResult:
    ids = [station.shop.facts(each).id for each in station.orders]
    return station.desk.orders.undo(station.orders, last_ids=ids)


def undo_the_scan(station: Station) -> BulkResult:
    scans = [past.scan_id for past in station.desk.scanning.history(6)]
    return BulkResult(tuple(station.desk.scanning.undo(scan_id) for scan_id in scans))


@pytest.mark.postgres
@pytest.mark.parametrize("reach", [True, False], ids=["kept", "not kept"])
@pytest.mark.parametrize("undo", [undo_the_deed, undo_the_scan])
def test_an_undo_whose_answer_was_lost_takes_back_one_step_and_no_older_one(
    far: Station, proxy: CuttingProxy, log_guard: LogGuard, undo: Callable[[Station], BulkResult], reach: bool
) -> None:
    log_guard.expect("the answer of .* was lost: asking again")
    for mode in ("pack", "ship"):
        for reference in far.orders:
            far.desk.scanning.scan(mode, reference, far.shop.options())
    proxy.cut_next(reach_server=reach)
    answer = undo(far)
    assert proxy.cuts == 1
    assert {result.outcome for result in answer.results} == {Outcome.DONE}
    assert [far.shop.status(each) for each in far.orders] == [Status.PACKED] * 6
    assert far.shop.desk.goods.ledger_faults() == []


@pytest.mark.postgres
@pytest.mark.parametrize("ask", [create, bring, push])
def test_a_server_that_stays_away_leaves_a_word_of_warning_and_the_id(
    far: Station, proxy: CuttingProxy, log_guard: LogGuard, ask: Ask
) -> None:
    log_guard.allow("was lost")
    if ask is push:
        far.shop.desk.orders.act(Action.PACK, far.orders[2:4])
    before = counts(far.shop)
    proxy.cut_next(after=BEFORE.get(ask, 0), then_refuse=True)
    with pytest.raises(AnswerLost, match="may be done already: look before you repeat it, or repeat it as request B-7"):
        ask(far, request_id="B-7")
    proxy.let_in()
    done = counts(far.shop)
    first = ask(far, request_id="B-7")
    assert counts(far.shop) == done
    assert (done != before) is (ask is not push)
    assert first


@pytest.mark.postgres
def test_a_step_is_perhaps_done_where_the_server_stays_away(
    far: Station, proxy: CuttingProxy, log_guard: LogGuard
) -> None:
    log_guard.allow("was lost")
    proxy.cut_next(then_refuse=True)
    with pytest.raises(AnswerLost, match="may be done already: look before you repeat"):
        far.desk.orders.act(Action.PACK, far.orders)
    proxy.let_in()
    assert {result.outcome for result in far.desk.orders.act(Action.PACK, far.orders).results} == {Outcome.ALREADY}


@pytest.mark.postgres
def test_a_server_that_was_away_before_is_not_told_as_a_lost_answer(far: Station, proxy: CuttingProxy) -> None:
    far.desk.orders.act(Action.PACK, far.orders[:1])
    proxy.refuse()
    far.desk.context.database.engine.dispose()
    with pytest.raises(DatabaseUnavailable) as away:
        far.desk.orders.act(Action.PACK, far.orders[1:2])
    assert not isinstance(away.value, AnswerLost)
