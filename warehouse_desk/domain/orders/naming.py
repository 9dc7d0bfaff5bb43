"""What a rule knows by its number only, and a person by its name."""

from dataclasses import dataclass

from warehouse_desk.domain.orders.transitions import Need


@dataclass(frozen=True, slots=True)
class NameOf:
    """Stands in a sentence of the rules for a warehouse, company or person, until its name is put there."""

    what: Need
    number: int | None

    def __str__(self) -> str:
        return "-" if self.number is None else str(self.number)
