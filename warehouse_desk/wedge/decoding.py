"""From keys to text: every assumption about the scanner gives a text; the grammar chooses among them.

What a scanner sends depends on its own layout alone, so physical key and Shift are read with the scanner's
table and the host's layout does not matter. The digit row tells the two layouts apart: digits without Shift
come from a US scanner, digits with Shift from an AZERTY one, and no code with a digit has a form under both.
Text alone is the last resort: traced back through two layouts it has been seen to give a wrong reference of
right form (A, Q, W, Z, M move), so such a reading always asks for confirmation.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from warehouse_desk.common.codes import split_aim
from warehouse_desk.wedge.grammar import DESK_KINDS, STRONG_KINDS, Grammar, Kind
from warehouse_desk.wedge.keys import KEYPAD, Key
from warehouse_desk.wedge.layouts import FR, HOST_LAYOUTS, LAM_ALEF, SCANNER_LAYOUTS, US, Layout
from warehouse_desk.wedge.profile import CapsHandling, ScannerLayout, StationProfile
from warehouse_desk.wedge.results import Candidate, Confidence


@dataclass(frozen=True, slots=True)
class Decoded:
    """One text of a burst with its case kept, and the assumption that gave it."""

    text: str
    layout: str
    confidence: Confidence


#: A decoded text with its AIM identifier and what is left of it in upper case.
Bare = tuple[Decoded, str, str]

_OTHER_KINDS = frozenset(Kind) - STRONG_KINDS


@dataclass(frozen=True, slots=True)
class KeyReading:
    """The best readings of a burst: ``candidates`` of one rank, all of them different texts.

    ``shown`` is a text for a person when there is no candidate. ``symbology`` is the AIM identifier.
    """

    candidates: tuple[Candidate, ...]
    needs_confirmation: bool
    shown: str
    symbology: str = ""
    joined: tuple[str, ...] = ()


def has_keys(keys: Sequence[Key]) -> bool:
    """Tell whether every key can be read by its physical code or is a composed Alt code."""
    return all(key.phys or key.source == "alt" for key in keys)


def by_layout(keys: Sequence[Key], layout: Layout, *, flip_shift: bool = False) -> str:
    """Read keys as a scanner of this layout means them; "" when a key has no character there."""
    return _joined(
        key.text if key.source == "alt" else layout.char(key.phys, shift=key.shift ^ flip_shift, altgr=key.altgr)
        for key in keys
    )


def by_layout_without_shift(keys: Sequence[Key], layout: Layout) -> str:
    """Read keys as if Shift had been lost on the way, which input methods do to scanners."""
    return _joined(key.text if key.source == "alt" else layout.char(key.phys, shift=False) for key in keys)


def by_text(keys: Sequence[Key]) -> str:
    """Return the host's own text of the keys."""
    return "".join(key.text or KEYPAD.get(key.phys, "") for key in keys)


def repaired(text: str) -> Iterator[Decoded]:
    """Trace a garbled text back to keys through each host layout, and read those with each scanner layout."""
    for host in HOST_LAYOUTS:
        for variant in sorted({text, _with_lam_alef(text)}):
            found = [host.keys_by_char[char] for char in variant if char in host.keys_by_char]
            if len(found) == len(variant):
                yield from _retraced(found, host)


def _retraced(keys: list[tuple[int, bool]], host: Layout) -> Iterator[Decoded]:
    for scanner in SCANNER_LAYOUTS.values():
        exact = _joined(scanner.char(phys, shift=shift) for phys, shift in keys)
        yield Decoded(exact, f"{host.name}>{scanner.name}", Confidence.TEXT_REPAIRED)
    # Caps Lock on a Windows AZERTY host turns Shift round, so Shift cannot be trusted here.
    lost = _joined(US.char(phys, shift=False) for phys, _ in keys)
    yield Decoded(lost, f"{host.name}>us, Shift ignored", Confidence.TEXT_REPAIRED)
    turned = _joined(FR.char(phys, shift=not shift) for phys, shift in keys)
    yield Decoded(turned, f"{host.name}>fr, Caps undone", Confidence.TEXT_REPAIRED)


def decodings(keys: Sequence[Key], profile: StationProfile) -> list[list[Decoded]]:
    """Return the readings of a burst, best rank first."""
    text = Decoded(by_text(keys), "text", Confidence.TEXT)
    if not has_keys(keys):
        return [[text], list(repaired(text.text))]
    exact = {name: Decoded(by_layout(keys, layout), name, Confidence.KEYS) for name, layout in SCANNER_LAYOUTS.items()}
    undone = Decoded(by_layout(keys, FR, flip_shift=True), "fr, Caps undone", Confidence.CAPS_UNDONE)
    lost = Decoded(by_layout_without_shift(keys, US), "us, Shift ignored", Confidence.SHIFT_IGNORED)
    caps_on = any(key.caps for key in keys)
    flips = caps_on and profile.caps is not CapsHandling.AS_SENT
    if profile.layout is ScannerLayout.AUTO:
        # A scanner of a third layout is right only in the host's text; where both have a form, ask.
        first = [exact["us"], exact["fr"], text]
        return [first, [undone] if flips else [], [lost]]
    known = [exact[profile.layout.value]]
    others = [reading for name, reading in exact.items() if name != profile.layout.value]
    if profile.layout is ScannerLayout.US:
        return [known, [lost], [*others, text], [undone] if flips else []]
    return [known, [undone] if flips else [], [*others, text], [lost]]


def read(keys: Sequence[Key], profile: StationProfile, grammar: Grammar) -> KeyReading:
    """Read a burst: the candidates of the best rank in which anything has a form.

    References and codes of the desk have so much form that they go before bare letters and digits, which a
    wrong assumption can give as well.
    """
    ranks = [[(decoded, *_bare(decoded.text, profile)) for decoded in rank] for rank in decodings(keys, profile)]
    symbology = next((aim for rank in ranks for _, aim, _ in rank if aim), "")
    for kinds in (STRONG_KINDS, _OTHER_KINDS):
        for place, rank in enumerate(ranks):
            joined = next(filter(None, (grammar.joined_references(text) for _, _, text in rank)), ())
            candidates = _candidates(rank, grammar, kinds)
            if joined or candidates:
                doubtful = len(candidates) > 1 or bool(joined) or _is_guess(candidates[0], keys, profile, place)
                shown = "".join(joined) or candidates[0].text
                return KeyReading(candidates, doubtful, shown, symbology, joined)
    return KeyReading((), needs_confirmation=True, shown=_to_show(ranks, profile), symbology=symbology)


def _candidates(rank: Sequence[Bare], grammar: Grammar, kinds: AbstractSet[Kind]) -> tuple[Candidate, ...]:
    found: dict[str, Candidate] = {}
    for decoded, _, text in rank:
        kind = grammar.kind_of(text)
        # Letters and digits without further form can be made of nearly any garbled text.
        guessed = kind is Kind.TRACKING and decoded.confidence is Confidence.TEXT_REPAIRED
        if kind in kinds and kind is not None and not guessed:
            found.setdefault(text, Candidate(text, kind, decoded.layout, decoded.confidence))
    return tuple(found.values())


def cleaned(text: str, profile: StationProfile) -> str:
    """Return a decoded text without control characters, prefix and AIM identifier, case kept."""
    kept = "".join(char for char in text if char.isprintable()).strip()
    if profile.prefix.isprintable() and profile.prefix and profile.prefix != "]":
        kept = _without_prefix(kept, profile.prefix)
    return kept


def _bare(text: str, profile: StationProfile) -> tuple[str, str]:
    symbology, rest = split_aim(cleaned(text, profile))
    return symbology, rest.upper()


def _without_prefix(text: str, prefix: str) -> str:
    return text[len(prefix) :] if text.upper().startswith(prefix.upper()) else text


def _is_guess(candidate: Candidate, keys: Sequence[Key], profile: StationProfile, place: int) -> bool:
    if candidate.kind in DESK_KINDS:
        return False
    if any(key.source == "ime" for key in keys):
        return True
    if not has_keys(keys):
        moved = candidate.kind is Kind.TRACKING
        return moved or candidate.confidence is Confidence.TEXT_REPAIRED
    if candidate.kind is Kind.PRODUCT:
        return False
    # With Shift lost on a few keys of an AZERTY scanner, reading US letters would swap A/Q, W/Z and M.
    swapped = candidate.kind is Kind.TRACKING and candidate.confidence is Confidence.SHIFT_IGNORED
    # A learned layout that no longer fits means another scanner, or a wrong reading: let the lookup decide.
    strayed = profile.layout is not ScannerLayout.AUTO and place > 1
    return swapped or strayed


def _to_show(ranks: Sequence[Sequence[Bare]], profile: StationProfile) -> str:
    texts = [cleaned(decoded.text, profile) for decoded, _, _ in ranks[0]]
    readable = [text for text in texts if text.isascii() and text]
    return readable[0] if readable else next(filter(None, texts), "")


def _with_lam_alef(text: str) -> str:
    for pair, single in LAM_ALEF.items():
        text = text.replace(pair, single)
    return text


def _joined(chars: Iterable[str]) -> str:
    found = list(chars)
    return "".join(found) if all(found) else ""
