"""Time on the horizontal axis: which days the window shows, and where the ticks stand.

The axis is linear in ordinals (a day's mark stands at noon), with our own tick labels: so months speak
the interface's language, any year of the calendar works, and the evenly spaced sequence is the same axis.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from dashboard.charts.catalogue import Catalogue
from dashboard.charts.texts import Texts
from dashboard.selection import Selection

LOWEST, HIGHEST = date.min.toordinal(), date.max.toordinal()
NODES = 200  # steps of a sequence that a script is told
_STRIDE = 365.25  # days beyond the outermost steps that are one step
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
Tick = tuple[float, str]


Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Window:
    """The visible stretch of days, the pixels it has, and where the axis puts a day.

    To scale, the axis is the ordinal itself; in sequence, the days on which something begins or ends stand
    one step apart, and the days between them are squeezed or stretched to fit.
    """

    first: float  # ordinal, midnight
    last: float  # ordinal, midnight at its end
    width: float
    steps: Numbers | None = None  # the days that stand one step apart, sorted
    origin: float = field(init=False)  # where the left edge stands on the axis
    unit: float = field(init=False)  # how far a pixel reaches on the axis

    def __post_init__(self) -> None:
        """Place the edges once; every mark asks for them."""
        object.__setattr__(self, "origin", self.at(self.first))
        object.__setattr__(self, "unit", (self.at(self.last) - self.origin) / self.width)

    def at(self, day: float) -> float:
        """Return the coordinate of a day on the axis, as ``all_at`` does for many."""
        if self.steps is None:
            return day
        index = int(np.searchsorted(self.steps, day))
        if 0 < index < len(self.steps):
            low, high = float(self.steps[index - 1]), float(self.steps[index])
            return index - 1 + (day - low) / (high - low)
        edge = min(index, len(self.steps) - 1)
        return edge + (day - float(self.steps[edge])) / _STRIDE

    def all_at(self, days: Numbers) -> Numbers:
        """Return the coordinates of many days; beyond the outermost steps a year is one step."""
        if self.steps is None:
            return days
        inside = np.interp(days, self.steps, np.arange(len(self.steps)))
        outside = (days - np.clip(days, self.steps[0], self.steps[-1])) / _STRIDE
        return np.asarray(inside + outside, dtype=np.float64)

    def nodes(self) -> list[tuple[float, float]] | None:
        """Return (coordinate, day) of steps around the window, for a script to interpolate; None on a true scale."""
        if self.steps is None:
            return None
        room = self.last - self.first
        near = np.flatnonzero((self.steps > self.first - room) & (self.steps < self.last + room))
        low, high = (int(near[0]), int(near[-1])) if len(near) else (0, 0)
        low, high = max(low - 1, 0), min(high + 1, len(self.steps) - 1)
        kept = np.unique(np.linspace(low, high, min(high - low + 1, NODES)).astype(np.int64))
        return list(zip(kept.astype(float).tolist(), self.steps[kept].tolist(), strict=True))

    def px(self, day: float) -> float:
        """Return the pixels from the left edge."""
        return (self.at(day) - self.origin) / self.unit

    def x(self, px: float) -> float:
        """Return the coordinate on the axis that is so many pixels from the left edge."""
        return self.origin + px * self.unit


def window_of(selection: Selection, catalogue: Catalogue, width: float) -> Window:
    """Return the selected window, or the one to start with, with a little room at both ends."""
    steps = _steps(selection, catalogue) if selection.axis == "sequence" else None
    if selection.start:
        first, last = (date.fromisoformat(text).toordinal() for text in (selection.start, selection.end))
        return Window(first, last + 1, width, steps)
    low, high = catalogue.home or (date(2000, 1, 1).toordinal(), date(2001, 1, 1).toordinal())
    room = max((high - low) * 0.04, 3) if steps is None else 180
    return Window(low - room, high + 1 + room, width, steps)


def _steps(selection: Selection, catalogue: Catalogue) -> Numbers | None:
    """Return the middles of the days on which an event of the view begins or ends; None for fewer than two."""
    days = catalogue.turns(selection)
    return days.astype(np.float64) + 0.5 if len(days) > 1 else None


def day_at(x: float) -> date:
    """Return the day of a place on the axis, kept within the calendar."""
    return date.fromordinal(min(max(int(x), LOWEST), HIGHEST))


def ticks(window: Window, t: Texts, room: float = 74) -> list[Tick]:
    """Return ticks for the window and as much again on both sides, so that dragging shows more of them."""
    if window.steps is not None:
        return _stepwise(window, t, room)
    most = max(window.width / room, 2)
    days = window.last - window.first
    wide = Window(max(window.first - days, LOWEST), min(window.last + days, HIGHEST), window.width)
    if days / 365.25 > most / 3:
        return _yearly(wide, next((n for n in _YEARS if days / 365.25 / n <= most), 1000))
    if days / 30.4 > most / 2:
        monthly = _monthly(wide, next((n for n in (1, 2, 3, 6) if days / 30.4 / n <= most), 12), t)
        return _placed(monthly, window, lambda day: str(day.year))
    daily = _daily(wide, next((n for n in (1, 2, 5, 10, 15) if days / n <= most), 15), t)
    return _placed(daily, window, lambda day: f"{t.months_short[day.month - 1]} {day.year}")


def _placed(ticks: list[Tick], window: Window, context: Callable[[date], str]) -> list[Tick]:
    """Return the ticks, the first one in the window with the month or year that the others leave out."""
    first = next((i for i, (x, _) in enumerate(ticks) if x >= window.first), None)
    if first is not None:
        x, label = ticks[first]
        told = context(day_at(x))
        ticks[first] = x, label if told in label else f"{told}<br>{label}"
    return ticks


def _stepwise(window: Window, t: Texts, room: float) -> list[Tick]:
    """Return a tick for each step that finds room, with day and year."""
    assert window.steps is not None
    gap = max(1, round(room * window.unit))
    days = window.last - window.first
    every = window.steps[::gap]
    out = []
    for day in every[(every > window.first - days) & (every < window.last + days)].tolist():
        told = day_at(day)
        out.append((window.at(day), f"{told.day} {t.months_short[told.month - 1]}<br>{told.year}"))
    return out


def _yearly(window: Window, step: int) -> list[Tick]:
    first = -(-day_at(window.first).year // step) * step
    return [
        (float(date(year, 1, 1).toordinal()), str(year))
        for year in range(max(first, step), min(day_at(window.last).year, 9998) + 1, step)
    ]


def _monthly(window: Window, step: int, t: Texts) -> list[Tick]:
    out = []
    for year in range(day_at(window.first).year, day_at(window.last).year + 1):
        for month in range(1, 13, step):
            x = float(date(year, month, 1).toordinal())
            label = f"<b>{year}</b>" if month == 1 else t.months_short[month - 1]
            if window.first <= x <= window.last:
                out.append((x, label))
    return out


def _daily(window: Window, step: int, t: Texts) -> list[Tick]:
    out = []
    for ordinal in range(int(window.first), int(window.last) + 1):
        day = day_at(ordinal)
        if step > 1 and ((day.day - 1) % step or day.day > 31 - step // 2):
            continue
        label = str(day.day) if day.day > 1 else f"<b>{t.months_short[day.month - 1]}</b>"
        if day.day == 1 and day.month == 1:
            label = f"<b>{day.year}</b>"
        out.append((ordinal + 0.5, label))
    return out


def heading(window: Window, t: Texts) -> str:
    """Return the window in words: 5 December 2022 to 9 January 2023."""
    first, last = day_at(window.first), day_at(window.last - 1)
    return t(
        "window",
        first=f"{first.day} {t.months_short[first.month - 1]} {first.year}",
        last=f"{last.day} {t.months_short[last.month - 1]} {last.year}",
    )
