"""Several municipalities or groups as one: sums, and means weighted by how many each is about.

A mean of means would let eleven people count as much as forty-two. The pooled mean is the sum of n times mean over
the sum of n (Cochrane Handbook 6.5.2.10); a pooled share is the sum of counts over the sum of totals.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Part:
    """One group: the mean of something over `n` people, None where the source does not say how many."""

    n: int | None
    mean: Decimal


@dataclass(frozen=True)
class Pooled:
    """The mean of all groups with a known n, which are `n` people; `left_out` groups had none."""

    n: int
    mean: Decimal
    left_out: int


def pooled_mean(parts: Iterable[Part]) -> Pooled | None:
    """The groups as one; None where no group says how many it is about. Raises ValueError for a negative n."""
    listed = list(parts)
    known = [(part.n, part.mean) for part in listed if part.n is not None]
    if any(n < 0 for n, _mean in known):
        raise ValueError("a group of fewer than none")
    n = sum(n for n, _mean in known)
    if n == 0:
        return None
    return Pooled(n, sum((n * mean for n, mean in known), Decimal(0)) / n, len(listed) - len(known))


def pooled_share(parts: Iterable[tuple[int, int]]) -> tuple[int, int] | None:
    """(count, total) of all (count, total); None where the totals are 0 together.

    Raises ValueError where a count is no part of its total.
    """
    listed = list(parts)
    for count, total in listed:
        if not 0 <= count <= total:
            raise ValueError(f"{count} is no part of {total}")
    count, total = sum(count for count, _total in listed), sum(total for _count, total in listed)
    return (count, total) if total else None


@dataclass(frozen=True)
class Ages:
    """Ages of a group in years: their mean, and the youngest and the oldest where both are known."""

    n: int | None
    mean: Decimal
    youngest: Decimal | None = None
    oldest: Decimal | None = None


def pooled_ages(parts: Iterable[Ages]) -> Ages | None:
    """The groups as one; None where no group says how many it is about.

    The range is that of all groups, and unknown where one group has none: it may hold the youngest.
    """
    listed = [part for part in parts if part.n]
    mean = pooled_mean(Part(part.n, part.mean) for part in listed)
    if mean is None:
        return None
    ranges = [(part.youngest, part.oldest) for part in listed]
    youngest = [low for low, _high in ranges if low is not None]
    oldest = [high for _low, high in ranges if high is not None]
    if len(youngest) < len(listed) or len(oldest) < len(listed):
        return Ages(mean.n, mean.mean)
    return Ages(mean.n, mean.mean, min(youngest), max(oldest))
