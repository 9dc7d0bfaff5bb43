"""Read the body of a request within its limit: JSON, or a form with one file."""

import tempfile
import time
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfileobj, rmtree

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from warehouse_desk.common.messages import msg
from warehouse_desk.server.endpoints.endpoint import Endpoint
from warehouse_desk.server.errors import HttpError, too_large
from warehouse_desk.server.exchange import UploadedFile

_MAX_FIELDS = 12
_MAX_FIELD_BYTES = 64 * 1024
_UPLOAD = "upload-"


@dataclass(slots=True)
class Body:
    """What was sent; its JSON is read by :func:`read_json`, in a thread, because a large one takes a while."""

    content: bytes = b""
    form: Mapping[str, str] = field(default_factory=dict)
    uploads: Mapping[str, UploadFile] = field(default_factory=dict)


async def read_body(request: Request, row: Endpoint) -> Body:
    """Return the body of a request, as the endpoint takes it.

    Raises:
        HttpError: 400 broken, 413 too large, 415 of another kind.
    """
    if not row.body:
        return Body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    content = _limited(request, row.body_bytes)
    if row.takes_file:
        if kind != "multipart/form-data":
            raise HttpError(415, msg("Send a form with a file (multipart/form-data)."))
        return await _read_form(request, content)
    whole = bytearray()
    async for chunk in content:
        whole += chunk
    if not whole.strip():
        return Body()
    if kind != "application/json" and not kind.endswith("+json"):
        raise HttpError(415, msg("Send JSON (Content-Type: application/json)."))
    return Body(bytes(whole))


async def _limited(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    """Yield what comes; refuse it as soon as it is known to be too much."""
    told = request.headers.get("content-length", "")
    if told.isascii() and told.isdigit() and len(told) <= len(str(limit)) and int(told) <= limit:
        told = ""
    if told:
        raise _too_large(limit)
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > limit:
                raise _too_large(limit)
            yield chunk
    except ClientDisconnect:
        raise HttpError(400, msg("The body is incomplete.")) from None


def _too_large(limit: int) -> HttpError:
    return HttpError(413, too_large(limit), [("Connection", "close")])


class _RefusedWithin(MultiPartException):
    """A refusal met while a form is read, in the one shape after which the parser closes its files."""

    def __init__(self, error: HttpError) -> None:
        super().__init__(str(error.message))
        self.error = error


async def _until_refused(content: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    try:
        async for chunk in content:
            yield chunk
    except HttpError as error:
        raise _RefusedWithin(error) from None


async def _read_form(request: Request, content: AsyncGenerator[bytes, None]) -> Body:
    parser = MultiPartParser(
        request.headers, _until_refused(content), max_files=1, max_fields=_MAX_FIELDS, max_part_size=_MAX_FIELD_BYTES
    )
    try:
        form = await parser.parse()
    except _RefusedWithin as refused:
        raise refused.error from None
    except MultiPartException as wrong:
        raise HttpError(400, msg("The form cannot be read: {reason}", reason=wrong.message)) from None
    except KeyError:  # how the parser says that no boundary was given
        raise HttpError(400, msg("The form has no boundary between its parts.")) from None
    items = form.multi_items()
    return Body(
        form={name: value for name, value in items if isinstance(value, str)},
        uploads={name: value for name, value in items if isinstance(value, UploadFile)},
    )


@contextmanager
def kept_uploads(uploads: Mapping[str, UploadFile], folder: Path | None) -> Iterator[dict[str, UploadedFile]]:
    """Give uploaded files a place on the disk while they are worked on; called in the worker's thread."""
    if not uploads:
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix=_UPLOAD, dir=folder) as place:
        yield {name: _kept(upload, Path(place, str(number))) for number, (name, upload) in enumerate(uploads.items())}


def forget_uploads(folder: Path, *, older_than: float) -> None:
    """Remove what a server that was killed left of files sent to it, where that is so many seconds old."""
    for left in folder.glob(f"{_UPLOAD}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime >= older_than:
                rmtree(left)


def _kept(upload: UploadFile, path: Path) -> UploadedFile:
    # The reader of sheets tells the kind of a file by its ending too; nothing else of the sender's name is used.
    ending = Path(upload.filename or "").suffix.lower()
    path = path.with_suffix(ending if ending[1:].isascii() and ending[1:].isalnum() else "")
    with path.open("wb") as kept:
        copyfileobj(upload.file, kept)
    upload.file.close()
    return UploadedFile(upload.filename or "", path, path.stat().st_size)
