"""The commands about settings; their help names every one."""

from collections.abc import Iterator, Mapping

from warehouse_desk.cli.parser import Branch
from warehouse_desk.common.messages import current_language, tr
from warehouse_desk.common.setting import Setting, as_text
from warehouse_desk.domain import shared_settings
from warehouse_desk.settings import station_settings


def add_settings(top: Branch) -> None:
    """Add them to the program's commands."""
    settings = top.add_branch("settings", tr("list and change the settings of all stations and of this one"))
    settings.add("list", "settings.list_settings", tr("list them"))
    change = settings.add("set", "settings.set_setting", tr("change one"))
    change.add_argument("key", metavar="KEY")
    change.add_argument("value", metavar="VALUE")
    lines = [
        tr("settings of all stations:"),
        *_lines(shared_settings.table()),
        "",
        tr("settings of this station:"),
        *_lines(station_settings.table()),
        "",
        change.epilog or "",
    ]
    change.epilog = "\n".join(lines)


def _lines(settings: Mapping[str, Setting]) -> Iterator[str]:
    for key, each in settings.items():
        yield f"  {key} {each.values}"
        yield f"      {each.meaning(current_language().code)}"
        yield f"      {tr('Default: {value}', value=as_text(each.default) or '-')}"
