"""Readings kept on the station's own disk, carried over into the shared database: each once, in their order."""

from dataclasses import replace

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.scanning import scans
from warehouse_desk.data.scanning.journal import KeptReading
from warehouse_desk.data.scanning.scans import Reading
from warehouse_desk.domain.signature import Moment, Signature
from warehouse_desk.services.scanning.readings import Readings
from warehouse_desk.services.scanning.request import ScanRequest, clean_code
from warehouse_desk.services.subject import Subject


class KeptReadings(Subject):
    """What becomes of a reading that waits on the disk."""

    def kept(self, request: ScanRequest, scan_id: str) -> KeptReading:
        """Return a reading that is made now by the worker at the station, as the journal keeps it."""
        caller = self.context.caller
        return KeptReading(
            scan_id,
            request.mode,
            clean_code(request.code),
            request.stored(),
            self.context.now(),
            caller.user_id,
            caller.user_name,
            caller.station_id,
            caller.station_name,
        )

    def carry_over(self, kept: KeptReading) -> bool:
        """Store a kept reading in the database as it was made; False where it is there with its answer already.

        Raises:
            DatabaseUnavailable: it still waits.
        """
        caller = replace(
            self.context.caller,
            user_id=kept.user_id,
            user_name=kept.user_name,
            station_id=kept.station_id,
            station_name=kept.station_name,
        )
        reading = Reading(kept.scan_id, kept.mode, kept.code, kept.options)

        def work(uow: UnitOfWork) -> bool:
            stored = scans.store_reading(uow, reading, Signature(caller, Moment.of(kept.at)))
            return stored or scans.answer_of(uow, kept.scan_id) is None

        return self.context.database.transact(work)

    def at_its_station(self, kept: KeptReading) -> Readings:
        """Return what judges a kept reading: where it was made, whoever works there now."""
        caller = replace(self.context.caller, station_id=kept.station_id, station_name=kept.station_name)
        return Readings(replace(self.context, caller=caller))
