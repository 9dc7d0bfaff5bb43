"""The scanner's modes, as data: what each needs, how it takes the same code twice, how it is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.orders.transitions import Action, Need
from warehouse_desk.domain.people.abilities import Ability


class Repeats(StrEnum):
    """What the same code within 1.5 seconds is."""

    ORDER = "order"
    """The scanner read twice: one scan."""
    COUNT = "count"
    """Another unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanMode:
    """One mode of the scanner."""

    name: str
    label: Message
    ability: Ability
    needs: tuple[Need, ...] = ()
    action: Action | None = None
    """The status action that a reading does; None where the mode does something of its own."""
    repeats: Repeats = Repeats.ORDER
    done: Message
    already: Message
    refused: Message


_ALL = (
    ScanMode(
        name="pack",
        label=msg("Pack"),
        ability=Ability.PACK,
        needs=(Need.DATE,),
        action=Action.PACK,
        done=msg("PACKED"),
        already=msg("ALREADY PACKED"),
        refused=msg("DO NOT PACK"),
    ),
    ScanMode(
        name="verify",
        label=msg("Verify and pack"),
        ability=Ability.PACK,
        needs=(Need.DATE,),
        repeats=Repeats.COUNT,
        done=msg("COUNTED"),
        already=msg("STILL OPEN"),
        refused=msg("WRONG"),
    ),
    ScanMode(
        name="ship",
        label=msg("Ship"),
        ability=Ability.SHIP,
        needs=(Need.DATE, Need.WAREHOUSE),
        action=Action.SHIP,
        done=msg("SHIPPED"),
        already=msg("ALREADY SHIPPED"),
        refused=msg("DO NOT SHIP"),
    ),
    ScanMode(
        name="hand-over",
        label=msg("Hand over"),
        ability=Ability.SHIP,
        needs=(Need.COMPANY, Need.PERSON),
        done=msg("HANDED OVER"),
        already=msg("HANDED OVER BEFORE"),
        refused=msg("KEEP IT HERE"),
    ),
    ScanMode(
        name="deliver",
        label=msg("Deliver"),
        ability=Ability.DELIVER,
        needs=(Need.DATE,),
        action=Action.DELIVER,
        done=msg("DELIVERED"),
        already=msg("ALREADY DELIVERED"),
        refused=msg("NOT DELIVERED"),
    ),
    ScanMode(
        name="return",
        label=msg("Return"),
        ability=Ability.RETURN,
        needs=(Need.DATE,),
        action=Action.RETURN,
        done=msg("RETURNED"),
        already=msg("ALREADY RETURNED"),
        refused=msg("NOT RETURNED"),
    ),
    ScanMode(
        name="restock",
        label=msg("Restock"),
        ability=Ability.MANAGE_STOCK,
        done=msg("SETTLED"),
        already=msg("SETTLED BEFORE"),
        refused=msg("NOTHING TO SETTLE"),
    ),
    ScanMode(
        name="cancel",
        label=msg("Cancel"),
        ability=Ability.CANCEL,
        needs=(Need.DATE, Need.REASON),
        action=Action.CANCEL,
        done=msg("CANCELED"),
        already=msg("ALREADY CANCELED"),
        refused=msg("NOT CANCELED"),
    ),
    ScanMode(
        name="look-up",
        label=msg("Look up"),
        ability=Ability.VIEW,
        done=msg("FOUND"),
        already=msg("FOUND"),
        refused=msg("NOT FOUND"),
    ),
)

SCAN_MODES: Mapping[str, ScanMode] = MappingProxyType({mode.name: mode for mode in _ALL})
"""Every mode by its name, in the order in which a parcel meets them."""

STATUS_MODES: Mapping[str, Action] = MappingProxyType({m.name: m.action for m in _ALL if m.action is not None})
"""The modes that take an order a step further, with their step."""
