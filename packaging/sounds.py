"""Make the scanner's tones: ``python packaging/sounds.py`` writes resources/sounds/*.wav (16 bit, mono, 44.1 kHz).

Three tones that differ in rhythm and not only in pitch, so that they are told apart in noise and with little hearing;
none lies at 2 to 3 kHz, where scanners beep. The error is the longest and loudest.
"""

import math
import struct
import wave
from pathlib import Path

RATE = 44_100
FOLDER = Path(__file__).resolve().parents[1] / "resources" / "sounds"
RAMP_SECONDS = 0.005

Part = tuple[float, float, float]
"""Hz at the beginning, Hz at the end, seconds; 0 Hz is silence."""

SOUNDS: dict[str, tuple[float, tuple[Part, ...]]] = {
    "done": (0.45, ((1_000, 1_500, 0.12),)),
    "already": (0.6, ((700, 700, 0.09), (0, 0, 0.06), (700, 700, 0.09))),
    "refused": (0.95, ((220, 180, 0.25), (0, 0, 0.08), (220, 180, 0.25))),
}


def samples(loudness: float, parts: tuple[Part, ...]) -> list[int]:
    """Return the samples of one sound; each part rises and falls in 5 ms so that nothing clicks."""
    made: list[int] = []
    for begin, end, seconds in parts:
        count, phase = int(RATE * seconds), 0.0
        for index in range(count):
            share = index / count
            phase += 2 * math.pi * (begin + (end - begin) * share) / RATE
            ramp = min(1.0, index / RATE / RAMP_SECONDS, (count - index) / RATE / RAMP_SECONDS)
            # A third harmonic carries over the noise of a packing line and through small speakers.
            shape = (math.sin(phase) + math.sin(3 * phase) / 3) / 1.34 if begin else 0.0
            made.append(int(32_000 * loudness * ramp * shape))
    return made


def main() -> None:
    """Write every sound."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (loudness, parts) in SOUNDS.items():
        data = samples(loudness, parts)
        with wave.open(str(FOLDER / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(struct.pack(f"<{len(data)}h", *data))


if __name__ == "__main__":
    main()
