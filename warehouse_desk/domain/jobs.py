"""Work that outlives its window."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from warehouse_desk.common.messages import Message


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work of one station."""

    id: int
    kind: str
    state: JobState
    payload: Mapping[str, Any]
    """What is to be done, as the kind of job writes it."""
    progress: int
    """Rows done."""
    message: Message | None
    """How it ended."""
    user_name: str
    created_at: datetime
    finished_at: datetime | None
    user_id: int | None = None
    """Who asked for it; None where nobody signs in."""
    answer: Mapping[str, Any] | None = None
    """More of how it ended, for programs."""
    station_name: str = ""
    """Where it is done, and where its file lies."""
