"""Write the page about settings from their tables.

``python -m warehouse_desk.cli.settings_page`` prints it; a test compares ``docs/settings.md`` with it.
"""

from collections.abc import Iterator, Mapping

from warehouse_desk.common.languages import ENGLISH
from warehouse_desk.common.setting import Setting, as_text
from warehouse_desk.domain import shared_settings
from warehouse_desk.settings import station_settings

_HEAD = """\
# Settings

This page is written from the tables of settings: `python -m warehouse_desk.cli.settings_page > docs/settings.md`.

## Shared settings

All stations of a database share these. `warehouse-desk settings list` shows them; `warehouse-desk settings set` and
*More › Station and settings* in the window change them, for who has the ability `manageSettings`.
A change counts for the very next step at every station.
"""
_STATION = """
## Settings of a station

Each station keeps these for itself in `settings.toml` in its data folder: a line for each, such as `theme = "dark"`;
switches are `true` or `false`. What cannot be used is told at the start and its default holds. `warehouse-desk settings
set` and the window change them too and leave the rest of the file as it is. Options of the command line and environment
variables come before the file.
"""


def settings_page() -> str:
    """Return the whole page in Markdown, in English."""
    parts = [_HEAD, *_table(shared_settings.table()), _STATION, *_table(station_settings.table()), ""]
    return "\n".join(parts)


def _table(settings: Mapping[str, Setting]) -> Iterator[str]:
    yield "| setting | values | default | meaning |"
    yield "| --- | --- | --- | --- |"
    for key, each in settings.items():
        values = each.values.replace("|", ", ").replace("...", "a text")
        yield f"| `{key}` | {values} | {as_text(each.default) or 'empty'} | {each.meaning(ENGLISH.code)} |"


if __name__ == "__main__":
    print(settings_page(), end="")
