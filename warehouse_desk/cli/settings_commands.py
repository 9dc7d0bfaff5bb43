"""The commands about settings; their help names every one."""

from collections.abc import Iterator

from warehouse_desk.cli.parser import Branch
from warehouse_desk.common.messages import tr
from warehouse_desk.common.setting import Setting, shown
from warehouse_desk.domain import shared_settings


def add_settings(top: Branch) -> None:
    """Add them to the program's commands."""
    settings = top.add_branch("settings", tr("list and change the settings that all stations share"))
    settings.add("list", "settings.list_settings", tr("list them"))
    change = settings.add("set", "settings.set_setting", tr("change one"))
    change.add_argument("key", metavar="KEY")
    change.add_argument("value", metavar="VALUE")
    lines = [tr("settings:"), *_lines(shared_settings.table()), "", change.epilog or ""]
    change.epilog = "\n".join(lines)


def _lines(settings: dict[str, Setting]) -> Iterator[str]:
    for key, each in settings.items():
        yield f"  {key} {each.values}"
        default = tr("default: {value}", value=shown(each.default) or "-")
        yield f"      {each.name}" + (f". {each.help}" if each.help else "") + f" ({default})"
