"""Money in whole centimes of a dirham (MAD). Never a float on the way."""

from decimal import ROUND_HALF_UP, Decimal

from warehouse_desk.common.formats import NARROW_BLANK, count_text
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.numbers import number_of

CENTIMES = 100
_CENTIME = Decimal("0.01")
_BEYOND = 10**15
_BINARY_DUST = Decimal("0.0000001")


def centimes(value: object) -> int | None:
    """Return an amount of MAD, given as a number or a numeric text, in centimes; None when it is not one.

    Amounts finer than a centime, or of 10^15 MAD and more, are not amounts of money and give None too. A number that
    misses a centime by as little as binary fractions do is that centime: 0.1 + 0.2 is sent as 0.30000000000000004.
    """
    amount = number_of(value)
    # Compared before anything is computed: arithmetic rounds to 28 digits, and 1e999999 would take minutes.
    if amount is None or not -_BEYOND < amount < _BEYOND:
        return None
    exact = amount.quantize(_CENTIME)
    dust = exact != amount and not isinstance(value, str) and abs(exact - amount) < _BINARY_DUST
    return int(exact * CENTIMES) if exact == amount or dust else None


def amount_on_wire(value: int) -> int | float:
    """Return centimes as the JSON number of the API: 39900 is 399, 39950 is 399.5."""
    whole, rest = divmod(value, CENTIMES)
    return float(Decimal(value) / CENTIMES) if rest else whole


def figure_text(value: int, *, blank: str = NARROW_BLANK, plus: bool = False) -> str:
    """Return centimes as people write them: ``1 234,50``; ``blank`` stands between thousands.

    Written out by hand: the CLDR data of fr_MA separates thousands by a dot, which reads as a decimal on a label.
    """
    whole, rest = divmod(abs(value), CENTIMES)
    sign = "-" if value < 0 else "+" if plus and value else ""
    return f"{sign}{count_text(whole, blank=blank)},{rest:02d}"


def money_words(value: int, *, plus: bool = False) -> Message:
    """Return centimes for people, with the dirham as their language writes it: ``1 234,50 DH``."""
    return msg("{amount}\u00a0DH", amount=figure_text(value, plus=plus))


def money_text(value: int, *, plus: bool = False) -> str:
    """Return :func:`money_words` in the current language."""
    return str(money_words(value, plus=plus))


def unit_price(line_total: int, quantity: int) -> int:
    """Return the unit price that follows from a line total, rounded half up to the centime."""
    return int((Decimal(line_total) / quantity).quantize(Decimal(1), ROUND_HALF_UP))
