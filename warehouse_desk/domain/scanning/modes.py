"""The scanner's modes: one entry each, with all that the program does differently from one mode to the next.

What a reading does stands in the handlers of :mod:`services.scanning.modes`, how its button looks in
:mod:`ui.scanner.wording`; both refuse to start where a mode of this table is missing.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.orders.tracking import TRACKING_ABILITY
from warehouse_desk.domain.orders.transitions import UNDOABLE, Action, Need, ability_of, rows_of
from warehouse_desk.domain.people.abilities import Ability


class ModeName(StrEnum):
    """A mode by the name that stored readings and the command line use, in the order in which a parcel meets them."""

    PACK = "pack"
    VERIFY = "verify"
    TRACKING = "tracking"
    SHIP = "ship"
    HAND_OVER = "hand-over"
    DELIVER = "deliver"
    RETURN = "return"
    RESTOCK = "restock"
    CANCEL = "cancel"
    LOOK_UP = "look-up"


class Counted(StrEnum):
    """What is counted beside the answers of a mode."""

    PIECES = "pieces"
    """Those of the order that is open at the station: the same code again is one more piece."""
    PARCELS = "parcels"
    """Those that a company or a person takes: what other stations do changes what is expected."""


class Choice(StrEnum):
    """What the worker may choose for all readings of a mode, besides the facts that a step needs."""

    WHOLE_LINES = "whole_lines"
    """Every piece is scanned, or one for its whole line."""
    WRITE_OFF = "write_off"
    """Returned goods go back on the shelf, or are written off."""
    SPARE_WAREHOUSE = "spare_warehouse"
    """The warehouse whose shelf takes returned goods where theirs is out of use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanMode:
    """One mode of the scanner."""

    name: ModeName
    label: Message
    short_label: Message | None = None
    """The word on a button, where the label is too long for one."""
    command: str
    """The word in the barcode that chooses the mode, of letters that no keyboard layout moves."""
    ability: Ability
    needs: tuple[Need, ...] = ()
    choices: tuple[Choice, ...] = ()
    action: Action | None = None
    """The status action that a reading does; None where the mode does something of its own."""
    counts: Counted | None = None
    changes_order: bool = True
    """Whether a reading that is done changes what lists show of the order."""
    touches_stock: bool = True
    """Whether it may change what lists show of products."""
    tells_customer: bool = False
    """Whether customer, city and amount stand before its sentence; they always do where a step moved the order."""
    undoable: bool = True
    done: Message
    completed: Message | None = None
    """Said instead of ``done`` by a reading that ends what others began: it moved the order, or noted its number."""
    already: Message
    refused: Message


_ALL = (
    ScanMode(
        name=ModeName.PACK,
        label=msg("Pack"),
        command="PCKONE",
        ability=Ability.PACK,
        needs=(Need.DATE,),
        action=Action.PACK,
        done=msg("PACKED"),
        already=msg("ALREADY PACKED"),
        refused=msg("DO NOT PACK"),
    ),
    ScanMode(
        name=ModeName.VERIFY,
        label=msg("Verify and pack"),
        short_label=msg("Verify"),
        command="CHECK",
        ability=Ability.PACK,
        needs=(Need.DATE,),
        choices=(Choice.WHOLE_LINES,),
        counts=Counted.PIECES,
        done=msg("COUNTED"),
        completed=msg("PACKED"),
        already=msg("NOT COMPLETE"),
        refused=msg("WRONG"),
    ),
    ScanMode(
        name=ModeName.TRACKING,
        label=msg("Tracking number"),
        short_label=msg("Tracking", "scan mode"),
        command="TRXCKING",
        ability=TRACKING_ABILITY,
        touches_stock=False,
        tells_customer=True,
        done=msg("NOW ITS LABEL"),
        completed=msg("NUMBER NOTED"),
        already=msg("ALREADY NOTED"),
        refused=msg("NOT NOTED"),
    ),
    ScanMode(
        name=ModeName.SHIP,
        label=msg("Ship"),
        command="SHIP",
        ability=Ability.SHIP,
        needs=(Need.DATE, Need.WAREHOUSE),
        action=Action.SHIP,
        done=msg("SHIPPED"),
        already=msg("ALREADY SHIPPED"),
        refused=msg("DO NOT SHIP"),
    ),
    ScanMode(
        name=ModeName.HAND_OVER,
        label=msg("Hand over"),
        short_label=msg("Hand over", "scan mode"),
        command="HXNDOVER",
        ability=Ability.SHIP,
        needs=(Need.COMPANY, Need.PERSON),
        counts=Counted.PARCELS,
        touches_stock=False,
        tells_customer=True,
        done=msg("HANDED OVER"),
        already=msg("ALREADY HANDED OVER"),
        refused=msg("KEEP IT HERE"),
    ),
    ScanMode(
        name=ModeName.DELIVER,
        label=msg("Deliver"),
        command="DELIVER",
        ability=Ability.DELIVER,
        needs=(Need.DATE,),
        action=Action.DELIVER,
        done=msg("DELIVERED"),
        already=msg("ALREADY DELIVERED"),
        refused=msg("NOT DELIVERED"),
    ),
    ScanMode(
        name=ModeName.RETURN,
        label=msg("Return"),
        short_label=msg("Return", "scan mode"),
        command="RETURN",
        ability=Ability.RETURN,
        needs=(Need.DATE,),
        action=Action.RETURN,
        done=msg("RETURNED"),
        already=msg("ALREADY RETURNED"),
        refused=msg("NOT RETURNED"),
    ),
    ScanMode(
        name=ModeName.RESTOCK,
        label=msg("Restock"),
        short_label=msg("Restock", "scan mode"),
        command="RESTOCK",
        ability=Ability.MANAGE_STOCK,
        choices=(Choice.WRITE_OFF, Choice.SPARE_WAREHOUSE),
        done=msg("RETURN DONE"),
        already=msg("ALREADY DONE"),
        refused=msg("NO RETURN WAITING"),
    ),
    ScanMode(
        name=ModeName.CANCEL,
        label=msg("Cancel"),
        short_label=msg("Cancel", "scan mode"),
        command="CXNCEL",
        ability=Ability.CANCEL,
        needs=(Need.DATE, Need.REASON),
        action=Action.CANCEL,
        done=msg("CANCELED"),
        already=msg("ALREADY CANCELED"),
        refused=msg("NOT CANCELED"),
    ),
    ScanMode(
        name=ModeName.LOOK_UP,
        label=msg("Look up"),
        command="LOOK",
        ability=Ability.VIEW,
        changes_order=False,
        touches_stock=False,
        tells_customer=True,
        undoable=False,
        done=msg("FOUND"),
        already=msg("FOUND"),
        refused=msg("NOT FOUND"),
    ),
)

SCAN_MODES: Mapping[ModeName, ScanMode] = MappingProxyType({mode.name: mode for mode in _ALL})
"""Every mode by its name, in the order in which a parcel meets them."""

STATUS_MODES: Mapping[ModeName, Action] = MappingProxyType({m.name: m.action for m in _ALL if m.action is not None})
"""The modes that take an order a step further, with their step."""

LINE_MODES = (*STATUS_MODES, ModeName.TRACKING)
"""The modes for which a line in and a line out are enough; what the others do is seen on the scanner's screen."""

_BY_TEXT = {mode.name.value: mode for mode in _ALL}


def mode_named(name: str) -> ScanMode | None:
    """Return the mode of a stored reading or a command line; None where this program has no such mode."""
    return _BY_TEXT.get(name)


def _faults() -> list[str]:
    faults = [f"no entry for {name}" for name in ModeName if name not in SCAN_MODES]
    for kind, of in (("entries", [mode.name for mode in _ALL]), ("command words", [mode.command for mode in _ALL])):
        faults += [f"two {kind} {twice}" for twice, times in Counter(of).items() if times > 1]
    for mode in _ALL:
        if mode.action is None:
            continue
        if mode.ability is not ability_of(mode.action):
            faults.append(f"{mode.name}: {mode.action} wants another ability than {mode.ability}")
        if not set(rows_of(mode.action)[0].needs) <= set(mode.needs):
            faults.append(f"{mode.name}: {mode.action} needs more than {mode.needs}")
        if mode.undoable is not (mode.action in UNDOABLE):
            faults.append(f"{mode.name}: whether it can be taken back is for {mode.action} to say")
    return faults


if _found := _faults():
    raise RuntimeError(f"the table of scan modes is inconsistent: {'; '.join(_found)}")
