"""The page about an order's life, written from the transition table.

``python -m warehouse_desk.domain.orders.life_cycle_page`` prints it; a test compares
``docs/order-life-cycle.md`` with it.
"""

import sys
from collections.abc import Iterable

from warehouse_desk.domain.orders.transitions import TRANSITIONS, Condition, Effect, Target, Transition, action_name
from warehouse_desk.domain.people.abilities import ROLES, Ability
from warehouse_desk.domain.status import Status, holding, status_name

_INTRODUCTION = """\
# The life of an order

Generated from the transition table (`warehouse_desk/domain/orders/transitions.py`); do not edit by hand. To renew it:

    python -m warehouse_desk.domain.orders.life_cycle_page > docs/order-life-cycle.md
"""

_NOTES = """\
- Asking for the status that an order already has is answered calmly with "already" and changes nothing, if the company,
  the warehouse, the person or the SKUs that are named with it are the order's too. Otherwise it is refused, and the
  sentence names what the order has and the way to change that.
- The day of a step is not after today, not before the order was made and not before the day of the step before it.
- An order on hold refuses every step but cancel and release. Its details may be edited, and it stays on hold: most are
  held because an address or a phone number is wrong, and a hold released before that is mended would let the parcel go.
- Holding, releasing and reprinting leave the status as it is, and so does reassigning; they are not drawn.
- Undo takes the worker's own last step back directly; it is not the status ROLLBACK.
"""


def life_cycle_page() -> str:
    """Return the whole page as Markdown: statuses, diagram, table of steps, who may do them."""
    sections = (
        _INTRODUCTION,
        "## Statuses\n\n" + _table(("status", "shown as", "its goods are"), _status_rows()),
        "## Diagram\n\n" + _diagram(),
        "## Steps\n\n"
        + _table(("step", "asked for as", "from", "to", "needs", "stock", "ability"), map(_step_row, TRANSITIONS)),
        _NOTES,
        "## Who may do it\n\n" + _table(("ability", "roles of a new database"), _ability_rows()),
    )
    return "\n".join(sections)


def _status_rows() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for status in Status:
        goods = "what the status it resumes to says" if status is Status.ROLLBACK else holding(status).value
        found.append((f"`{status.value}`", status_name(status).text, goods))
    return found


def _diagram() -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    for row in TRANSITIONS:
        lines += [f"    {source} --> {target}: {_label(row)}" for source, target in _arrows(row)]
    return "\n".join([*lines, "```", ""])


def _arrows(row: Transition) -> list[tuple[str, str]]:
    """Return the arrows of a row; a row that leaves the status as it is has none."""
    if row.target is Target.UNCHANGED:
        return []
    if row.target is Target.RESUMED:
        resumable = [s for r in TRANSITIONS if r.target is Status.ROLLBACK for s in r.sources]
        before = {r for row in TRANSITIONS if row.target in resumable for r in row.sources}
        return [(Status.ROLLBACK.value, s.value) for s in Status if s in before - {Status.ROLLBACK}]
    target = "[*]" if row.target is Target.GONE else row.target.value
    return [(source.value, target) for source in row.sources] or [("[*]", target)]


def _label(row: Transition) -> str:
    name = action_name(row.action).text
    return f"{name} ({row.condition.value})" if row.condition is Condition.PUSH_UNPACKED else name


def _step_row(row: Transition) -> tuple[str, ...]:
    name = action_name(row.action).text
    sources = "any" if len(row.sources) == len(Status) else ", ".join(f"`{s.value}`" for s in row.sources)
    target = f"`{row.target.value}`" if isinstance(row.target, Status) else row.target.value
    return (
        f"{name} ({row.variant})" if row.variant else name,
        f"`{row.action.value}`",
        ", ".join(filter(None, (sources, row.condition.value))) or "-",
        target,
        ", ".join(f"`{need.value}`" for need in row.needs) or "-",
        "-" if row.effect is Effect.NONE else row.effect.value,
        f"`{row.ability.value}`",
    )


def _ability_rows() -> list[tuple[str, ...]]:
    wanted = [ability for ability in Ability if any(row.ability is ability for row in TRANSITIONS)]
    return [
        (f"`{ability.value}`", ", ".join(name for name, held in ROLES.items() if ability in held)) for ability in wanted
    ]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


if __name__ == "__main__":
    sys.stdout.write(life_cycle_page())
