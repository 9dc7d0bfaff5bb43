"""TLS from two files: read with care, read again on demand, and never with a key that others may read."""

import os
import ssl
import stat
from dataclasses import dataclass
from pathlib import Path

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.errors import WrongUsage


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """A certificate (with the chain below it) and its key, both PEM."""

    certificate: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        """Return what connections are encrypted with: TLS 1.2 or newer.

        Raises:
            WrongUsage: a file cannot be read, the two do not belong together, or others may read the key.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        self.load_into(context)
        return context

    def load_into(self, context: ssl.SSLContext) -> None:
        """Read both files for the connections that come from now on.

        Raises:
            WrongUsage: as for :meth:`context`; what was in use stays in use.
        """
        for file in (self.certificate, self.key):
            if not file.is_file():
                raise WrongUsage(msg("There is no file {file}.", file=str(file)))
        if _others_may_read(self.key):
            raise WrongUsage(msg("Others may read the key {file}. Close it: chmod 600 {file}", file=str(self.key)))
        # A broken pair would leave the context in use without a key: it is tried on another one first.
        for each in (ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), context):
            try:
                each.load_cert_chain(self.certificate, self.key, password=lambda: "")
            except (OSError, ValueError) as error:
                raise WrongUsage(self._unusable(error)) from error

    def _unusable(self, error: Exception) -> Message:
        return msg(
            "{certificate} and {key} cannot be used for TLS: {reason}. Both are PEM files, the key without a password.",
            certificate=str(self.certificate),
            key=str(self.key),
            reason=(error.strerror if isinstance(error, OSError) else None) or str(error),
        )


def _others_may_read(file: Path) -> bool:
    """Tell whether more than its owner and its group may read a file; Windows keeps such things elsewhere."""
    return os.name == "posix" and bool(file.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH))
