"""The cookies of a session, as the server sets them under TLS and without."""

from tests.server.access.house import PASSWORD
from warehouse_desk.server.access.cookies import forget_session, session_cookie, set_session, set_xsrf, xsrf_token
from warehouse_desk.server.access.forgery import is_genuine
from warehouse_desk.server.exchange import Knock, Who


def knock(*headers: tuple[str, str], verb: str = "POST", is_secure: bool = True, **cookies: str) -> Knock:
    named = {name.replace("host_", "__Host-"): value for name, value in cookies.items()}
    return Knock(Who.SESSION, verb, "/logout", headers, named, "203.0.113.7", is_secure)


def test_under_tls_the_session_is_the_hosts_own_and_never_sent_in_the_clear() -> None:
    (_, own), (_, word) = set_session(knock(), "abc")
    assert own == "__Host-wd_session=abc; Path=/; HttpOnly; SameSite=Lax; Secure"
    assert word == f"XSRF-TOKEN={xsrf_token('abc')}; Path=/; SameSite=Lax; Secure"
    assert all(line.endswith("; Secure; Max-Age=0") for _, line in forget_session(knock()))


def test_a_plain_cookie_is_no_session_under_tls() -> None:
    """A neighbour, or somebody on the line before TLS, can set one of that name."""
    assert session_cookie(knock(wd_session="theirs")) == ""
    assert session_cookie(knock(wd_session="theirs", host_wd_session="ours")) == "ours"
    assert session_cookie(knock(is_secure=False, wd_session="ours")) == "ours"


def test_the_word_says_nothing_of_the_session() -> None:
    assert len(xsrf_token("abc")) == 64
    assert "abc" not in set_xsrf(knock(), xsrf_token("abc"))[1]
    assert xsrf_token("abc") != xsrf_token("abd")


def test_reading_wants_no_word_and_writing_does() -> None:
    word = xsrf_token("abc")
    assert all(is_genuine(knock(verb=verb), "abc") for verb in ("GET", "HEAD", "OPTIONS"))
    assert not any(is_genuine(knock(verb=verb), "abc") for verb in ("POST", "PUT", "PATCH", "DELETE"))
    assert is_genuine(knock(("x-xsrf-token", word)), "abc")
    assert is_genuine(knock(("x-csrf-token", word)), "abc")
    assert not is_genuine(knock(("x-csrf-token", PASSWORD)), "abc")
    assert not is_genuine(knock(("x-csrf-token", word)), "abd")


def test_a_browsers_word_counts_only_alone() -> None:
    assert is_genuine(knock(("sec-fetch-site", "same-origin")), "abc")
    assert not is_genuine(knock(("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")), "abc")
    assert not is_genuine(knock(("sec-fetch-site", "same-origin, cross-site")), "abc")
