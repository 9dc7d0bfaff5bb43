"""The settings file of a station: TOML that people may edit; their comments and unknown keys survive."""

import os
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.setting import Value, bad_value, no_such_setting
from warehouse_desk.common.system_errors import place_in_text, system_reason
from warehouse_desk.settings.station_settings import StationSettings, from_file, table


@dataclass(frozen=True, slots=True)
class FileSettings:
    """The settings of a file, with a sentence for everything in it that could not be used."""

    settings: StationSettings
    complaints: tuple[Message, ...] = ()


class SettingsFile:
    """Reads and changes one settings file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> FileSettings:
        """Return the settings; what is missing or cannot be used has its default. Never fails."""
        try:
            stored = tomllib.loads(self.path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            return FileSettings(from_file({}))
        except (OSError, ValueError) as error:
            return FileSettings(from_file({}), (self._unreadable(error),))
        complaints: list[Message] = []
        values: dict[str, Any] = {}
        for name, value in stored.items():
            fault = _fault(name, value)
            if fault is None:
                values[name] = value
            else:
                complaints.append(msg("{path}: {fault} It is ignored.", path=str(self.path), fault=fault))
        return FileSettings(from_file(values), tuple(complaints))

    def _unreadable(self, error: Exception) -> Message:
        reason = place_in_text(error) if isinstance(error, ValueError) else system_reason(error)
        return msg("{path} cannot be read ({reason}); the defaults are used.", path=str(self.path), reason=reason)

    def change(self, **values: Value) -> None:
        """Write some settings and leave the rest of the file as it is; the file is replaced as a whole.

        A file that is no TOML is kept beside the new one as ``settings.toml.damaged``.

        Raises:
            ValueError: an unknown setting, or a value that it cannot have; a fault of the caller.
            OSError: the file cannot be written.
        """
        import tomlkit  # late: only a change needs it

        for name, value in values.items():
            fault = _fault(name, value)
            if fault is not None:
                raise ValueError(str(fault))
        document = self._document()
        for name, value in values.items():
            document[name] = value
        self._replace(tomlkit.dumps(document))

    def _document(self) -> Any:  # noqa: ANN401 - the library's document is a mapping of its own kind
        import tomlkit
        from tomlkit.exceptions import TOMLKitError

        try:
            return tomlkit.parse(self.path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            return tomlkit.document()
        except (TOMLKitError, UnicodeDecodeError):
            self.path.replace(self.path.with_name(self.path.name + ".damaged"))
            return tomlkit.document()

    def _replace(self, text: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=self.path.parent, prefix=".settings-", suffix=".toml")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(self.path)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise


def _fault(name: str, value: object) -> Message | None:
    settings = table()
    if name not in settings:
        return no_such_setting(name, settings)
    fault = settings[name].fault(value)
    return None if fault is None else bad_value(name, value, fault)
