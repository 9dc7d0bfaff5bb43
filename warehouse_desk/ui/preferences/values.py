"""What the settings window shows and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass

from warehouse_desk.common.setting import Value
from warehouse_desk.settings.station_settings import StationSettings


@dataclass(frozen=True, slots=True)
class Preferences:
    """Settings of the warehouse, which all stations share, and of this station."""

    shared: Mapping[str, Value]
    """By their keys."""
    station: StationSettings
    station_name: str
    """The name under which this station works now."""
    sounds: bool
    acknowledge: bool
    """Whether errors of the scanner stay until they are confirmed."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Only what was changed."""

    shared: Mapping[str, str]
    station: Mapping[str, Value]
    sounds: bool
    acknowledge: bool
