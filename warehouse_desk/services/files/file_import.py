"""A file of orders that was read and judged, before anything of it is written."""

from dataclasses import dataclass, field

from warehouse_desk.common.formats import moment_text
from warehouse_desk.common.ids import new_id
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.files import EarlierImport
from warehouse_desk.sheets.drafts import FileOrder, order_hash
from warehouse_desk.sheets.preview import ImportPreview
from warehouse_desk.sheets.questions import Answers


@dataclass(frozen=True, slots=True)
class FileImport:
    """A file that was read and judged; nothing of it is written yet."""

    preview: ImportPreview
    earlier: tuple[EarlierImport, ...]
    """Imports of the very same file, newest first."""
    keys: list[str] = field(repr=False)
    """The content hash of each row's order as it was read, "" where there was none."""
    answers: Answers = field(default_factory=Answers)
    """What was said of the file before it was read."""
    request_id: str = field(default_factory=new_id)
    """The request that its import is: however often it is asked for, it is done once."""

    @property
    def notices(self) -> tuple[Message, ...]:
        """What to know about the file as a whole."""
        again = (imported_before(self.preview.source.name, self.earlier[0]),) if self.earlier else ()
        source = self.preview.source
        return (*again, *(question.message for question in source.questions), *source.notices)

    @property
    def outlook(self) -> Message:
        """What would become of the rows, as long as nothing is written."""
        tally, known = self.preview.tally(), len(self.known_rows)
        return msg(
            "Rows: {total} (valid: {valid}, with errors: {wrong}, already there: {known}). Nothing was imported.",
            total=len(self.preview.rows),
            valid=tally.valid - known,
            wrong=tally.errors + tally.repairs,
            known=known,
        )

    @property
    def known_rows(self) -> list[int]:
        """The positions of the rows whose order exists already."""
        return [index for index in range(len(self.preview.rows)) if self.preview.is_held_back(index)]


def imported_before(name: str, earlier: EarlierImport) -> Message:
    """Return the sentence that tells of an earlier import of a file."""
    return msg(
        "{name} was already imported: {when} by {who} (station {station}). Orders: {n}.",
        name=name,
        when=moment_text(earlier.at),
        who=earlier.user_name or "-",
        station=earlier.station_name or "-",
        n=earlier.rows_stored,
    )


def keys_of(preview: ImportPreview) -> list[str]:
    """Return the content hash of each row's order, "" where there is none."""
    return ["" if row.draft is None else order_hash(row.draft) for row in preview.rows]


def key_of(file: FileImport, index: int, draft: FileOrder) -> str:
    """Return the content hash of a row's order; a row with fixes is another order than the one that was read."""
    known = file.keys[index]
    return known if known and not file.preview.rows[index].fixes else order_hash(draft)
