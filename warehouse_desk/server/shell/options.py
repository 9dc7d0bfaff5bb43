"""How a server is to be reached, and what that must not be."""

import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.server.access.rate_limit import Rate
from warehouse_desk.server.shell.limits import Limits
from warehouse_desk.server.shell.tls import TlsFiles
from warehouse_desk.server.shell.who import HostNames, Proxy, is_address, is_loopback, known_names
from warehouse_desk.settings.station_settings import StationSettings

_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - what somebody may ask for


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """What one start of the server was told."""

    data_folder: Path
    host: str = "127.0.0.1"
    port: int = 8730
    """0: any that is free."""
    tls: TlsFiles | None = None
    proxy: str = ""
    """The address of the proxy in front; empty where there is none."""
    plain_http: bool = False
    """Whether somebody said that passwords and tokens may travel unencrypted."""
    hosts: str = ""
    """Further names by which clients call it, blanks or commas between."""
    public_url: str = ""
    """The address that clients know, where it is not the one it listens at."""
    shows_metrics: bool = False
    rate: Rate = field(default_factory=Rate)
    """How much one program or person may ask."""
    limits: Limits = field(default_factory=Limits)

    @property
    def is_beyond_loopback(self) -> bool:
        """Whether other machines can reach it."""
        return not is_loopback(self.host)

    @classmethod
    def of_station(cls, settings: StationSettings, data_folder: Path) -> Self:
        """Return what the settings of a station say; the rest is the default."""
        return cls(
            data_folder=data_folder,
            port=settings.server_port,
            hosts=settings.server_hosts,
            public_url=settings.server_url,
            shows_metrics=settings.server_metrics,
            rate=Rate(settings.server_rate, settings.server_burst),
        )

    def check(self) -> None:
        """Refuse what nobody should do unknowingly.

        Raises:
            WrongUsage: other machines would reach it unencrypted, or the proxy is no address.
        """
        if self.proxy and not is_address(self.proxy):
            raise WrongUsage(
                msg("{address} is not the address of a proxy. Write it like 192.168.1.5.", address=self.proxy)
            )
        if self.is_beyond_loopback and self.tls is None and not self.proxy and not self.plain_http:
            raise WrongUsage(
                msg(
                    "Other machines could reach {host}, and read passwords and tokens on the way. Add {tls}, {proxy}, "
                    "or {plain} if nobody else is in that network.",
                    host=self.host,
                    tls="--tls-cert FILE --tls-key FILE",
                    proxy="--behind-proxy ADDRESS",
                    plain="--plain-http",
                )
            )

    @property
    def warning(self) -> Message | None:
        """What is said at every start of a server that others can listen to; None where they cannot."""
        if self.is_beyond_loopback and self.tls is None and not self.proxy:
            return msg(
                "Passwords and tokens travel unencrypted to {host}: anybody in between reads them.", host=self.host
            )
        return None

    @property
    def names(self) -> HostNames:
        """The names that it answers to."""
        own = [socket.gethostname()] if self.is_beyond_loopback else []
        return known_names([self.host, *own], self.hosts, self.public_url)

    @property
    def in_front(self) -> Proxy:
        """Whom it believes."""
        return Proxy(self.proxy, is_alone=bool(self.proxy) and self.tls is None and not self.plain_http)

    def url(self, port: int) -> str:
        """Return the address that clients ask at: links in answers begin with it."""
        if self.public_url:
            return self.public_url.rstrip("/")
        name = socket.gethostname() if self.host in _EVERYWHERE else self.host
        host = f"[{name}]" if ":" in name else name
        return f"{'http' if self.tls is None else 'https'}://{host}:{port}"
