"""Readings kept on the station's own disk, carried over into the shared database: each once, in their order."""

from dataclasses import replace

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.scanning import scans
from warehouse_desk.data.scanning.journal import KeptReading
from warehouse_desk.data.scanning.scans import Reading
from warehouse_desk.domain.signature import Moment, Signature
from warehouse_desk.services.context import Context
from warehouse_desk.services.scanning.request import ScanRequest, clean_code


def kept_reading(ctx: Context, request: ScanRequest, scan_id: str) -> KeptReading:
    """Return a reading that is made now by the worker at the station, as the journal keeps it."""
    caller = ctx.caller
    return KeptReading(
        scan_id,
        request.mode,
        clean_code(request.code),
        request.stored(),
        ctx.now(),
        caller.user_id,
        caller.user_name,
        caller.station_id,
        caller.station_name,
    )


def carry_over(ctx: Context, kept: KeptReading) -> bool:
    """Store a kept reading in the database as it was made; False where it is there with its answer already.

    Raises:
        DatabaseUnavailable: it still waits.
    """
    caller = replace(
        ctx.caller,
        user_id=kept.user_id,
        user_name=kept.user_name,
        station_id=kept.station_id,
        station_name=kept.station_name,
    )
    reading = Reading(kept.scan_id, kept.mode, kept.code, kept.options)

    def work(uow: UnitOfWork) -> bool:
        stored = scans.store_reading(uow, reading, Signature(caller, Moment.of(kept.at)))
        return stored or scans.answer_of(uow, kept.scan_id) is None

    return ctx.database.transact(work)


def at_its_station(ctx: Context, kept: KeptReading) -> Context:
    """Return the context in which a kept reading is judged: where it was made, whoever works there now."""
    return replace(ctx, caller=replace(ctx.caller, station_id=kept.station_id, station_name=kept.station_name))
