"""The settings that all stations share and that bend the rules."""

import logging
from collections.abc import Mapping

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.text import is_storable
from warehouse_desk.data import shared_settings
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.domain.errors import InvalidInput, WrongUsage
from warehouse_desk.domain.goods.stock import ReturnPolicy
from warehouse_desk.domain.orders.rules import Policy
from warehouse_desk.domain.paper.sender import SenderDetails
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.services.context import Context

_NUMBERS = {"undo_minutes": 60, "lock_minutes": 480, "keep_label_files_days": 3_650}
"""Settings that are numbers and the most they may be: an hour to undo, a shift until a station locks, ten years."""

_MAX_SENDER = 100
_log = logging.getLogger(__name__)
_SENDER = ("sender_name", "sender_phone", "sender_city")


def policy(ctx: Context) -> Policy:
    """Return the shared settings as the rules read them."""
    with ctx.database.read() as uow:
        return shared_settings.policy_of(uow)


def sender(ctx: Context) -> SenderDetails:
    """Return who sends the parcels, as labels name them."""
    with ctx.database.read() as uow:
        return shared_settings.sender_of(uow)


def shared_values(ctx: Context) -> dict[str, str | int | bool]:
    """Return every setting that all stations share, by its name."""
    with ctx.database.read() as uow:
        rules, from_whom = shared_settings.policy_of(uow), shared_settings.sender_of(uow)
        label_days = shared_settings.label_file_days(uow)
    return {
        "push_requires_packed": rules.push_requires_packed,
        "verify_before_pack": rules.verify_before_pack,
        "return_stock": rules.return_stock.value,
        "undo_minutes": rules.undo_minutes,
        "lock_minutes": rules.lock_minutes,
        "import_fees_paid_by_customer": rules.import_fees_paid_by_customer,
        "keep_label_files_days": label_days,
        "sender_name": from_whom.name,
        "sender_phone": from_whom.phone,
        "sender_city": from_whom.city,
    }


def set_policy(ctx: Context, key: str, value: str) -> None:
    """Change a shared setting; the names are those of :func:`shared_values`.

    Raises:
        WrongUsage: an unknown setting, or a value it cannot have.
        NotAllowed: the role lacks ``manageSettings``.
    """
    ctx.caller.require(Ability.MANAGE_SETTINGS)
    _write(ctx, {key: _read(key, value)})


def set_policies(ctx: Context, values: Mapping[str, str]) -> None:
    """Change several shared settings, all or none.

    Raises:
        InvalidInput: with a sentence for each setting that is unknown or cannot have its value, by its name.
        NotAllowed: the role lacks ``manageSettings``.
    """
    ctx.caller.require(Ability.MANAGE_SETTINGS)
    stored: dict[str, object] = {}
    faults: dict[str, Message] = {}
    for key, value in values.items():
        try:
            stored[key] = _read(key, value)
        except WrongUsage as fault:
            faults[key] = _LIMITS.get(key, fault.message)
    if faults:
        raise InvalidInput(msg("Nothing was changed: correct what is marked."), faults)
    _write(ctx, stored)


def _write(ctx: Context, stored: Mapping[str, object]) -> None:
    def work(uow: UnitOfWork) -> None:
        for key in sorted(stored):  # always in one order: two stations never wait for each other's rows
            shared_settings.write_setting(uow, key, stored[key])

    ctx.database.transact(work)
    for key in stored:
        _log.info("setting %s changed", key)


_SWITCHES = frozenset({"push_requires_packed", "verify_before_pack", "import_fees_paid_by_customer"})
_SWITCH = {"on": True, "true": True, "off": False, "false": False}


def _read(key: str, given: str) -> object:
    if key in _SENDER:
        return _read_sender(given)
    value = given.strip().lower()
    if key in _SWITCHES and value in _SWITCH:
        return _SWITCH[value]
    if key == "return_stock" and value in set(ReturnPolicy):
        return value
    if (
        key in _NUMBERS
        and value.isascii()
        and value.isdigit()
        and len(value) <= _DIGITS
        and int(value) <= _NUMBERS[key]
    ):
        return int(value)
    known = [f"{name} {words}" for name, words in _WORDS.items()]
    raise WrongUsage(msg("“{key} {value}” is no setting. Known: {known}.", key=key, value=value, known=known))


def _read_sender(given: str) -> str:
    text = " ".join(given.split())
    if len(text) > _MAX_SENDER or not is_storable(text):
        raise WrongUsage(
            msg("The sender's name, phone and city have at most {limit} characters each.", limit=_MAX_SENDER)
        )
    return text


_DIGITS = 4
_LIMITS = {key: msg("Give a whole number from 0 to {limit}.", limit=limit) for key, limit in _NUMBERS.items()}
_WORDS = {
    **dict.fromkeys(sorted(_SWITCHES), "on|off"),
    "return_stock": "inspect|restock|none",
    **{key: f"0-{most}" for key, most in _NUMBERS.items()},
    **dict.fromkeys(sorted(_SENDER), "..."),
}
"""Every shared setting with the values it may have."""
