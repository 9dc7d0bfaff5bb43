"""The settings that all stations share and that bend the rules."""

from warehouse_desk.common.messages import msg
from warehouse_desk.data import shared_settings
from warehouse_desk.domain.abilities import Ability
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.rules import Policy
from warehouse_desk.domain.sender import SenderDetails
from warehouse_desk.domain.stock import ReturnPolicy
from warehouse_desk.services.context import Context

_MAX_UNDO_MINUTES = 60
_MAX_SENDER = 100
_MAX_LABEL_DAYS = 3_650
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
    stored = " ".join(value.split())[:_MAX_SENDER] if key in _SENDER else _read(key, value.strip().lower())
    ctx.database.transact(lambda uow: shared_settings.write_setting(uow, key, stored))


_SWITCHES = frozenset({"push_requires_packed", "verify_before_pack", "import_fees_paid_by_customer"})
_NUMBERS = {"undo_minutes": _MAX_UNDO_MINUTES, "keep_label_files_days": _MAX_LABEL_DAYS}
_SWITCH = {"on": True, "true": True, "off": False, "false": False}


def _read(key: str, value: str) -> object:
    if key in _SWITCHES and value in _SWITCH:
        return _SWITCH[value]
    if key == "return_stock" and value in set(ReturnPolicy):
        return value
    if key in _NUMBERS and value.isascii() and value.isdigit() and int(value) <= _NUMBERS[key]:
        return int(value)
    known = [f"{name} {words}" for name, words in _WORDS.items()]
    raise WrongUsage(msg("“{key} {value}” is no setting. Known: {known}.", key=key, value=value, known=known))


_WORDS = {
    **dict.fromkeys(sorted(_SWITCHES), "on|off"),
    "return_stock": "inspect|restock|none",
    **{key: f"0-{most}" for key, most in _NUMBERS.items()},
    **dict.fromkeys(sorted(_SENDER), "..."),
}
"""Every shared setting with the values it may have."""
