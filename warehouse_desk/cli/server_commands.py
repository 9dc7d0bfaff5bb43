"""The command that serves the API."""

from warehouse_desk.cli.parser import Branch, whole
from warehouse_desk.common.messages import tr


def add_server(top: Branch) -> None:
    """Add it to the program's commands."""
    serve = top.add("serve", "serve.serve", tr("serve the API over HTTP to this machine, or with TLS to others"))
    serve.add_argument("--host", default="127.0.0.1", help=tr("the address to listen at (default: this machine only)"))
    serve.add_argument("--port", type=whole, help=tr("the port (default: the setting server_port; 0: any free one)"))
    serve.add_argument("--tls-cert", metavar="FILE", help=tr("the certificate with its chain, PEM"))
    serve.add_argument("--tls-key", metavar="FILE", help=tr("its key, PEM, which nobody else may read"))
    about = tr("the proxy in front, which alone says from where requests come")
    serve.add_argument("--behind-proxy", metavar="ADDRESS", default="", help=about)
    serve.add_argument("--plain-http", action="store_true", help=tr("without TLS, where nobody else is in the network"))
