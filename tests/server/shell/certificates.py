"""Certificates of these tests, made by openssl."""

import ssl
import subprocess
from pathlib import Path
from typing import Any

from tests.support.programs import find_program
from warehouse_desk.server.shell.tls import TlsFiles


def make_certificate(folder: Path, name: str = "localhost") -> TlsFiles:
    """Make a self-signed certificate for a name and this machine's address."""
    files = TlsFiles(folder / "cert.pem", folder / "key.pem")
    words = (
        ("req", "-x509", "-nodes", "-days", "2", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
        ("-subj", f"/CN={name}", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
        ("-keyout", str(files.key), "-out", str(files.certificate)),
    )
    program = find_program("openssl", "openssl")
    subprocess.run([program, *(word for part in words for word in part)], check=True, capture_output=True)
    files.key.chmod(0o600)
    return files


def trusting(files: TlsFiles) -> ssl.SSLContext:
    """Return what a client trusts who knows only this certificate."""
    return ssl.create_default_context(cafile=files.certificate)


def name_of(connection: ssl.SSLSocket) -> str:
    """Return the name in the certificate that a server showed."""
    shown = connection.getpeercert() or {}
    subject: Any = shown.get("subject", ())
    return str(dict(pair for part in subject for pair in part)["commonName"])
