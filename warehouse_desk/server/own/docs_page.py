"""The page for people who write clients: it reads /openapi.json, and nothing from anywhere else."""

import base64
import re
from functools import cache
from hashlib import sha256

from warehouse_desk.common.resources import resource_file
from warehouse_desk.server.exchange import Answer, Ask

_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


def show_docs_page(_ask: Ask) -> Answer:
    """Answer the page; its browser may run its own script and style, and ask this server alone."""
    content, policy = _page()
    return Answer(content=content, media="text/html; charset=utf-8", headers=(("Content-Security-Policy", policy),))


@cache
def _page() -> tuple[bytes, str]:
    """Return the page and its content security policy."""
    text = resource_file("server", "docs.html").read_text(encoding="utf-8")
    allowed = {
        kind: base64.b64encode(sha256(inline.encode()).digest()).decode() for kind, inline in _INLINE.findall(text)
    }
    parts = [
        "default-src 'none'",
        *(f"{kind}-src 'sha256-{digest}'" for kind, digest in allowed.items()),
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
    return text.encode(), "; ".join(parts)
