"""Who sends the parcels, as labels and sheets name them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SenderDetails:
    """The shop or warehouse on every label; one for all stations."""

    name: str = ""
    phone: str = ""
    city: str = ""
