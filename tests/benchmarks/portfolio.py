"""A large made-up portfolio in one cluster: every row is the same each time."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from finance import guards
from finance.models import Account, AccountedYear, Entry, Voucher
from initiatives.access import Role
from initiatives.models import (
    ActionPlan,
    Actor,
    Cluster,
    Colour,
    Initiative,
    InitiativeActor,
    NarrativeSection,
    Phase,
    StatusReport,
    Theme,
    User,
)

WORDS = [
    "gangtræning",
    "genoptræning",
    "rehabilitering",
    "palliation",
    "psykiatri",
    "geriatri",
    "overgang",
    "ernæring",
    "søvn",
    "hjerteklap",
]
PHASES = [Phase.RUNNING, Phase.IN_OPERATION, Phase.PILOT, Phase.PAUSED, Phase.CLOSED]
COLOURS = [Colour.GREEN, Colour.GREEN, Colour.AMBER, Colour.RED, Colour.NONE]
BATCH = 2000


def people() -> User:
    """The cluster with its plan, themes and parties, and a coordinator of it."""
    region = Actor.objects.create(name="Region Maalestok", kind=Actor.Kind.REGION)
    Actor.objects.bulk_create(
        Actor(name=f"Maalestok Kommune {number}", kind=Actor.Kind.MUNICIPALITY) for number in range(11)
    )
    cluster = Cluster.objects.create(slug="maalestok", name="Sundhedsklynge Maalestok", kind="cluster", region=region)
    plan = ActionPlan.objects.create(
        cluster=cluster, title="Handleplan", starts=date(2022, 1, 1), ends=date(2030, 1, 1)
    )
    for position in range(1, 5):
        Theme.objects.create(
            plan=plan, name=f"Tema {position}", short_name=f"Tema {position}", position=position, colour=position
        )
    user = User.objects.create_user("maalestok", "maalestok@example.org")
    user.memberships.create(cluster=cluster, role=Role.COORDINATOR)
    return user


def initiatives(first: int, last: int) -> None:
    """Initiatives numbered from `first` to `last`, with three parties, two sections and three reports each."""
    cluster = Cluster.objects.get(slug="maalestok")
    plan, themes = cluster.plans.get(), list(Theme.objects.order_by("position"))
    made = Initiative.objects.bulk_create(
        [
            Initiative(
                cluster=cluster,
                plan=plan,
                theme=themes[number % len(themes)],
                number=str(number),
                title=f"{WORDS[number % 10].capitalize()} i kommune {number % 11}, forløb {number}",
                short_title=f"{WORDS[number % 10].capitalize()} {number}",
            )
            for number in range(first, last + 1)
        ],
        BATCH,
    )
    _parties(made)
    _sections(made)
    _reports(made)


def _parties(of: list[Initiative]) -> None:
    parties = list(Actor.objects.filter(kind=Actor.Kind.MUNICIPALITY).order_by("pk"))
    lines = InitiativeActor.objects.bulk_create(
        [
            InitiativeActor(
                initiative=each, label=parties[(each.pk + place) % len(parties)].name, role="party", position=place
            )
            for each in of
            for place in range(3)
        ],
        BATCH,
    )
    through = InitiativeActor.actors.through
    named = {party.name: party.pk for party in parties}
    through.objects.bulk_create(
        [through(initiativeactor_id=line.pk, actor_id=named[line.label]) for line in lines], BATCH
    )


def _sections(of: list[Initiative]) -> None:
    NarrativeSection.objects.bulk_create(
        [
            NarrativeSection(
                initiative=each,
                kind=kind,
                position=place,
                body=f"Indsatsen handler om {WORDS[(each.pk + place) % 10]} for borgere i klyngen. " * 6,
            )
            for each in of
            for place, kind in enumerate((NarrativeSection.Kind.PURPOSE, NarrativeSection.Kind.BACKGROUND))
        ],
        BATCH,
    )


def _reports(of: list[Initiative]) -> None:
    StatusReport.objects.bulk_create(
        [
            StatusReport(
                initiative=each,
                reported_on=date(2024, 1, 1) + timedelta(days=180 * place + each.pk % 90),
                phase=PHASES[(each.pk + place) % 5],
                overall=COLOURS[(each.pk + place) % 5],
                printed_text="Forløber efter planen",
                account=f"Der er arbejdet med {WORDS[each.pk % 10]} i halvåret.",
            )
            for each in of
            for place in range(3)
        ],
        BATCH,
    )


def vouchers(count: int) -> None:
    """`count` posted vouchers of two entries each, half allocated and half spent, over the initiatives there are."""
    cluster = Cluster.objects.get(slug="maalestok")
    parties = list(Actor.objects.filter(kind=Actor.Kind.MUNICIPALITY).order_by("pk"))
    pool, allocated, spent = (
        Account.objects.create(cluster=cluster, kind=kind)
        for kind in (Account.Kind.POOL, Account.Kind.ALLOCATED, Account.Kind.SPENT)
    )
    for year in (2022, 2023):
        AccountedYear.objects.create(cluster=cluster, budget_year=year, accounted_on=date(year, 12, 31))
    with guards.lifted_for_maintenance():
        _insert(count, cluster, (pool, allocated, spent), parties)


def _insert(count: int, cluster: Cluster, accounts: tuple[Account, ...], parties: list[Actor]) -> None:
    """Posted at once, in any year: the guards would look at each of them."""
    pool, allocated, spent = accounts
    initiatives = list(Initiative.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        made = Voucher.objects.bulk_create(_voucher(cluster, number) for number in numbers)
        moved = (
            entry
            for number, voucher in zip(numbers, made, strict=True)
            for entry in _entries(
                voucher,
                (allocated, pool) if number % 2 == 0 else (spent, allocated),
                initiatives[number // 2 % len(initiatives)],
                parties[number // 2 % len(initiatives) % len(parties)],
                Decimal(2000 if number % 2 == 0 else 1500),
            )
        )
        Entry.objects.bulk_create(moved)


def _voucher(cluster: Cluster, number: int) -> Voucher:
    kind = Voucher.Kind.ALLOCATION if number % 2 == 0 else Voucher.Kind.SPEND
    year = 2022 + number // 2 % 4
    return Voucher(
        cluster=cluster,
        reference=f"M{number}",
        kind=kind,
        held_on=date(year, 6, 1),
        budget_year=year,
        text="Post",
        state=Voucher.State.POSTED,
        posted_at=datetime(year, 6, 1, tzinfo=UTC),
        taken_over_from="Målestok",
    )


def _entries(
    voucher: Voucher, accounts: tuple[Account, Account], initiative: int, recipient: Actor, amount: Decimal
) -> list[Entry]:
    into, out_of = accounts
    sides = ((1, into, amount), (2, out_of, -amount))
    return [
        Entry(
            voucher=voucher,
            position=position,
            account=account,
            budget_year=voucher.budget_year,
            initiative_id=initiative if account.kind != Account.Kind.POOL else None,
            recipient=recipient if account.kind != Account.Kind.POOL else None,
            amount=moved,
        )
        for position, account, moved in sides
    ]
