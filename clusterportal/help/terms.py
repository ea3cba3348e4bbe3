"""The words of the portal, each explained once: for the word list, for the help at a heading, and for the search.

`key` is how a template asks for the word (`terms.allocated`), `anchor` the Danish address of its entry, which others
may have linked to: change neither. `short` is one or two sentences and stands alone; `more` is only in the word list.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from initiatives.danish import collation_key


@dataclass(frozen=True)
class Term:
    """One word and what it means; `see` holds the keys of related words."""

    key: str
    anchor: str
    word: str | Promise
    short: str | Promise
    more: str | Promise = ""
    see: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return f"{reverse('word_list')}#{self.anchor}"

    @property
    def related(self) -> list["Term"]:
        return [TERMS[key] for key in self.see]


_ALL = (
    # How an initiative goes
    Term(
        "initiative", "indsats", _("Initiative"),
        _("One piece of work of the action plan, with a number, parties and a status of its own."),
        see=("plan", "theme", "actor", "status"),
    ),
    Term(
        "plan", "handleplan", _("Action plan"),
        _("What the cluster will do together over some years, gathered in themes and initiatives."),
        see=("initiative", "theme"),
    ),
    Term(
        "theme", "tema", _("Theme"),
        _("A heading of the action plan. Each initiative has one at most."),
        see=("initiative", "plan"),
    ),
    Term(
        "actor", "aktoer", _("Party"),
        _("Whoever carries out the initiative: a municipality, the region, a hospital, general practice or others."),
        see=("initiative",),
    ),
    Term(
        "status", "status", pgettext_lazy("word list", "Status"),
        _("What the coordinator last reported on the initiative: phase, colours, a short text and the next step."),
        _("A status holds from its date until the next one. Earlier ones stay in the history and are never changed."),
        see=("phase", "colour", "as_of"),
    ),
    Term(
        "phase", "fase", _("Phase"),
        _("How far the initiative is in its life, from proposed over running to in operation or closed."),
        _("The phase says nothing about how well it goes. That is what the colour is for."),
        see=("colour", "status"),
    ),
    Term(
        "colour", "farve", _("Colour (RAG)"),
        _("Green: as agreed. Amber: off course, but can be mended here. Red: the management or executive forum has to "
          "step in."),
        _("RAG is short for red, amber, green. The coordinator gives one colour overall and one each for time, economy "
          "and quality. “Not assessed” means that nobody has judged it. Ended initiatives have no colour."),
        see=("deviation", "phase", "status"),
    ),
    Term(
        "deviation", "afvigelse", _("Deviation"),
        _("An initiative that is amber or red. What is done about it must always be written."),
        see=("colour",),
    ),
    Term(
        "milestone", "milepael", _("Milestone"),
        _("Something with a date that the initiative is to reach or has reached."),
    ),
    Term(
        "demo", "demo", _("Demo"),
        _("Invented data, made to show the portal. It is marked “Demo” everywhere and is nobody's own words."),
    ),
    # The day
    Term(
        "as_of", "pr-dato", _("As-of date"),
        _("The day the page answers for. Choose an earlier one to see what held then: status, money and results."),
        _("Titles, parties and descriptions are always today's. A day to come is shown as today."),
        see=("status",),
    ),
    # The money
    Term(
        "funds", "klyngemidler", _("Cluster funds"),
        _("The cluster's common money. For an initiative: what was spent in the years accounted for, and what is "
          "allocated for the years to come."),
        see=("allocated", "spent", "accounts"),
    ),
    Term(
        "allocated", "disponeret", _("Allocated"),
        _("Money that the cluster has decided to set aside for an initiative. It need not have been spent yet."),
        see=("spent", "frame", "funds"),
    ),
    Term(
        "spent", "forbrug", _("Spent"),
        _("What has been used, according to the vouchers."),
        see=("allocated", "voucher"),
    ),
    Term(
        "frame", "ramme", _("Frame"),
        _("What may be spent: the allocated money, less what is carried over to another year."),
        see=("allocated", "carry_over", "variance"),
    ),
    Term(
        "variance", "mer-mindreforbrug", _("Over- and underspend"),
        _("The frame less what was spent. Money left is an underspend; a minus is an overspend."),
        see=("frame", "spent", "carry_over"),
    ),
    Term(
        "carry_over", "overfoersel", _("Carry-over"),
        _("Money that was not spent in one year and may be used in another, by decision."),
        see=("variance", "frame"),
    ),
    Term(
        "accounts", "regnskab", _("Accounts"),
        _("The settlement of a budget year. Once it is rendered, the portal counts what was spent; until then, what "
          "is allocated."),
        see=("funds",),
    ),
    Term(
        "voucher", "bilag", _("Voucher"),
        _("One movement in the ledger: money granted, allocated, spent or carried over. A mistake is mended with a "
          "new voucher."),
        see=("allocated", "spent", "carry_over"),
    ),
    # The print
    Term(
        "computed", "beregnet-trykt", _("Computed and printed"),
        _("Printed is what a published document says. Computed is what the portal makes of the facts. The print is "
          "never altered."),
        see=("reconciliation",),
    ),
    Term(
        "reconciliation", "afstemning", _("Reconciliation"),
        _("Every printed figure beside the computed one, with the difference and its likely cause."),
        see=("computed",),
    ),
    # The results
    Term(
        "before_after", "foer-efter", _("Before and after"),
        _("Participants measured when they begin and when they have finished. Both figures are means of the group."),
        see=("n", "effect", "control_group"),
    ),
    Term(
        "n", "n", _("n"),
        _("How many people are behind a figure. With few, one person can move it much."),
    ),
    Term(
        "effect", "effekt", _("Effect in per cent"),
        _("The difference from before to after as a part of what was measured before: from 400 to 500 metres is 25 %."),
        _("It says how much changed, not whether it is good: for pain a minus is an improvement."),
        see=("before_after", "judgement", "mcid"),
    ),
    Term(
        "judgement", "vurdering", _("Better or worse"),
        _("Whether the change is good for the people measured. It follows what is measured: more metres and less pain "
          "are both better."),
        see=("effect",),
    ),
    Term(
        "control_group", "kontrolgruppe", _("Control group"),
        _("People who resemble the participants, but did not take part. Without them one cannot know what would have "
          "happened anyway."),
        see=("before_after",),
    ),
    Term(
        "mcid", "mcid", "MCID",
        _("The smallest difference that people themselves notice. A smaller change can be real, but hardly matters "
          "in daily life."),
        _("MCID is short for minimal clinically important difference. It comes from research, and differs between "
          "measures and between groups of people."),
        see=("effect",),
    ),
    Term(
        "walk", "6-minutters-gangtest", _("6-minute walk test"),
        _("How many metres one can walk in six minutes. Longer is better."),
        see=("mcid",),
    ),
    Term(
        "pwd", "gangdistance", _("Walking distance (PWD and MWD)"),
        _("How far one can walk before it hurts (PWD), and how far one can walk at all (MWD). Longer is better."),
    ),
    Term(
        "stand", "rejse-saette-sig", _("Sit-to-stand test"),
        _("How many times one can rise from a chair and sit down again in a fixed time. More is better."),
    ),
    Term(
        "eq5d", "eq-5d", "EQ-5D-5L",
        _("Five questions about health: mobility, personal care, usual activities, pain, and anxiety. The index "
          "gathers them in one figure, where 1 is full health."),
        _("For each question a lower figure is better; for the index, and for one's own rating (VAS), a higher one."),
        see=("mcid",),
    ),
    Term(
        "psfs", "psfs", "PSFS",
        _("People choose the activities that trouble them, and say from 0 to 10 how well they can do them. Higher is "
          "better."),
        _("PSFS is short for Patient-Specific Functional Scale."),
        see=("mcid",),
    ),
    Term(
        "cfs", "cfs", "CFS",
        _("How frail an elderly person is, judged by a professional from 1 (very fit) to 9 (terminally ill)."),
        _("CFS is short for Clinical Frailty Scale. Here it is counted how many have a score."),
    ),
    Term(
        "glad", "glad", "GLA:D",
        _("A course of training and teaching for people with pain in knee, hip or back, with the same tests before "
          "and after."),
        see=("before_after", "stand"),
    ),
    # Those who decide
    Term(
        "cluster", "sundhedsklynge", _("Health cluster"),
        _("The region, the municipalities and general practice around an emergency hospital, who lead joint work "
          "together."),
        _("From 1 January 2027 the health councils take over. The history goes with the initiatives."),
        see=("council", "forums"),
    ),
    Term(
        "council", "sundhedsraad", _("Health council"),
        _("The political body under the region that takes over from the health clusters on 1 January 2027."),
        see=("cluster",),
    ),
    Term(
        "forums", "fora", _("Forums"),
        _("The bodies of the cluster: the political level decides, the executive forum and the management forum lead, "
          "and the professional level does the work."),
        see=("cluster",),
    ),
)  # fmt: skip

TERMS: dict[str, Term] = {term.key: term for term in _ALL}


def in_order() -> list[Term]:
    """All words as the reader's language sorts them."""
    return sorted(TERMS.values(), key=lambda term: collation_key(str(term.word)))


def by_letter() -> Iterator[tuple[str, list[Term]]]:
    """The words under their first letter, `6` and others without one under `0–9`."""
    letters: dict[str, list[Term]] = {}
    for term in in_order():
        first = str(term.word)[0].upper()
        letters.setdefault(first if first.isalpha() else "0–9", []).append(term)
    yield from letters.items()
