"""The JSON of audit rows says what Python's own would say."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse_desk.common.json_text import json_object
from warehouse_desk.common.messages import message_from_json, msg
from warehouse_desk.domain.status import Status, status_name

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.sampled_from(Status)
VALUES = PLAIN | st.lists(PLAIN, max_size=3) | st.dictionaries(st.text(), PLAIN, max_size=3)


@given(st.dictionaries(st.text(), VALUES))
def test_it_is_the_same_json_without_blanks(values: dict[str, object]) -> None:
    assert json_object(values) == json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def test_days_and_moments_are_texts_in_iso_form() -> None:
    day, moment = date(2026, 3, 2), datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    written = json.loads(json_object({"packed_on": day, "at": moment, "days": [day]}))
    assert written == {"packed_on": "2026-03-02", "at": "2026-03-02T09:30:00+00:00", "days": ["2026-03-02"]}


def test_what_has_no_form_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot be written as JSON"):
        json_object({"at": object()})


@given(st.text(), st.none() | st.booleans() | st.integers() | st.text(), st.sampled_from(Status))
def test_a_sentence_is_read_back_with_the_sentences_in_it(reference: str, fact: object, status: Status) -> None:
    said = msg(
        "{reference} is “{status}”.", reference=reference, status=status_name(status), fact=fact, all=[reference]
    )
    assert message_from_json(said.to_json()) == said
