"""GET /docs."""

import base64
import re
from hashlib import sha256

from tests.server.running import Client


def test_the_page_needs_nothing_from_outside_and_may_run_nothing_else(client: Client) -> None:
    reply = Client(client.port).get("/docs")
    assert (reply.status, reply.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    page = reply.content.decode()
    assert "://" not in page
    assert set(re.findall(r"""(?:src|href)=["']([^"']*)""", page)) == {"/openapi.json"}
    policy = reply.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    inline = re.findall(r"<(?:script|style)>(.*?)</", page, re.DOTALL)
    assert len(inline) == 2
    for each in inline:
        assert f"'sha256-{base64.b64encode(sha256(each.encode()).digest()).decode()}'" in policy
    assert not re.search(r"""\s(?:on\w+|style)=["']""", page)


def test_the_page_says_where_the_document_is_and_that_it_needs_scripts(client: Client) -> None:
    page = Client(client.port).get("/docs").content.decode()
    assert 'href="/openapi.json"' in page
    assert "<noscript>" in page
