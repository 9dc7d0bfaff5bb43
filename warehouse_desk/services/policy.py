"""The settings that all stations share and that bend the rules."""

from warehouse_desk.common.messages import msg
from warehouse_desk.data import shared_settings
from warehouse_desk.domain.abilities import Ability
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.rules import Policy
from warehouse_desk.domain.stock import ReturnPolicy
from warehouse_desk.services.context import Context

_MAX_UNDO_MINUTES = 60


def policy(ctx: Context) -> Policy:
    """Return the shared settings as the rules read them."""
    with ctx.database.read() as uow:
        return shared_settings.policy_of(uow)


def set_policy(ctx: Context, key: str, value: str) -> None:
    """Change a shared setting: ``push_requires_packed``, ``verify_before_pack``, ``return_stock`` or ``undo_minutes``.

    Raises:
        WrongUsage: an unknown setting, or a value it cannot have.
        NotAllowed: the role lacks ``manageSettings``.
    """
    ctx.caller.require(Ability.MANAGE_SETTINGS)
    stored = _read(key, value.strip().lower())
    ctx.database.transact(lambda uow: shared_settings.write_setting(uow, key, stored))


_SWITCHES = frozenset({"push_requires_packed", "verify_before_pack"})
_SWITCH = {"on": True, "true": True, "off": False, "false": False}


def _read(key: str, value: str) -> object:
    if key in _SWITCHES and value in _SWITCH:
        return _SWITCH[value]
    if key == "return_stock" and value in set(ReturnPolicy):
        return value
    if key == "undo_minutes" and value.isascii() and value.isdigit() and int(value) <= _MAX_UNDO_MINUTES:
        return int(value)
    raise WrongUsage(
        msg(
            "“{key} {value}” is no setting. Known: push_requires_packed on|off, verify_before_pack on|off, "
            "return_stock inspect|restock|none, undo_minutes 0 to {limit}.",
            key=key,
            value=value,
            limit=_MAX_UNDO_MINUTES,
        )
    )
