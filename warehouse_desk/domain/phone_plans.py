"""Which phone numbers can exist: the ranges of every country's numbers, from a table that ships with the program.

``packaging/phone_plans.py`` writes the table. It is read when the first number asks for it; Moroccan numbers are found
and shown without it.
"""

import json
import re
from functools import cache
from typing import NamedTuple

from warehouse_desk.common.resources import resource_file

MOROCCO = "212"

_LONGEST_CODE = 3


class PhonePlan(NamedTuple):
    """What the numbers of one country's code look like."""

    trunk: str
    """What is dialled before a national number inside the country, and often written in vain after the code."""
    groups: tuple[int, ...]
    """The lengths in which a mobile number is written after the country's code."""
    numbers: str
    """A pattern of all national numbers that can exist."""


@cache
def _plans() -> dict[str, PhonePlan]:
    table = json.loads(resource_file("phones", "plans.json").read_text(encoding="utf-8"))
    return {
        code: PhonePlan(plan["trunk"], tuple(plan["groups"]), plan["numbers"]) for code, plan in table["plans"].items()
    }


@cache
def _pattern(code: str) -> re.Pattern[str]:
    return re.compile(_plans()[code].numbers, re.ASCII)


def plan_of(code: str) -> PhonePlan | None:
    """Return the plan of a country's code such as ``33``; None where no country has it."""
    return _plans().get(code)


def exists(code: str, national: str) -> bool:
    """Tell whether a country may have given out a national number: its length and its first digits are in a range."""
    return code in _plans() and _pattern(code).fullmatch(national) is not None


def split(international: str) -> tuple[str, str] | None:
    """Return country's code and national number of digits that begin with a code, if the number can exist.

    The zero that is dialled inside a country is left out where it was written after the code.
    """
    for length in range(1, _LONGEST_CODE + 1):
        code, national = international[:length], international[length:]
        plan = plan_of(code)
        if plan is None:
            continue
        if exists(code, national):
            return code, national
        bare = national.removeprefix(plan.trunk)
        return (code, bare) if bare != national and exists(code, bare) else None
    return None
