"""What a station's scanner asks for."""

from dataclasses import replace

from warehouse_desk.domain.people.caller import Source
from warehouse_desk.services.scanning.hand_over_mode import HandOverCounts
from warehouse_desk.services.scanning.history import History
from warehouse_desk.services.scanning.queue import QueueEvents, ScanQueue
from warehouse_desk.services.scanning.readings import Readings
from warehouse_desk.services.scanning.verification import PieceCounts


class Scanning(Readings, History, PieceCounts, HandOverCounts):
    """Readings and their answers, what was scanned before, and what the modes count."""

    def queue(self, events: QueueEvents) -> ScanQueue:
        """Return a queue that answers this worker's readings; its caller closes it."""
        scanner = replace(self.context.caller, source=Source.SCANNER)
        return ScanQueue(replace(self.context, caller=scanner), events)
