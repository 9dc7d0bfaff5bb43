"""``do``: a step with any number of orders."""

from argparse import Namespace
from typing import TYPE_CHECKING

from warehouse_desk.cli.command_station import CommandStation
from warehouse_desk.cli.exits import DONE, REFUSED
from warehouse_desk.cli.named import company_id, person_id, warehouse_id
from warehouse_desk.cli.reading import references
from warehouse_desk.cli.words import say_results
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action, Need, rows_of

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk

_OPTIONS = {
    Need.WAREHOUSE: ("warehouse", msg("--warehouse ID|CODE, the warehouse that the goods leave")),
    Need.PERSON: ("person", msg("--person ID|CODE, the delivery person")),
    Need.COMPANY: ("company", msg("--company ID|CODE, the shipping company")),
    Need.REASON: ("reason", msg("--reason TEXT, why")),
}


def do(station: CommandStation) -> int:
    """Do a step with the orders named."""
    arguments = station.arguments
    action: Action = arguments.action
    check_needs(action, arguments)
    keys = references(arguments.references)
    with station.desk() as desk:
        answer = desk.orders.act(
            action, keys, options_of(desk, action, arguments), request_id=getattr(arguments, "request_id", None)
        )
    say_results(answer, as_json=station.as_json)
    return DONE if answer.all_done else REFUSED


def check_needs(action: Action, arguments: Namespace) -> None:
    """Refuse a command that lacks an option which every order of the step needs.

    Raises:
        WrongUsage: the sentence names the option.
    """
    if action is Action.UNDO:
        return
    rows = rows_of(action)
    for need in rows[0].needs:
        option = _OPTIONS.get(need)
        if option and all(need in row.needs for row in rows) and not (getattr(arguments, option[0]) or "").strip():
            raise WrongUsage(_needs(action, option[1]))


def _needs(action: Action, option: Message) -> Message:
    return msg("{action} needs {option}.", action=action.value, option=option)


def options_of(desk: "Desk", action: Action, arguments: Namespace) -> StepOptions:
    """Return the facts that the options give.

    Raises:
        WrongUsage: an option names something that does not exist or is no longer in use.
    """
    warehouse, person, company = (getattr(arguments, name, None) for name in ("warehouse", "person", "company"))
    skus = getattr(arguments, "sku", None)
    return StepOptions(
        date=getattr(arguments, "date", None) or desk.context.today(),
        warehouse_id=warehouse_id(desk, warehouse) if warehouse else None,
        person_id=person_id(desk, person) if person else None,
        company_id=company_id(desk, company) if company else None,
        from_stock=arguments.from_stock if action is Action.PUSH else None,
        short_skus=tuple(skus) if skus else None,
        reason=getattr(arguments, "reason", ""),
        to_new=getattr(arguments, "to_new", False),
        allow_negative=getattr(arguments, "allow_negative", False),
        outdated_label=getattr(arguments, "outdated_label", False),
        uncounted=getattr(arguments, "uncounted", False),
    )
