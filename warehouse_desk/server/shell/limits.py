"""How much, how many and how long: everything that a client could otherwise make endless."""

from dataclasses import dataclass

_KIB = 1024
_MIB = 1024 * _KIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of one server; all sizes are bytes, all times seconds."""

    target: int = 4 * _KIB
    """Path and query together; longer: 414."""
    head: int = 16 * _KIB
    """Request line and headers; longer: 431."""
    headers: int = 64
    """Lines of headers; more: 431."""
    connections: int = 200
    """Open at once. One more takes the place of the one that has waited longest without asking anything."""
    large_body: int = 4 * _MIB
    """Bodies above it are read only so many at once."""
    large_bodies: int = 2
    large_body_wait: float = 5.0
    """How long a large body waits for its place; then 503."""
    head_seconds: float = 10.0
    """From the first moment of a connection, or the first byte of a further request, to the end of the headers."""
    body_seconds: float = 30.0
    body_rate: int = 100_000
    """Bytes for which a body gets one second more."""
    keep_alive_seconds: float = 5.0
    write_seconds: float = 30.0
    """How long an answer may lie without its reader taking anything of it."""
    linger_seconds: float = 2.0
    """How long the rest of a refused request is thrown away, so that its sender reads the refusal."""
    handshake_seconds: float = 10.0
    """For TLS."""
    stop_seconds: float = 10.0
    """For requests in flight when the server stops."""
    ready_seconds: float = 2.0
    """For the database to answer ``/ready``."""
