"""One setting more in each table, as somebody who extends the program would add it."""

from dataclasses import dataclass

import pytest

from warehouse_desk.common.messages import Message
from warehouse_desk.common.setting import NumberSetting, SwitchSetting, setting
from warehouse_desk.data import shared_settings as stored
from warehouse_desk.domain import shared_settings
from warehouse_desk.settings import station_settings

NEW_SHARED = "tea_minutes"
NEW_STATION = "night_shift"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreShared(shared_settings.SharedSettings):
    tea_minutes: int = setting(
        NumberSetting(
            3, 30, Message("min"), Message("none"), label=Message("&Tea is drunk for"), section=Message("TEA")
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreOfAStation(station_settings.StationSettings):
    night_shift: bool = setting(
        SwitchSetting(True, label=Message("Night shift"), section=Message("SHIFT"), restart=True)
    )


def add_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put both into their tables until the test ends."""
    monkeypatch.setattr(shared_settings, "SharedSettings", MoreShared)
    monkeypatch.setattr(station_settings, "StationSettings", MoreOfAStation)
    monkeypatch.setattr(stored, "from_rows", stored.from_rows.__wrapped__)  # records of the true table stay kept
