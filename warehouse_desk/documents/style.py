"""How large the parts of a label are, from the size of its stock."""

from dataclasses import dataclass
from functools import lru_cache

from warehouse_desk.documents.stock import LabelStock
from warehouse_desk.documents.units import MM

_WIDE_BELOW_MM = 85.0
_ROOMY_FROM_MM = 150.0


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes of type and heights of parts in points for one stock; pairs are largest and smallest."""

    wide: bool
    gap: float
    sender: float
    detail: float
    city_height: float
    city: tuple[float, float]
    area: float
    bars_height: float
    hri: float
    recipient: tuple[float, float]
    phone: tuple[float, float]
    second_phone: tuple[float, float]
    address: tuple[float, float]
    cod_height: float
    amount: tuple[float, float]
    lines: tuple[float, float]
    notes: tuple[float, float]
    footer: tuple[float, float]


@lru_cache(maxsize=128)
def style_for(stock: LabelStock, squeeze: float = 0.0) -> Style:
    """Return the sizes for a stock: those of a 100 × 150 mm label, drawn in towards those of a 67 mm one.

    ``squeeze`` from 0 to 1 draws them in further, for a label with much to say.
    """
    height = stock.label.height
    wide = height < _WIDE_BELOW_MM
    least = 60.0 if wide else _WIDE_BELOW_MM
    most = _WIDE_BELOW_MM if wide else _ROOMY_FROM_MM
    ease = min(1.0, (height - least) / (most - least))
    start, end = (0.12, 0.4) if wide else (0.25, 1.0)
    share = (start + (end - start) * ease) * (1 - squeeze)

    def between(tight: float, roomy: float) -> float:
        return round((tight + (roomy - tight) * share) * 4) / 4

    return Style(
        wide=wide,
        gap=between(0.7, 2.4) * MM,
        sender=between(7.5, 10.5),
        detail=between(6.5, 8.5),
        city_height=between(9, 20) * MM,
        city=(between(32, 50), 11),
        area=between(7, 13),
        bars_height=between(8, 18) * MM,
        hri=between(8.5, 14),
        recipient=(between(9, 16), 8),
        phone=(between(11, 21), 8),
        second_phone=(between(9, 14), 7),
        address=(between(8, 12), 6.5),
        cod_height=(between(12, 15) if wide else between(10, 17)) * MM,
        amount=(between(22, 34), 9),
        lines=(between(7.5, 10), 6.5),
        notes=(between(7.5, 10), 6.5),
        footer=(between(7, 9), 6),
    )
