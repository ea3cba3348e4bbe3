"""The sentence that a page opens with, computed from the figures below it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.danish import count_word
from initiatives.models import Colour, Phase, StatusReport

from .census import Census


@dataclass(frozen=True)
class Lead:
    """The parts of the overview's opening: `17 indsatser`, `fire temaer`, and whole sentences that may be empty."""

    initiatives: str
    themes: str
    spread: str
    colours: str


def lead(of: Census) -> Lead:
    """The opening of the overview; initiatives without a theme do not make one."""
    count, themes = of.count, sum(theme is not None for theme in of.themes)
    return Lead(
        ngettext("%(count)s initiative", "%(count)s initiatives", count) % {"count": count_word(count)},
        ngettext("%(count)s theme", "%(count)s themes", themes) % {"count": count_word(themes)},
        spread(of.phases, count - of.phases.total()),
        colours(of.colours),
    )


def spread(phases: Mapping[str, int], unreported: int = 0) -> str:
    """How the phases are spread, most common first: `Fem er i drift, to er afsluttet, og én har ingen status.`"""
    ordered = sorted(phases.items(), key=lambda item: (-item[1], Phase.values.index(item[0])))
    clauses = [phase_clause(phase, count_word(count), count) for phase, count in ordered]
    if unreported:
        words = ngettext("%(who)s has no status", "%(who)s have no status", unreported)
        clauses.append(words % {"who": count_word(unreported)})
    return _sentence(clauses)


def colours(assessed: Mapping[str, int]) -> str:
    """How the assessed ones are doing, worst first; empty where nobody has assessed."""
    worst_first = (Colour.RED, Colour.AMBER, Colour.GREEN)
    return _sentence(_colour_clause(each, assessed[each]) for each in worst_first if assessed.get(each))


def state(status: StatusReport) -> str:
    """What one initiative is doing, as its latest report says: `Indsatsen er i drift: Fortsætter lokalt.`"""
    subject = _("The initiative")
    clause = phase_clause(status.phase, subject, 1)
    printed = status.printed_text.rstrip(". ")
    if printed.casefold().startswith(subject.casefold()):
        return f"{printed}."
    if said := _said_already(printed, clause):
        # The phase is said once: `Indsatsen er i drift i begge kommuner.`
        return f"{clause}{printed[said:]}."
    phase = status.get_phase_display()
    if printed.casefold() == phase.casefold():
        return f"{clause}."
    if _begins_with(printed, phase):
        return _("Status: %(text)s.") % {"text": printed}
    return _("%(clause)s: %(text)s.") % {"clause": clause, "text": printed}


def _said_already(text: str, clause: str) -> int:
    """How many letters at the start of a text are the last words of the clause before it; 0 for none."""
    words = clause.split(" ")
    ends = (" ".join(words[start:]) for start in range(1, len(words)))
    return next((len(end) for end in ends if _begins_with(text, end)), 0)


def _begins_with(text: str, word: str) -> bool:
    """True where a text opens with a word, and not with a longer one."""
    return text.casefold().startswith(word.casefold()) and not text[len(word) : len(word) + 1].isalnum()


def phase_clause(phase: str, subject: str, count: int) -> str:
    """`subject` with what the phase says of it; `count` chooses between singular and plural."""
    clauses = {
        Phase.PROPOSED: ngettext("%(who)s is proposed", "%(who)s are proposed", count),
        Phase.ORDERED: ngettext("%(who)s is ordered", "%(who)s are ordered", count),
        Phase.CONFIRMED: ngettext("%(who)s is confirmed", "%(who)s are confirmed", count),
        Phase.RUNNING: ngettext("%(who)s is running", "%(who)s are running", count),
        Phase.PILOT: ngettext("%(who)s is tried as a pilot", "%(who)s are tried as pilots", count),
        Phase.PAUSED: ngettext("%(who)s is paused", "%(who)s are paused", count),
        Phase.AWAITING: ngettext("%(who)s is awaiting", "%(who)s are awaiting", count),
        Phase.IN_OPERATION: ngettext("%(who)s is in operation", "%(who)s are in operation", count),
        Phase.MERGED: ngettext("%(who)s is part of another", "%(who)s are part of others", count),
        Phase.CLOSED: ngettext("%(who)s is closed", "%(who)s are closed", count),
        Phase.DISCONTINUED: ngettext("%(who)s is discontinued", "%(who)s are discontinued", count),
    }
    return clauses[Phase(phase)] % {"who": subject}


def _colour_clause(colour: Colour, count: int) -> str:
    clauses = {
        Colour.RED: ngettext("%(who)s is red", "%(who)s are red", count),
        Colour.AMBER: ngettext("%(who)s is amber", "%(who)s are amber", count),
        Colour.GREEN: ngettext("%(who)s is green", "%(who)s are green", count),
    }
    return clauses[colour] % {"who": count_word(count)}


def _sentence(clauses: Iterable[str]) -> str:
    """`A, b, og c.` from clauses; empty for none."""
    parts = list(clauses)
    if not parts:
        return ""
    text = parts[0]
    if len(parts) > 1:
        text = _("%(clauses)s, and %(last)s") % {"clauses": ", ".join(parts[:-1]), "last": parts[-1]}
    return f"{text[0].upper()}{text[1:]}."
