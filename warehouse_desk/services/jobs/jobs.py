"""Jobs of a worker who asks through a program: queued, asked about, cancelled, their files fetched."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from secrets import token_hex
from typing import Any, Final

from warehouse_desk.common.ids import new_id
from warehouse_desk.common.messages import msg, nmsg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.files import jobs
from warehouse_desk.domain.errors import NoLongerKept, NotFound, NotReady, RuleViolation, WrongUsage
from warehouse_desk.domain.files import cannot_write
from warehouse_desk.domain.jobs import Job, JobState
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.results import BulkResult, Outcome
from warehouse_desk.services.files.exports import ExportRequest, Exports
from warehouse_desk.services.orders.actions import Actions
from warehouse_desk.services.paper.labels import Labels, LabelSettings
from warehouse_desk.services.requests import once, request_of
from warehouse_desk.services.subject import Subject

EXPORT: Final = "served-export"
LABELS: Final = "served-labels"
PUSH: Final = "served-push"
"""Kinds of jobs apart from those of the station's own window, whose runner would take them."""

MOST_WAITING: Final = 20
"""Jobs that one worker may wait for."""

FILE_ENDINGS: Final = ("xlsx", "csv")


class Jobs(Subject):
    """The jobs of this worker; those of others are not there."""

    def export(self, folder: Path, ending: str, request: ExportRequest, *, request_id: str | None = None) -> Job:
        """Queue an export to a file in ``folder`` that is named after the job.

        Raises:
            WrongUsage: an unknown column, status or field, or an ending that is neither xlsx nor csv.
            RuleViolation: the folder cannot be made.
            NotReady: too many jobs of this worker wait.
            NotAllowed: the role lacks ``export``.
        """
        if ending not in FILE_ENDINGS:
            raise WrongUsage(
                msg(
                    "file_extension cannot be “{ending}”. It is one of: {endings}.",
                    ending=ending[:20],
                    endings=list(FILE_ENDINGS),
                ),
                "file_extension",
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RuleViolation(cannot_write(folder.name, error)) from error
        ready = replace(Exports(self.context).prepared(replace(request, path=str(folder / f"new.{ending}"))), token="")
        payload = ready.as_payload()

        def work(uow: UnitOfWork) -> int:
            self._check_room(uow)
            number = self._add(uow, EXPORT, payload)
            named = replace(ready, path=str(folder.absolute() / f"{number}.{ending}"), token=token_hex(8))
            jobs.set_payload(uow, number, self._signed(named.as_payload()))
            return number

        return self._once("export", [payload["columns"], payload["wanted"], payload["ids"], ending], work, request_id)

    def labels(self, keys: Sequence[int | str], settings: LabelSettings, *, request_id: str | None = None) -> Job:
        """Queue the making of labels, for runs that take longer than a program should wait.

        Raises:
            NotReady: too many jobs of this worker wait.
            NotAllowed, WrongUsage: as :meth:`Labels.make`.
        """
        Labels(self.context).check(keys, settings)
        payload = {"keys": list(keys), "settings": asdict(settings), "request": new_id()}
        body = [payload["keys"], payload["settings"]]

        def work(uow: UnitOfWork) -> int:
            self._check_room(uow)
            return self._add(uow, LABELS, payload)

        return self._once("labels-job", body, work, request_id)

    def push(
        self,
        keys: Sequence[int | str],
        options: StepOptions,
        *,
        request_id: str | None = None,
        all_or_nothing: bool = False,
    ) -> tuple[BulkResult, Job | None]:
        """Push orders to a shipping company; the job tells what became of it, None where nothing was pushed.

        Raises:
            As :meth:`Actions.act`.
        """

        def note(uow: UnitOfWork, answer: BulkResult) -> int | None:
            done = answer.count(Outcome.DONE)
            if not done:
                return None
            number = self._add(uow, PUSH, {"keys": list(keys)})
            said = nmsg(
                "{n} order waits for its shipping company.", "{n} orders wait for their shipping company.", done
            )
            counts = {outcome.value: answer.count(outcome) for outcome in Outcome}
            now = self.context.now()
            jobs.finish_job(uow, number, JobState.DONE, said, len(answer.results), now, {"counts": counts})
            return number

        answer, number = Actions(self.context).act_and_note(
            Action.PUSH, keys, options, note, request_id=request_id, all_or_nothing=all_or_nothing
        )
        return answer, None if number is None else self.show(number)

    def show(self, number: int) -> Job:
        """Return a job of this worker.

        Raises:
            NotFound: there is none, or another asked for it.
        """
        with self.context.database.read() as uow:
            found = jobs.job_by_id(uow, number)
        if found is None or found.user_id != self.context.caller.user_id:
            raise NotFound(msg("There is no job {number}.", number=number))
        return found

    def cancel(self, number: int) -> bool:
        """Cancel a job that is queued or running; tell whether it still was. Nothing of it is kept.

        Raises:
            NotFound: there is none, or another asked for it.
        """
        found = self.show(number)
        message = msg("Stopped by {user}.", user=self.context.caller.user_name or "-")
        return self.context.database.transact(
            lambda uow: jobs.finish_job(uow, number, JobState.CANCELLED, message, found.progress, self.context.now())
        )

    def file(self, number: int) -> Path:
        """Return the file that an export made.

        Raises:
            NotFound: there is no such job, or it makes no file.
            NotReady: it is still being written.
            NoLongerKept: its time is over, or the job failed or was cancelled.
            NotAllowed: the role lacks ``export`` by now.
        """
        found = self.show(number)
        if found.kind != EXPORT:
            raise NotFound(msg("Job {number} makes no file.", number=number))
        self.context.caller.require(Ability.EXPORT)
        if not found.state.is_over:
            raise NotReady(msg("The file of job {number} is still being written. Ask again.", number=number))
        path = Path(str(found.payload.get("path", "")))
        if found.state is not JobState.DONE:
            raise NoLongerKept(
                msg("Job {number} made no file: {reason}", number=number, reason=found.message or found.state.value)
            )
        if not path.is_file() and found.station_name != self.context.caller.station_name:
            raise NoLongerKept(
                msg(
                    "The file of job {number} is at station {station}, which wrote it. Ask there.",
                    number=number,
                    station=found.station_name or "-",
                )
            )
        if not path.is_file():
            raise NoLongerKept(msg("The file of job {number} is no longer kept. Ask for it again.", number=number))
        return path

    def _check_room(self, uow: UnitOfWork) -> None:
        """Refuse one more job to who waits for many: a program gone wrong must not fill the disk or the queue.

        Raises:
            NotReady: so many wait.
        """
        if jobs.unfinished_of(uow, self.context.caller.user_id, (EXPORT, LABELS)) >= MOST_WAITING:
            raise NotReady(
                msg(
                    "Too many of your jobs are waiting ({n}). Try again when one is done, or stop some.", n=MOST_WAITING
                )
            )

    def _once(self, kind: str, body: object, work: Any, request_id: str | None) -> Job:  # noqa: ANN401 - as once()
        request = request_of(kind, body, request_id)
        number = once(self.context, request, work, lambda made: {"job": made}, lambda kept: int(kept["job"]))
        return self.show(number)

    def _add(self, uow: UnitOfWork, kind: str, payload: Mapping[str, Any]) -> int:
        return jobs.add_job(uow, kind, self._signed(payload), self.context.signature())

    def _signed(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        return {**payload, "source": self.context.caller.source.value}
