"""EQ-5D-5L: the index of a health profile, by the Danish value set.

Index = 1 minus one decrement for each of the five dimensions: Jensen CE, Sørensen SS, Gudex C, Jensen MB, Pedersen KM,
Ehlers LH. The Danish EQ-5D-5L Value Set. Appl Health Econ Health Policy 2021;19:579, doi 10.1007/s40258-021-00639-3.
The article's abstract prints -0.757 for 55555, from coefficients with more decimals than those it publishes; the
published ones give -0.758. In Decimal: binary fractions make something else than 0 of 11254.
"""

from decimal import Decimal

# Kept with every index: the older crosswalk gives the same profile another one.
VALUE_SET = "EQ-5D-5L DK 2021"
DIMENSIONS = ("mobility", "self-care", "usual-activities", "pain", "anxiety")
LEVELS = "12345"
_DECREMENTS = {
    "mobility": ("0", "0.041", "0.054", "0.157", "0.220"),
    "self-care": ("0", "0.035", "0.050", "0.144", "0.209"),
    "usual-activities": ("0", "0.033", "0.040", "0.139", "0.174"),
    "pain": ("0", "0.048", "0.094", "0.381", "0.537"),
    "anxiety": ("0", "0.072", "0.191", "0.430", "0.618"),
}


def index(profile: str) -> Decimal:
    """The index of a profile such as `11254`, with three decimals, from -0.758 to 1.

    Raises ValueError for anything but five digits from 1 to 5, in the order of DIMENSIONS.
    """
    if len(profile) != len(DIMENSIONS) or not set(profile) <= set(LEVELS):
        raise ValueError(f"{profile!r} is no EQ-5D-5L profile: five digits from 1 to 5")
    levels = zip(DIMENSIONS, profile, strict=True)
    return 1 - sum((Decimal(_DECREMENTS[name][LEVELS.index(level)]) for name, level in levels), Decimal("0.000"))


LOWEST, HIGHEST = index("55555"), index("11111")
