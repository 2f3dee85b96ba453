"""The palettes: Okabe and Ito's colours, darkened or lightened until they stand out from our backgrounds.

Colour never speaks alone: the shape of a mark doubles its kind, filled against hollow its certainty.
A test computes the WCAG 2.2 contrast of every colour here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["light", "dark"]
SANS = '"Inter Variable", Inter, system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif'
# One symbol a kind, in the order of frequency; the last one is for every rarer kind.
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "triangle-down", "hexagon", "pentagon")


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one mode, as CSS hex values."""

    mode: Mode
    paper: str  # behind the charts
    ink: str
    soft: str  # secondary text
    line: str  # hairlines and grids, decoration only
    band: str  # the ground of a lane
    focus: str
    kinds: tuple[str, ...]  # as many as SYMBOLS; the last one is "other"


LIGHT = Theme(
    mode="light",
    paper="#ffffff",
    ink="#1b1f24",
    soft="#57606a",
    line="#e3e2de",
    band="#f7f6f3",
    focus="#0b57d0",
    kinds=("#0072b2", "#b84b00", "#007a58", "#a6447f", "#7a6200", "#5b4fa8", "#5f6670"),
)
DARK = Theme(
    mode="dark",
    paper="#14171a",
    ink="#e9eaec",
    soft="#a3abb4",
    line="#2b3036",
    band="#1a1e22",
    focus="#9ecbff",
    kinds=("#56b4e9", "#f0914a", "#35c79a", "#e08cc0", "#e3c84f", "#b3aaf5", "#a9b0b8"),
)


def of(mode: str) -> Theme:
    """Return the theme of a mode; anything but "dark" is light."""
    return DARK if mode == "dark" else LIGHT


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two hex colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def alpha(colour: str, opacity: float) -> str:
    """Return a hex colour as an rgba() with the opacity."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"
