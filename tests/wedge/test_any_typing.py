"""Any person, any scanner, any mixture of the two."""

import string

from hypothesis import given
from hypothesis import strategies as st

from tests.wedge.scanner import HOSTS, Scanner, run, scans, typed
from warehouse_desk.wedge.grammar import SAFE_LETTERS, Kind, command_code
from warehouse_desk.wedge.keys import ENTER, Key
from warehouse_desk.wedge.layouts import FR, US
from warehouse_desk.wedge.profile import StationProfile, Suffix
from warehouse_desk.wedge.recogniser import Recogniser, State
from warehouse_desk.wedge.results import Incomplete, Released

references = st.integers(0, 10**9).map(lambda number: f"ORD-{number:05}")
words = st.text(string.ascii_letters + string.digits + "-,. ", min_size=1, max_size=40)
scanners = st.builds(
    Scanner,
    layout=st.sampled_from([US, FR]),
    host=st.sampled_from(sorted(HOSTS)),
    caps=st.booleans(),
    gap_ms=st.integers(1, 40),
    suffix=st.sampled_from(["enter", "keypad enter", "tab", "line feed", "none"]),
)


@st.composite
def human_gaps(draw: st.DrawFn) -> list[int]:
    """Gaps of quick typists: 60 ms and more, at times one pair rolled over in 20-40 ms."""
    rhythm = st.tuples(st.integers(20, 400), st.integers(60, 400), st.integers(60, 400))
    return [gap for three in draw(st.lists(rhythm, min_size=14, max_size=14)) for gap in three]


@given(text=st.one_of(words, references), gaps=human_gaps(), with_enter=st.booleans())
def test_no_typing_is_ever_a_scan_and_every_key_comes_back_once(text: str, gaps: list[int], with_enter: bool) -> None:
    keys = typed(text, gaps)
    end = [Key(keys[-1].t_ms + 60, ENTER, "\r")] if with_enter else []
    recogniser = Recogniser()

    steps = [recogniser.feed(key) for key in [*keys, *end]]
    results = [result for step in steps for result in step.results] + list(recogniser.tick(10**9))

    assert all(isinstance(result, Released) for result in results)
    assert not any(step.consumed for step in steps)
    taken = [key for key, step in zip([*keys, *end], steps, strict=True) if step.took]
    released = [key for result in results if isinstance(result, Released) for key in result.keys]
    assert taken == released


@given(scanner=scanners, reference=references, jitter=st.lists(st.integers(0, 4), min_size=16, max_size=16))
def test_every_reading_at_scanner_speed_is_exactly_its_reference(
    scanner: Scanner, reference: str, jitter: list[int]
) -> None:
    keys = scanner.keys(reference)
    late, jittered = 0, []
    for key, delay in zip(keys, jitter, strict=False):
        late += delay
        jittered.append(Key(**{name: getattr(key, name) for name in key.__slots__} | {"t_ms": key.t_ms + late}))

    found = scans(run(Recogniser(), jittered))

    assert [(scan.text, scan.kind, scan.needs_confirmation) for scan in found] == [(reference, Kind.ORDER, False)]


@given(scanner=scanners, word=st.text(SAFE_LETTERS, min_size=3, max_size=16))
def test_every_command_is_read_by_every_scanner_even_from_text_alone(scanner: Scanner, word: str) -> None:
    blind = Scanner(scanner.layout, scanner.host, scanner.caps, scanner.gap_ms, scanner.suffix, codes=False)

    found = scans(run(Recogniser(), blind.keys(command_code(word))))

    assert [(scan.text, scan.needs_confirmation) for scan in found] == [(command_code(word), False)]


@given(scanner=scanners, readings=st.lists(references, min_size=2, max_size=4), pause=st.integers(400, 900))
def test_readings_in_a_row_come_out_in_order(scanner: Scanner, readings: list[str], pause: int) -> None:
    keys, now = [], 1000
    for reading in readings:
        keys += scanner.keys(reading, now)
        now = keys[-1].t_ms + pause

    assert [scan.text for scan in scans(run(Recogniser(), keys))] == readings


@given(
    scanner=scanners.filter(lambda scanner: scanner.suffix != "none"),
    reference=references,
    cut=st.integers(1, 12),
    gap=st.integers(130, 2000),
    word=words,
    gaps=human_gaps(),
)
def test_a_reading_cut_short_before_typing_is_never_another_reference(
    scanner: Scanner, reference: str, cut: int, gap: int, word: str, gaps: list[int]
) -> None:
    part = scanner.keys(reference)[:-1][:cut]
    keys = [*part, *typed(word, gaps, part[-1].t_ms + gap)]

    results = run(Recogniser(StationProfile(suffix=Suffix.ENTER)), keys)

    assert all(isinstance(result, Released | Incomplete) for result in results)


@given(keys=st.lists(st.builds(
    Key,
    t_ms=st.integers(0, 3000),
    phys=st.integers(0, 130),
    text=st.text(max_size=2),
    shift=st.booleans(),
    ctrl=st.booleans(),
    alt=st.booleans(),
    altgr=st.booleans(),
    caps=st.booleans(),
    pressed=st.booleans(),
    auto_repeat=st.booleans(),
    source=st.sampled_from(["key", "ime"]),
), max_size=60))  # fmt: skip
def test_no_stream_of_events_breaks_the_machine(keys: list[Key]) -> None:
    recogniser = Recogniser()

    run(recogniser, sorted(keys, key=lambda key: key.t_ms))

    assert recogniser.state is State.IDLE
