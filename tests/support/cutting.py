"""A way to PostgreSQL that loses the answer to a COMMIT, as a pulled cable does."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

_SIZE = 65_536
_PATIENCE = 20
"""How long the server may take to keep a write (s)."""

_COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"
"""The message as the driver sends it; the word alone is also a movement of the ledger."""
_WRITES = (b"INSERT INTO", b" SET ", b"DELETE FROM")


@dataclass
class CuttingProxy:
    """Stands between stations and the server; ``cut_next`` loses the next write's COMMIT or the answer to it."""

    port: int
    server_port: int
    cuts: int = 0
    """How many writes have lost their answer."""
    _reach: list[bool] = field(default_factory=list)
    _deaf: set[socket.socket] = field(default_factory=set)
    """Stations that hear nothing more."""
    _heard: threading.Event = field(default_factory=threading.Event)
    _refused: bool = False
    _then_refuse: bool = False
    _after: int = 0

    def cut_next(self, *, after: int = 0, reach_server: bool = True, then_refuse: bool = False) -> None:
        """Lose the answer to a write, after so many others: when the server has kept it, or before it hears COMMIT."""
        self._after = after
        self._reach.append(reach_server)
        self._then_refuse = then_refuse

    def refuse(self) -> None:
        """Take no connection until ``let_in``."""
        self._refused = True

    def let_in(self) -> None:
        """Take connections again."""
        self._refused = False

    def serve(self, listening: socket.socket) -> None:
        """Take connections until the socket is closed."""
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            if self._refused:
                client.close()
                continue
            server = socket.create_connection(("127.0.0.1", self.server_port))
            writing = threading.Event()
            for work in (self._to_server, self._to_client):
                threading.Thread(target=work, args=(client, server, writing), daemon=True).start()

    def _to_server(self, client: socket.socket, server: socket.socket, writing: threading.Event) -> None:
        try:
            while said := client.recv(_SIZE):
                if any(word in said for word in _WRITES):
                    writing.set()
                if _COMMIT in said and writing.is_set():
                    writing.clear()
                    if self._reach and not self._is_spared():
                        self._cut(said, client, server)
                        return
                server.sendall(said)
        except OSError:
            pass
        _close(client, server)

    def _to_client(self, client: socket.socket, server: socket.socket, _writing: threading.Event) -> None:
        try:
            while said := server.recv(_SIZE):
                if client in self._deaf:
                    self._heard.set()
                else:
                    client.sendall(said)
        except OSError:
            pass
        _close(client, server)

    def _is_spared(self) -> bool:
        self._after -= 1
        return self._after >= 0

    def _cut(self, said: bytes, client: socket.socket, server: socket.socket) -> None:
        self.cuts += 1
        self._refused = self._then_refuse
        self._deaf.add(client)
        if self._reach.pop(0):
            server.sendall(said)
            assert self._heard.wait(_PATIENCE)
        _close(client, server)


def _close(*sockets: socket.socket) -> None:
    for each in sockets:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()


@contextmanager
def cutting_proxy(server_port: int) -> Iterator[CuttingProxy]:
    """Lend a proxy in front of a server on this computer."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        proxy = CuttingProxy(listening.getsockname()[1], server_port)
        taking = threading.Thread(target=proxy.serve, args=(listening,), daemon=True)
        taking.start()
        yield proxy
        listening.shutdown(socket.SHUT_RDWR)
        taking.join()
