"""Terms are found as whole words in every spelling, and their spans point into the original."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.terms import Found, Line, Spelling, TermFinder, longest

NAMES = TermFinder(
    [
        Spelling("qatar", "قطر"),
        Spelling("jordan", "الأردن"),
        Spelling("nice", "Nice"),
        Spelling("united-states", "US"),
        Spelling("netherlands", "Pays-Bas"),
        Spelling("visit", "زيارة عمل", inflected=True),
    ]
)


def surfaces(text):
    return [(each.term, text[each.start : each.end]) for each in NAMES.find(text)]


def test_arabic_words_written_onto_a_name_belong_to_it():
    assert surfaces("سافر وبقطر، وإلى الأردن وللأردن") == [
        ("qatar", "وبقطر"),
        ("jordan", "الأردن"),
        ("jordan", "وللأردن"),
    ]


def test_a_name_takes_no_article_and_no_part_of_another_word():
    assert surfaces("القطر وقطرة والقطري") == []


def test_a_phrase_takes_the_article_before_any_of_its_words():
    assert surfaces("زيارة عمل، الزيارة العمل، وزيارة العمل، للزيارة عمل") == [
        ("visit", "زيارة عمل"),
        ("visit", "الزيارة العمل"),
        ("visit", "وزيارة العمل"),
        ("visit", "للزيارة عمل"),
    ]


def test_a_name_is_found_however_its_letters_are_adorned():
    assert surfaces("إلى قَطَــر والاردن") == [("qatar", "قَطَــر"), ("jordan", "والاردن")]


def test_what_is_written_with_capitals_in_the_seeds_is_found_with_capitals_only():
    assert surfaces("a nice day for us in Nice, said the US") == [("nice", "Nice"), ("united-states", "US")]


def test_a_hyphen_parts_words_as_a_space_does_and_a_comma_does_not_join_them():
    assert surfaces("Pays-Bas, Pays Bas; Pays, Bas") == [("netherlands", "Pays-Bas"), ("netherlands", "Pays Bas")]


def test_of_findings_that_overlap_the_first_and_longest_stays_in_each_kind():
    found = [Found("ab", 0, 2), Found("abc", 0, 3), Found("cd", 2, 4), Found("x", 0, 3)]
    kinds = {"ab": 1, "abc": 1, "cd": 1, "x": 2}
    assert longest(found, kind=kinds.__getitem__) == [Found("abc", 0, 3), Found("x", 0, 3)]


def test_a_form_that_another_term_spells_is_its_own_only_among_its_rivals():
    listed = [Spelling("oujda", "وجدة"), Spelling("jeddah", "جدة"), Spelling("grandmother", "جدة", inflected=True)]
    alone = TermFinder(listed)
    apart = TermFinder(listed, rivals=lambda term: term == "grandmother")
    assert [each.term for each in alone.find("وجدة")] == ["oujda"]
    assert {each.term for each in apart.find("وجدة")} == {"oujda", "grandmother"}


def test_a_finder_of_nothing_finds_nothing():
    assert TermFinder([]).find("قطر") == []


@given(st.text(alphabet="قطرالأدنزيةعم وب،.-ـَNiceUSa\n ", max_size=60))
def test_spans_lie_inside_the_text_and_begin_and_end_a_word(text):
    for each in NAMES.find(text):
        assert 0 <= each.start < each.end <= len(text)
        assert text[each.start : each.end].strip() == text[each.start : each.end]


PLACES = st.builds(lambda start, length: Found("x", start, start + length), st.integers(0, 400), st.integers(1, 40))


@given(st.lists(PLACES), PLACES, st.integers(0, 60))
def test_a_line_tells_what_is_near_as_looking_at_all_would(found, place, distance):
    near = [each for each in found if each.is_near(place, distance)]
    assert sorted(Line(found).near(place, distance), key=spot) == sorted(near, key=spot)
    overlapping = [each for each in found if each.overlaps(place)]
    assert sorted(Line(found).overlapping(place), key=spot) == sorted(overlapping, key=spot)


def spot(found):
    return found.start, found.end
