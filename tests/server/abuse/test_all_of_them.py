"""Every abuse that the server was made for, what it answers, and the test that holds it.

What must be so after each stands in conftest.py: it answers, the books are right, nothing that was sent is left,
and the log holds nothing that would let anybody in.
"""

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


@dataclass(frozen=True)
class Abuse:
    """One of them."""

    what: str
    statuses: tuple[int, ...]
    """Empty where no answer is owed."""
    test: str
    """File below tests/server, and name."""


_IN = "abuse/test_access.py::test_"
_BOARD = "abuse/test_dashboard.py::test_"
_BODIES = "abuse/test_bodies.py::test_"
_HEADS = "shell/test_heads.py::test_a_bad_head_is_refused_in_json_and_nothing_of_it_reaches_the_api"
_SLOW = "shell/test_slow_clients.py::test_"

ABUSES = (
    Abuse("no token", (401,), f"{_IN}no_token"),
    Abuse("a revoked token", (401,), f"{_IN}a_revoked_token"),
    Abuse("an expired token", (401,), f"{_IN}an_expired_token"),
    Abuse("the token of a disabled user", (401,), f"{_IN}the_token_of_a_disabled_user"),
    Abuse("a token in the query", (401,), f"{_IN}a_token_in_the_query_or_in_a_cookie"),
    Abuse("bearer in small letters, two blanks", (200, 401), f"{_IN}the_scheme_in_small_letters_and_two_blanks"),
    Abuse("two Authorization headers", (401,), f"{_IN}two_authorization_headers"),
    Abuse("a token of 200 KB", (431,), f"{_IN}a_token_of_200_kilobytes"),
    Abuse("a token from another network", (403,), f"{_IN}a_token_from_another_network"),
    Abuse("a token that may look creates", (403,), f"{_IN}a_token_that_may_look_creates"),
    Abuse("a session at the REST API", (401,), f"{_IN}a_session_at_the_rest_api"),
    Abuse("a token at the Dashboard", (401,), f"{_IN}a_token_at_the_dashboard"),
    Abuse("the job of somebody else", (404,), f"{_IN}the_job_of_somebody_else"),
    Abuse("the labels of somebody else", (404,), f"{_IN}the_labels_of_somebody_else"),
    Abuse("a session fixed beforehand", (401,), f"{_IN}a_session_that_was_fixed_beforehand"),
    Abuse("a session after the role was taken away", (401,), f"{_IN}a_session_after_the_role_was_taken_away"),
    Abuse("the form of another page", (419, 415), f"{_IN}the_form_of_another_page"),
    Abuse("the script of another page", (419,), f"{_IN}the_script_of_another_page"),
    Abuse("a forged XSRF cookie", (419,), f"{_IN}a_forged_word"),
    Abuse("a flood of passwords for one name", (401, 429), f"{_IN}a_flood_for_one_name"),
    Abuse("a flood of passwords for many names", (401, 429), f"{_IN}a_flood_of_many_names"),
    Abuse("the time of an unknown name", (401,), f"{_IN}the_time_of_an_unknown_name"),
    Abuse("no Host", (400,), _HEADS),
    Abuse("two Hosts", (400,), _HEADS),
    Abuse("a foreign Host", (400,), _HEADS),
    Abuse("a Host that is no name", (400,), _HEADS),
    Abuse("a whole URL as target", (400,), _HEADS),
    Abuse(
        "X-Forwarded-For from a stranger",
        (400,),
        "shell/test_who.py::test_a_stranger_speaks_for_nobody_else_and_is_told_what_would_be_needed",
    ),
    Abuse("length and chunks", (400,), _HEADS),
    Abuse("two lengths", (400,), _HEADS),
    Abuse("a bad chunk", (400,), "shell/test_heads.py::test_a_bad_chunk_ends_the_request_that_it_is_part_of"),
    Abuse("a bare LF, a folded header", (400,), _HEADS),
    Abuse("half a head", (408,), f"{_SLOW}half_a_head_is_answered_408"),
    Abuse(
        "a body that stops coming",
        (408,),
        f"{_SLOW}a_body_that_stops_coming_is_answered_408_and_the_api_hears_that_it_ended",
    ),
    Abuse("500 idle connections", (200,), f"{_SLOW}500_idle_connections_leave_room_for_whoever_asks"),
    Abuse("500 headers", (431,), _HEADS),
    Abuse("a header of 70 KB", (431,), _HEADS),
    Abuse("a file of 40 MB and a byte", (413,), "dashboard/test_sheets.py::test_a_file_above_the_limit_is_not_read"),
    Abuse("chunks without end", (413,), "shell/test_bodies.py::test_a_body_in_chunks_is_refused_once_it_is_too_large"),
    Abuse("a workbook that unpacks without end", (413,), f"{_BOARD}a_workbook_that_unpacks_without_end"),
    Abuse("a file named ../../x", (200, 415, 422), f"{_BOARD}a_file_whose_name_is_a_place"),
    Abuse("JSON of 21 MiB", (413,), f"{_BODIES}json_of_21_mebibytes"),
    Abuse("100,000 brackets", (400,), f"{_BODIES}100_000_brackets"),
    Abuse("5,000 digits, 1e999999, NaN", (400, 422), f"{_BODIES}numbers_that_no_order_has"),
    Abuse(
        "half a character, NUL, 1,001 orders, 11 lines",
        (422,),
        f"{_BODIES}what_no_database_keeps_and_what_is_one_too_many",
    ),
    Abuse("%00, %2F, %FF, .. as reference", (404,), f"{_BOARD}a_reference_that_is_none"),
    Abuse("per_page=-1, page=1e9, keyWord=%", (422, 200), f"{_BOARD}pages_and_keywords_that_no_list_has"),
    Abuse(
        "one key for ten at once and for another body", (200, 409), "access/test_keys.py::test_ten_at_once_do_it_once"
    ),
    Abuse("one order named 1,000 times", (200,), f"{_BOARD}one_order_named_a_thousand_times"),
    Abuse("hanging up during a create", (), f"{_BODIES}who_hangs_up_in_the_middle_of_a_create_has_created_nothing"),
)


def test_there_are_fifty() -> None:
    assert len({abuse.what for abuse in ABUSES}) == len(ABUSES) == 50


@pytest.mark.parametrize("abuse", ABUSES, ids=lambda abuse: abuse.what)
def test_each_is_held_by_a_test_that_expects_its_status(abuse: Abuse) -> None:
    file, _, name = abuse.test.partition("::")
    source = (TESTS / file).read_text(encoding="utf-8")
    defined = {each.name for each in ast.parse(source).body if isinstance(each, ast.FunctionDef)}
    assert name in defined
    assert [status for status in abuse.statuses if str(status) not in source] == []
