"""Confidence intervals in Decimal, without a statistics package at run time.

Proportions: Clopper and Pearson (1934), Biometrika 26:404: the lower end is the p at which `count` or more of `total`
has the probability (1 - confidence) / 2; the upper end is the lower end of the others, turned round. Mean of a change:
mean plus or minus t(n - 1) * SD / sqrt(n) (Student 1908, Biometrika 6:1). Both are ends of a beta distribution, found
by bisection on the regularized incomplete beta function, whose continued fraction is DLMF 8.17.22.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from math import comb

CONFIDENCE = Decimal("0.95")
# Digits carried, and how narrow a bisection ends: far below what is ever shown.
_DIGITS, _NARROW = 34, Decimal("1e-15")
_PI = Decimal("3.1415926535897932384626433832795028841972")
_HALF, _TINY = Decimal("0.5"), Decimal("1e-300")


@dataclass(frozen=True)
class Interval:
    """Both ends, low <= high; shares lie in 0..1, means are in the measure's unit."""

    low: Decimal
    high: Decimal


@lru_cache(maxsize=4096)
def proportion_interval(count: int, total: int, confidence: Decimal = CONFIDENCE) -> Interval:
    """The exact interval of the share `count` / `total`, in 0..1.

    Raises ValueError unless 0 <= count <= total, total > 0 and 0 < confidence < 1.
    """
    if not 0 <= count <= total or total == 0:
        raise ValueError(f"{count} is no part of {total}")
    tail = _tail(confidence)
    return Interval(_lower(count, total, tail), 1 - _lower(total - count, total, tail))


def mean_interval(
    mean: Decimal, sd: Decimal | None, n: int | None, confidence: Decimal = CONFIDENCE
) -> Interval | None:
    """The interval of a mean change whose own SD is known; None where SD or n is not, or n is under 2.

    The SD of a change cannot be had from the SDs before and after. Raises ValueError for a negative SD.
    """
    if sd is None or n is None or n < 2:
        return None
    if sd < 0:
        raise ValueError(f"an SD of {sd} is negative")
    with localcontext(Context(prec=_DIGITS)):
        half = t_quantile(n - 1, confidence) * sd / Decimal(n).sqrt()
        return Interval(mean - half, mean + half)


@lru_cache(maxsize=1024)
def t_quantile(freedom: int, confidence: Decimal = CONFIDENCE) -> Decimal:
    """The t with `confidence` between -t and t, at `freedom` degrees of freedom, which is 1 or more."""
    if freedom < 1:
        raise ValueError(f"{freedom} degrees of freedom")
    outside = 2 * _tail(confidence)
    with localcontext(Context(prec=_DIGITS)):
        a, scale = Decimal(freedom) / 2, _t_scale(freedom)

        def beyond(t: Decimal) -> Decimal:
            """The probability outside -t..t."""
            return _beta(freedom / (freedom + t * t), a, _HALF, scale)

        top = Decimal(1)
        while beyond(top) > outside:
            top *= 2
        return _bisect(lambda t: beyond(t) < outside, Decimal(0), top)


def _tail(confidence: Decimal) -> Decimal:
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence of {confidence} is not between 0 and 1")
    return (1 - confidence) / 2


def _lower(count: int, total: int, tail: Decimal) -> Decimal:
    """The p at which `count` or more of `total` has the probability `tail`; 0 for none."""
    if count == 0:
        return Decimal(0)
    with localcontext(Context(prec=_DIGITS)) as context:
        a, b, ways = Decimal(count), Decimal(total - count + 1), context.create_decimal(comb(total, count))
        return _bisect(lambda p: _beta(p, a, b, ways) > tail, Decimal(0), Decimal(1))


def _bisect(beyond: Callable[[Decimal], bool], low: Decimal, high: Decimal) -> Decimal:
    """Where `beyond` turns from false to true between the two."""
    while high - low > _NARROW * max(high, Decimal(1)):
        middle = (low + high) / 2
        low, high = (low, middle) if beyond(middle) else (middle, high)
    return (low + high) / 2


def _t_scale(freedom: int) -> Decimal:
    """1 / (a B(a, 1/2)) for a = freedom / 2, from central binomial coefficients."""
    m, odd = divmod(freedom, 2)
    central = Decimal(comb(2 * m, m)) / Decimal(4) ** m
    ratio = 1 / (central * _PI) if odd else central * m
    return ratio * 2 / freedom


def _beta(x: Decimal, a: Decimal, b: Decimal, scale: Decimal) -> Decimal:
    """The regularized incomplete beta function I_x(a, b); `scale` is 1 / (a B(a, b))."""
    if x <= 0 or x >= 1:
        return Decimal(0) if x <= 0 else Decimal(1)
    # The fraction converges fast on this side; the other side is the rest of 1.
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_left(1 - x, b, a, scale * a / b)
    return _beta_left(x, a, b, scale)


def _beta_left(x: Decimal, a: Decimal, b: Decimal, scale: Decimal) -> Decimal:
    """The same by Lentz' method (Press et al., Numerical Recipes 6.4)."""
    c = Decimal(1)
    d = _inverse(1 - (a + b) * x / (a + 1))
    value = d
    for term in _terms(x, a, b):
        d, c = _inverse(1 + term * d), _kept(1 + term / c)
        step = c * d
        value *= step
        if abs(step - 1) < Decimal("1e-30"):
            break
    return scale * x**a * (1 - x) ** b * value


def _terms(x: Decimal, a: Decimal, b: Decimal) -> Iterator[Decimal]:
    """The coefficients of the continued fraction after the first, without end."""
    m = 1
    while True:
        yield m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        yield -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        m += 1


def _kept(value: Decimal) -> Decimal:
    """The value, kept off 0, by which the fraction divides."""
    return value or _TINY


def _inverse(value: Decimal) -> Decimal:
    return 1 / _kept(value)
