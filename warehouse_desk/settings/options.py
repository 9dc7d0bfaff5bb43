"""What one start of the program works with."""

from dataclasses import dataclass, field
from pathlib import Path

from warehouse_desk.settings.station_settings import StationSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The station's settings with environment and command line laid over them."""

    data_folder: Path
    database_url: str
    """The database to open; never empty."""
    station: str
    """The station's name; never empty."""
    user: str
    """The worker's name as given, else the login name of the operating system."""
    settings: StationSettings = field(default_factory=StationSettings)
    demo: bool = False
    """Whether this start works on a throw-away profile."""
