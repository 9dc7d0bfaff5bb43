"""Facts about files that came in and lists that go out."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EarlierImport:
    """An import of a file that was done before."""

    id: int
    name: str
    at: datetime
    user_name: str
    station_name: str
    rows_stored: int
