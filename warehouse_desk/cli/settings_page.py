"""Write the page about settings from their tables.

``python -m warehouse_desk.cli.settings_page`` prints it; a test compares ``docs/settings.md`` with it.
"""

from collections.abc import Iterator, Mapping

from warehouse_desk.common.languages import ENGLISH
from warehouse_desk.common.messages import Message
from warehouse_desk.common.setting import Choice, Number, Setting, shown
from warehouse_desk.domain import shared_settings

_HEAD = """\
# Settings

This page is written from the tables of settings: `python -m warehouse_desk.cli.settings_page > docs/settings.md`.

## Shared settings

All stations of a database share these. `warehouse-desk settings list` shows them; `warehouse-desk settings set` and
*More › Station and settings* in the window change them, for who has the ability `manageSettings`.
A change counts for the very next step at every station.
"""


def settings_page() -> str:
    """Return the whole page in Markdown, in English."""
    return "\n".join([_HEAD, *_table(shared_settings.table()), ""])


def _table(settings: Mapping[str, Setting]) -> Iterator[str]:
    yield "| setting | values | default | meaning |"
    yield "| --- | --- | --- | --- |"
    for key, each in settings.items():
        values = each.values.replace("|", ", ").replace("...", "a text")
        yield f"| `{key}` | {values} | {shown(each.default) or 'empty'} | {_meaning(each)} |"


def _meaning(each: Setting) -> str:
    said = [_said(each.label).replace("&", "")]
    if isinstance(each, Number):
        said[0] += f" ({_said(each.unit)}; 0: {_said(each.at_zero)})"
    if isinstance(each, Choice):
        said[0] += f": {'; '.join(f'`{key}` {_said(words)}' for key, words in each.choices.items())}"
    if each.help is not None:
        said.append(_said(each.help))
    return ". ".join(text.rstrip(".") for text in said) + "."


def _said(message: Message) -> str:
    return message.in_language(ENGLISH.code)


if __name__ == "__main__":
    print(settings_page(), end="")
