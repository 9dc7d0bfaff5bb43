"""A process that serves the tiny application, whose /work never ends; started by the tests of signals."""

import asyncio
import json
import sys
import threading
from pathlib import Path

from starlette.types import Receive, Scope, Send

from tests.server.shell.servers import TinyApp, built, read_all, say
from warehouse_desk.server.shell.listening import listen
from warehouse_desk.server.shell.options import ServeOptions


def tell(line: str) -> None:
    """Say a line to whoever started this."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def work(_scope: Scope, _receive: Receive, _send: Send) -> None:
    """Be at work for ever, in a thread as the API is."""
    tell("at work")
    await asyncio.to_thread(threading.Event().wait)


async def wait_for_body(_scope: Scope, receive: Receive, send: Send) -> None:
    """Say when it begins to wait for a body."""
    tell("at work")
    await say(send, await read_all(receive))


def main() -> None:
    """Serve until a signal comes, then say so."""
    app = TinyApp(doings={"/work": work, "/body": wait_for_body})
    server = built(app, ServeOptions(data_folder=Path(sys.argv[1]), port=0)).server
    sockets = listen("127.0.0.1", 0)
    tell(json.dumps({"url": f"http://127.0.0.1:{sockets[0].getsockname()[1]}"}))
    server.run(sockets)
    tell("ended in order")


if __name__ == "__main__":
    main()
