"""What was measured, and the table that shows it."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median


@dataclass
class Figure:
    """One thing measured, several times, at one size or at several; `goal` is what is asked."""

    name: str
    unit: str
    goal: str = ""
    runs: dict[str, list[float]] = field(default_factory=dict)

    def add(self, size: str, *values: float) -> None:
        """Keep what was measured at a size."""
        self.runs.setdefault(size, []).extend(values)

    def middle(self, size: str) -> float | None:
        """Return the median at a size."""
        return median(self.runs[size]) if self.runs.get(size) else None

    def as_json(self) -> dict[str, object]:
        """Return everything, for a script."""
        return {
            "name": self.name,
            "unit": self.unit,
            "goal": self.goal,
            "runs": self.runs,
            "median": {size: self.middle(size) for size in self.runs},
        }


class Book:
    """All figures, in the order in which they were first named."""

    def __init__(self) -> None:
        self.figures: dict[str, Figure] = {}

    def add(self, size: str, name: str, unit: str, goal: str, *values: float) -> None:
        """Keep values of a figure at a size."""
        figure = self.figures.setdefault(name, Figure(name, unit, goal))
        figure.add(size, *values)


def machine() -> str:
    """Say on what this was measured."""
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} × {model}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.release()}, load {load:.1f} at the end"
    )


def number(value: float | None) -> str:
    """Write a number with as many digits as it deserves."""
    if value is None:
        return ""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def spread(values: Sequence[float]) -> str:
    """Write the least and the greatest, where there is more than one."""
    return f"{number(min(values))}–{number(max(values))}" if len(values) > 1 else ""


def table(book: Book, sizes: Sequence[str]) -> str:
    """Write a table: medians and spreads at each size, growth from the first to the last, goals."""
    head = ["figure", "unit"]
    for size in sizes:
        head += [size, "spread"]
    rows = [[*head, "growth", "asked"]]
    for figure in book.figures.values():
        row = [figure.name, figure.unit]
        for size in sizes:
            row += [number(figure.middle(size)), spread(figure.runs.get(size, []))]
        first, last = figure.middle(sizes[0]), figure.middle(sizes[-1])
        grown = f"{last / first:.2f}×" if len(sizes) > 1 and first and last else ""
        rows.append([*row, grown, figure.goal])
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = [
        "  ".join(
            cell.ljust(width) if n < 2 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])
