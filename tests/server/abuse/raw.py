"""A request written by hand, as no library would send it."""

import socket


def spoken(port: int, text: str) -> tuple[int, bytes]:
    """Send a request as it stands and return the status and everything that came."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(text.replace("\n", "\r\n").encode("latin-1"))
        came = b""
        while True:
            part = connection.recv(65_536)
            if not part:
                break
            came += part
    return int(came.split(b" ", 2)[1]), came
