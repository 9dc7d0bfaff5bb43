"""Deeds on goods and on what bends the rules: received, corrected, settled; places opened and closed; settings."""

from collections.abc import Sequence
from random import Random

from tests.walks.deeds import Kind, Numbers, any_number, chance
from tests.walks.world import SKUS, World
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.goods.returns import Decision
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.results import ActionResult

_SETTINGS = {
    "return_stock": ("inspect", "inspect", "restock", "none"),
    "push_requires_packed": ("on", "off"),
    "verify_before_pack": ("off", "off", "on"),
    "undo_minutes": ("5", "1"),
}


def _draw_receipt(rng: Random) -> Numbers:
    return {"sku": rng.choice(SKUS), "pieces": rng.choice((1, 2, 4)), "place": any_number(rng)}


def _receive(world: World, sku: str, pieces: int, place: int) -> Sequence[ActionResult]:
    world.desk.goods.receive(world.own[place % len(world.own)], sku, pieces)
    return ()


def _draw_correction(rng: Random) -> Numbers:
    return {"sku": rng.choice(SKUS), "difference": rng.choice((-2, -1, 1)), "place": any_number(rng)}


def _adjust(world: World, sku: str, difference: int, place: int) -> Sequence[ActionResult]:
    world.desk.goods.adjust(world.own[place % len(world.own)], sku, difference, "Inventaire")
    return ()


def _draw_decision(rng: Random) -> Numbers:
    return {
        "order": any_number(rng),
        "restock": chance(rng, 65),
        "sku": rng.choice(SKUS) if chance(rng, 50) else None,
        "pieces": rng.choice((None, 1, 1, 2)),
        "shelf": any_number(rng) if chance(rng, 15) else None,
        "waiting": chance(rng, 80),
    }


def _settle(
    world: World, order: int, sku: str | None, pieces: int | None, shelf: int | None, *, restock: bool, waiting: bool
) -> Sequence[ActionResult]:
    rows = world.desk.goods.waiting_returns()
    key = rows[order % len(rows)].reference if waiting and rows else world.pick(order)
    decision = Decision(
        restock=restock,
        pieces={} if sku is None else {sku: pieces},
        shelf_id=None if shelf is None else world.own[shelf % len(world.own)],
    )
    return world.desk.goods.settle_returns([key], decision).results


def _draw_restock_reading(rng: Random) -> Numbers:
    return {"order": any_number(rng), "place": any_number(rng) if chance(rng, 50) else None}


def _restock_reading(world: World, order: int, place: int | None) -> Sequence[ActionResult]:
    rows = world.desk.goods.waiting_returns()
    code = rows[order % len(rows)].reference if rows else world.pick(order)
    spare = None if place is None else world.own[place % len(world.own)]
    return (world.desk.scanning.scan("restock", code, StepOptions(date=world.today, warehouse_id=spare)),)


def _draw_place(rng: Random) -> Numbers:
    return {"place": any_number(rng), "active": chance(rng, 40)}


def _open_or_close(world: World, place: int, *, active: bool) -> Sequence[ActionResult]:
    """Close a place, emptied first so that it can be, or open it again."""
    number = world.own[place % len(world.own)]
    desk = world.desk
    if not active:
        code = next(each.code for each in desk.directories.warehouses() if each.id == number)
        for row in desk.goods.stock():
            if row.warehouse == code and row.on_hand > 0:
                desk.goods.adjust(number, row.sku, -row.on_hand, "Déménagement")
    desk.directories.set_active(Listed.WAREHOUSE, number, active=active)
    return ()


def _draw_setting(rng: Random) -> Numbers:
    name = rng.choice(sorted(_SETTINGS))
    return {"name": name, "value": rng.choice(_SETTINGS[name])}


def _set(world: World, name: str, value: str) -> Sequence[ActionResult]:
    world.desk.settings.change({name: value})
    return ()


KINDS = (
    Kind("receive", 5, _draw_receipt, _receive),
    Kind("adjust", 2, _draw_correction, _adjust),
    Kind("settle", 11, _draw_decision, _settle),
    Kind("scan restock", 4, _draw_restock_reading, _restock_reading),
    Kind("open or close", 2, _draw_place, _open_or_close),
    Kind("setting", 4, _draw_setting, _set),
)
