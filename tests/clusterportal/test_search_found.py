"""Which rows are found, for whom, in which order and how they are shown."""

from datetime import date

import pytest

from initiatives.access import Role
from initiatives.models import Cluster, Colour, Forum, Initiative, Membership, StatusReport, User

from .. import build
from . import build_search as some
from .build_search import found, search


@pytest.fixture
def five(db: None) -> Initiative:
    return build.initiative("5", title="Superviseret gangtræning", short_title="Claudicatio", target_group="Voksne")


@pytest.fixture
def reader(five: Initiative) -> User:
    return build.user("petra", Role.POLITICIAN, five.cluster)


def elsewhere(number: str = "9", **fields: str) -> Initiative:
    """An initiative of a cluster that the reader does not belong to."""
    cluster = build.cluster("fremmed", "Sundhedsklynge Fremmed")
    return build.initiative(number, build.theme(build.plan(cluster)), **fields)


def only_hit(user: User, typed: str, kind: str):
    (group,) = [group for group in search(user, typed).groups if group.kind.slug == kind]
    (hit,) = group.hits
    return hit


# Words.
@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("100 %", ["1"]), ("00 %", None), ("50%", ["2"]), ("a_b", ["3"]), ("c\\d", ["4"]), ("it's", ["6"]),
        ('"', None), ("100%", None), ("idé allé", ["6"]), ("IDÉ", ["6"]), ("🙂 ok", ["7"]),
    ],
)  # fmt: skip
def test_signs_stand_for_themselves(typed, numbers, reader: User):
    titles = {
        "1": "100 % med",
        "2": "50%",
        "3": "a_b",
        "4": "c\\d",
        "6": "It's en IDÉ i Allé",
        "7": "🙂 ok",
        "8": "1000 anb",
    }
    for number, title in titles.items():
        build.initiative(number, title=title, short_title="x")
    assert found(reader, typed).get("indsatser") == numbers


def test_a_short_word_is_found_only_where_a_word_begins(reader: User):
    build.initiative("1", title="Principper")
    build.initiative("2", title="Job (IPS) for unge")
    build.initiative("3", title="Åben dør")
    assert found(reader, "ip") == {"indsatser": ["2"]}
    assert found(reader, "åb") == {"indsatser": ["3"]}


def test_short_words_alone_are_looked_for_in_numbers_titles_and_target_groups_only(five: Initiative, reader: User):
    some.section(five, "IP i 5 uger")
    some.party(five, "IP")
    build.initiative("2", title="Noget", target_group="Unge med IP")
    assert found(reader, "ip") == {"indsatser": ["2"]}


def test_signs_of_regular_expressions_stand_for_themselves_beside_another_word(five: Initiative, reader: User):
    for amount in ("1.5", "1x5", "a+b", "aab", "*c", "c"):
        some.section(five, f"Behandling {amount} gange")
    for word, count in (("1.5", 1), ("a+b", 1), ("*c", 1), ("%5", 0), ("a_b", 0)):
        assert search(reader, f"behandling {word}").count == count


def test_a_short_word_beside_a_longer_one_must_be_found_too(five: Initiative, reader: User):
    some.section(five, "Hold i drift")
    some.section(five, "Vanddrift")
    assert len(search(reader, "i drift").groups[0].hits) == 1


def test_two_words_may_stand_in_different_parties_of_the_same_initiative(five: Initiative, reader: User):
    some.party(five, "Aalborg Kommune")
    some.party(five, "PLO/Nord-KAP", "Praktiserende Lægers Organisation")
    assert found(reader, "aalborg lægers") == {"aktoerer": ["5"]}
    assert found(reader, "aalborg jammerbugt") == {}


@pytest.mark.parametrize(
    "typed", ["gangtræning fysioterapeut", "fysioterapeut 5", "voksne fysioterapeut", "claudicatio fysio"]
)
def test_one_of_the_words_may_stand_in_the_number_titles_or_target_group(typed, five: Initiative, reader: User):
    some.party(five, "Byens fysioterapeut")
    build.status(five, printed_text="Fysioterapeut søges")
    some.section(five, "En fysioterapeut leder holdet")
    some.measured(five, "Timer hos fysioterapeut")
    some.decision(some.forum(five.cluster), "Ansættelse af fysioterapeut", "Godkendt", five)
    kinds = ["aktoerer", "status", "beskrivelser", "beslutninger", "maalinger"]
    assert list(found(reader, typed)) == kinds


def test_what_only_the_title_holds_is_no_hit_of_another_kind(five: Initiative, reader: User):
    some.section(five, "Noget andet")
    assert found(reader, "gangtræning superviseret") == {"indsatser": ["5"]}


def test_a_word_missing_everywhere_finds_nothing(five: Initiative, reader: User):
    some.section(five, "En fysioterapeut leder holdet")
    assert found(reader, "fysioterapeut kamel") == {}


# Status.
def test_only_the_status_in_force_is_searched(five: Initiative, reader: User):
    first = build.status(five, date(2025, 1, 1), printed_text="Afventer kommunen")
    build.status(five, date(2025, 2, 1), printed_text="Afventer regionen")
    build.status(five, date(2025, 2, 1), printed_text="Kører i regionen", supersedes=first)
    build.status(five, date(2025, 5, 1), printed_text="Lukket i maj")
    assert found(reader, "afventer") == {}
    assert found(reader, "lukket") == {}
    assert found(reader, "kører regionen") == {"status": ["5"]}


def test_a_status_shows_the_text_that_holds_the_word(five: Initiative, reader: User):
    build.status(five, account="Kommunen mangler lokaler", next_step="Find lokaler til hold", demonstration=True)
    hit = only_hit(reader, "lokaler hold", "status")
    assert hit.snippet == "Find <mark>lokaler</mark> til <mark>hold</mark>"
    assert hit.place == str(StatusReport._meta.get_field("next_step").verbose_name).capitalize()
    assert hit.demonstration
    assert search(reader, "lokaler").demonstration


# Access.
def test_other_clusters_are_not_searched(reader: User):
    other = elsewhere(title="Kamelridning", target_group="Kamelejere")
    some.party(other, "Kamelklubben", "Kamelernes Landsforening")
    build.status(other, printed_text="Kamel købt", overall=Colour.GREEN)
    some.section(other, "Om kameler")
    some.decision(some.forum(other.cluster), "Køb af kamel", "Godkendt", other)
    some.measured(other, "Kamelens fart")
    assert found(reader, "kamel") == {}
    member = build.user("mads", Role.POLITICIAN, other.cluster)
    assert len(found(member, "kamel")) == 6


def test_a_user_without_a_cluster_finds_nothing(five: Initiative):
    assert found(User.objects.create_user("nina", "nina@eksempel.dk"), "gangtræning") == {}


def test_a_decision_does_not_tell_of_an_initiative_elsewhere(five: Initiative, reader: User):
    some.decision(some.forum(five.cluster), "Fælles indkøb", "Godkendt", elsewhere(title="Kamelridning"))
    assert found(reader, "indkøb") == {"beslutninger": ["Fælles indkøb"]}
    assert only_hit(reader, "indkøb", "beslutninger").url == ""
    assert found(reader, "indkøb kamelridning") == {}


def test_a_decision_of_the_region_is_found_once_by_members_of_its_clusters(five: Initiative, reader: User):
    build.cluster("nabo", "Sundhedsklynge Nabo")
    committee = Forum.objects.create(name="Samarbejdsudvalg", level="cooperation", region=five.cluster.region)
    some.decision(committee, "Fælles linje", "Godkendt")
    assert found(reader, "fælles linje") == {"beslutninger": ["Fælles linje"]}


def test_the_cluster_is_named_for_a_user_of_several(five: Initiative, reader: User):
    assert only_hit(reader, "gangtræning", "indsatser").home == ""
    other = elsewhere("5", title="Gangtræning i byen")
    Membership.objects.create(user=reader, cluster=other.cluster, role=Role.POLITICIAN)
    hits = search(User.objects.get(pk=reader.pk), "gangtræning").groups[0].hits
    assert [hit.home for hit in hits] == ["Sundhedsklynge Fremmed", "Sundhedsklynge Prøve"]


# Order.
def test_the_number_comes_first_then_titles_then_target_groups(reader: User):
    build.initiative("1", title="Besøg", target_group="10 unge")
    build.initiative("2", title="10 uger til bedre søvn")
    build.initiative("10B", title="Den sidste tid")
    build.initiative("10", title="Forløb")
    assert found(reader, "10") == {"indsatser": ["10", "10B", "2", "1"]}


def test_sections_come_by_number_then_as_in_the_chapter(five: Initiative, reader: User):
    for number in ("10A", "2"):
        some.section(build.initiative(number), "fysioterapi")
    some.section(five, "fysioterapi til sidst", position=2)
    some.section(five, "fysioterapi først", position=1)
    hits = search(reader, "fysioterapi").groups[0].hits
    assert [hit.url.rpartition("/proeve/")[2] for hit in hits] == [
        "2/#section-1", "5/#section-1", "5/#section-2", "10A/#section-1",
    ]  # fmt: skip


def test_decisions_come_newest_first(five: Initiative, reader: User):
    forum = some.forum(five.cluster)
    for title, day in (("Ældst", date(2023, 3, 13)), ("Nyest", date(2025, 3, 19)), ("Midt imellem", date(2024, 1, 1))):
        some.decision(forum, title, "Vandretur", held_on=day)
    assert found(reader, "vandretur") == {"beslutninger": ["Nyest", "Midt imellem", "Ældst"]}


# What is shown.
def test_a_title_that_says_it_all_has_no_snippet(reader: User):
    hit = only_hit(reader, "gangtræning", "indsatser")
    assert hit.title == "5. Superviseret <mark>gangtræning</mark>"
    assert (hit.place, hit.snippet) == ("", "")
    assert hit.url == "/indsatser/proeve/5/"


def test_a_word_of_the_target_group_is_shown_with_it(reader: User):
    assert only_hit(reader, "gangtræning voksne", "indsatser").snippet == "<mark>Voksne</mark>"


def test_a_party_behind_a_printed_line_is_named(five: Initiative, reader: User):
    some.party(five, "PLO/Nord-KAP", "Praktiserende Lægers Organisation", "Nord-KAP")
    hit = only_hit(reader, "lægers", "aktoerer")
    assert hit.snippet == "PLO/Nord-KAP (Praktiserende <mark>Lægers</mark> Organisation)"


def test_markdown_is_not_shown(five: Initiative, reader: User):
    some.section(five, "- **Fysioterapi** på [hold](https://eksempel.dk/hold-a)\n- og <b>mere</b>")
    hit = only_hit(reader, "fysioterapi", "beskrivelser")
    assert hit.snippet == "<mark>Fysioterapi</mark> på hold og &lt;b&gt;mere&lt;/b&gt;"
    assert "<mark>eksempel</mark>.dk" in only_hit(reader, "eksempel", "beskrivelser").snippet


def test_a_word_of_the_heading_is_marked_there(five: Initiative, reader: User):
    some.section(five, "Det gik godt.", heading="Resultater i byen")
    hit = only_hit(reader, "byen", "beskrivelser")
    assert (hit.place, hit.snippet) == ("Resultater i <mark>byen</mark>", "Det gik godt.")


def test_only_the_measures_with_the_word_are_shown(five: Initiative, reader: User):
    for name, instrument in (("Gangdistance", ""), ("Højde", ""), ("Fart", "Gangtest")):
        some.measured(five, name, instrument)
    some.measured(five, "Gangdistance")
    assert only_hit(reader, "gang", "maalinger").snippet == "Fart (<mark>Gang</mark>test), <mark>Gang</mark>distance"


def test_a_decision_shows_what_was_recommended_where_that_holds_the_word(five: Initiative, reader: User):
    forum = some.forum(five.cluster)
    some.decision(forum, "Midler", "Godkendt", five, recommended="at købe en kamel")
    some.decision(forum, "Plan", "Kamelplan godkendt", plan=five.plan)
    hits = search(reader, "kamel").groups[0].hits
    assert [hit.snippet for hit in hits] == ["at købe en <mark>kamel</mark>", "<mark>Kamel</mark>plan godkendt"]
    assert [hit.url for hit in hits] == [
        "/indsatser/proeve/5/?fane=beslutninger#decisions", f"/indsatser/?plan={five.plan_id}",
    ]  # fmt: skip
    assert hits[0].place == "01.03.2025 · Politisk niveau"


def test_an_activity_without_a_number_is_found_by_its_title(five: Initiative, reader: User):
    Initiative.objects.create(cluster=five.cluster, title="Gangtræning i parken", short_title="Parken")
    hits = search(reader, "gangtræning").groups[0].hits
    assert [hit.url for hit in hits] == ["/indsatser/proeve/5/", "/indsatser/proeve/parken/"]
    assert hits[1].title == "<mark>Gangtræning</mark> i parken"


def test_markup_in_a_title_is_only_text(reader: User):
    build.initiative("8", title="<script>alert(1)</script>")
    assert only_hit(reader, "alert", "indsatser").title == "8. &lt;script&gt;<mark>alert</mark>(1)&lt;/script&gt;"


# How much.
def many(cluster: Cluster, count: int, body: str = "fysioterapi") -> None:
    theme = build.theme(build.plan(cluster))
    for number in range(count):
        initiative = build.initiative(f"2{number:02}" if count < 20 else f"3{number:02}", theme)
        some.section(initiative, body)
        some.party(initiative, "Fysioterapi Nord", "Fysioterapi ApS")
        build.status(initiative, printed_text="Fysioterapi i gang")
        some.measured(initiative, "Fysioterapi i timer")
        some.decision(some.forum(cluster), f"Fysioterapi {initiative.number}", "Godkendt", initiative)


def test_ten_of_each_kind_are_shown_and_all_are_counted(five: Initiative, reader: User):
    many(five.cluster, 12)
    answer = search(reader, "fysioterapi")
    assert [(group.count, len(group.hits), group.more) for group in answer.groups] == [(12, 10, True)] * 5
    assert answer.count == 60


def test_one_kind_is_shown_page_by_page(five: Initiative, reader: User):
    many(five.cluster, 27)
    first = search(reader, "fysioterapi", vis="beskrivelser")
    second = search(reader, "fysioterapi", vis="beskrivelser", page="2")
    assert [(len(answer.groups[0].hits), answer.count) for answer in (first, second)] == [(25, 27), (2, 27)]
    assert not first.groups[0].more
    assert (first.notices, second.notices) == ((), ())


def test_a_page_or_kind_that_does_not_exist_is_told(five: Initiative, reader: User):
    many(five.cluster, 2)
    answer = search(reader, "fysioterapi", vis="status", page="99", per_page="7")
    page = answer.groups[0].page
    assert (len(answer.notices), page and page.number) == (2, 1)
    assert "kameler" in search(reader, "fysioterapi", vis="kameler").notices[0]
    assert len(search(reader, "fysioterapi", vis="kameler").groups) == 5


def test_the_number_of_queries_does_not_grow(five: Initiative, reader: User, queries):
    many(five.cluster, 2)
    assert reader.rights.clusters
    few = queries(lambda: search(reader, "fysioterapi"))
    many(five.cluster, 20, "fysioterapi " * 50)
    assert queries(lambda: search(reader, "fysioterapi")) == few
    assert few <= 17


# Nothing found.
def test_what_each_word_stands_in_the_way_of_is_counted(five: Initiative, reader: User):
    some.section(five, "Social sundhed til voksne")
    answer = search(reader, '"social sundhed" kamel')
    assert answer.groups == ()
    assert [(each.word, each.text, each.count) for each in answer.suggestions] == [("kamel", '"social sundhed"', 1)]


def test_nothing_is_suggested_for_one_word_or_for_many(reader: User):
    assert search(reader, "kamel").suggestions == ()
    assert search(reader, "gangtræning kamel dyr hest ko").suggestions == ()


def test_a_query_with_a_problem_costs_nothing(reader: User, queries):
    assert reader.rights.clusters
    assert [queries(lambda typed=typed: search(reader, typed)) for typed in ("", "å", "x" * 201)] == [0, 0, 0]


# Withdrawn.
def test_what_was_withdrawn_as_a_mistake_is_not_found(five: Initiative, reader: User):
    some.section(five, "Træning i vandet")
    build.status(five, date(2025, 1, 1), printed_text="Vandet er varmt")
    some.party(five, "Vandets venner")
    some.measured(five, "Meter i vandet")
    assert set(found(reader, "vandet")) == {"aktoerer", "status", "beskrivelser", "maalinger"}
    assert found(reader, "gangtræning")["indsatser"] == ["5"]
    Initiative.objects.filter(pk=five.pk).update(retired_on=some.TODAY, retired_reason="Oprettet to gange")
    assert not found(reader, "vandet")
    assert not found(reader, "gangtræning")
