"""Write ``resources/phones/plans.json``: which phone numbers can exist, for each country's code.

    python packaging/phone_plans.py         write the table anew
    python packaging/phone_plans.py check   exit status 1 if the table is not what the library says

The ranges are those of libphonenumber, as the package ``phonenumberslite`` of the development environment brings them.
"""

import json
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
    PhoneNumberFormat,
    PhoneNumberType,
    example_number_for_type,
    format_number,
)
from phonenumbers.phonemetadata import PhoneMetadata

TABLE = Path(__file__).resolve().parent.parent / "resources" / "phones" / "plans.json"
NO_COUNTRY = "001"
"""The library's region of codes such as +800, which belong to services of the whole world."""
KINDS = (
    "fixed_line",
    "mobile",
    "toll_free",
    "premium_rate",
    "shared_cost",
    "personal_number",
    "voip",
    "pager",
    "uan",
    "voicemail",
)


def main(*words: str) -> int:
    """Write or check the table."""
    text = table()
    if words == ("check",):
        return int(TABLE.read_text(encoding="utf-8") != text)
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    TABLE.write_text(text, encoding="utf-8")
    print(f"{TABLE}: {len(text)} bytes")
    return 0


def table() -> str:
    """Return the whole table, one country's code a line."""
    codes = sorted(code for code, regions in COUNTRY_CODE_TO_REGION_CODE.items() if NO_COUNTRY not in regions)
    plans = ",\n".join(f'"{code}": {json.dumps(plan(code))}' for code in codes)
    source = f"phonenumberslite {version('phonenumberslite')}, Apache-2.0"
    return f'{{"source": "{source}", "plans": {{\n{plans}\n}}}}\n'


def plan(code: int) -> dict[str, object]:
    """Return what numbers of a country's code look like.

    ``trunk`` is what is dialled before a national number inside the country, ``groups`` are the lengths in which a
    mobile number is written, ``numbers`` is a pattern of all national numbers that can exist.
    """
    regions = COUNTRY_CODE_TO_REGION_CODE[code]
    main_region = PhoneMetadata.metadata_for_region(regions[0])
    patterns = sorted({pattern for region in regions for pattern in _patterns(region)})
    return {
        "trunk": main_region.national_prefix or "",
        "groups": _groups(regions[0]),
        "numbers": "|".join(patterns),
    }


def _patterns(region: str) -> Iterator[str]:
    metadata = PhoneMetadata.metadata_for_region(region)
    for kind in KINDS:
        numbers = getattr(metadata, kind)
        if numbers is not None and numbers.national_number_pattern:
            yield numbers.national_number_pattern


def _groups(region: str) -> list[int]:
    """Return how an example of the region's mobile numbers is grouped after the country's code."""
    example = example_number_for_type(region, PhoneNumberType.MOBILE)
    if example is None:
        return []
    _, *groups = format_number(example, PhoneNumberFormat.INTERNATIONAL).replace("-", " ").split()
    return [len(group) for group in groups]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
