"""Label PDFs are kept for some time only; who printed which label when and why is kept for ever."""

from datetime import timedelta

from warehouse_desk.data import shared_settings
from warehouse_desk.data.paper import labels
from warehouse_desk.services.subject import Subject

_TOGETHER = 5
"""Files removed in one transaction: some megabytes, so that no scan of another station waits for it."""

MOST_AT_ONCE = 200
"""Files removed at one start; what is left follows at the next."""


class LabelFiles(Subject):
    """The stored PDFs of labels."""

    def remove_old(self) -> int:
        """Remove files older than ``keep_label_files_days`` (a shared setting; 0: none), oldest first; return how many.

        Labels can be made again for a reason; nothing else is touched.
        """
        with self.context.database.read() as uow:
            days = shared_settings.read(uow).keep_label_files_days
            old = labels.files_before(uow, self.context.now() - timedelta(days=days), MOST_AT_ONCE) if days else []
        for start in range(0, len(old), _TOGETHER):
            some = old[start : start + _TOGETHER]
            self.context.database.transact(lambda uow: labels.remove_files(uow, some))  # noqa: B023 - run at once
        return len(old)
