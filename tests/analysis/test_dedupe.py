"""Copies are known by their fingerprints, whatever was done to the text; bulletins of one frame are not copies."""

from __future__ import annotations

import random

import pytest
from alterations import NINE_WAYS, edited, first_third, joined, made_up, respelt, rewritten
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.dedupe import ALL_HASHES, fingerprint, place
from analysis.records import CopyKind, KnownText, Lookalike, Placement

ORIGINAL = made_up(420)

BULLETIN = (
    "تتوقع مصالح الأرصاد أن تكون الأجواء ليوم {day} {number} {month} مستقرة بمعظم الجهات مع سحب قليلة قرب السواحل"
    " وهبات رياح خفيفة إلى معتدلة بالجنوب والمنطقة الشرقية وكتل ضبابية محلية في الصباح الباكر."
    " وستتراوح درجات الحرارة الدنيا بين {low} و{mild} درجات بالمرتفعات وبين {warm} و{high} درجة بباقي السهول."
    " وسيكون البحر هادئا إلى قليل الهيجان بالواجهة المتوسطية وبالبوغاز وقليل الهيجان بباقي السواحل."
)
SUNDAY = {"day": "الأحد", "number": 8, "month": "دجنبر", "low": 3, "mild": 9, "warm": 14, "high": 22}
MONDAY = {"day": "الاثنين", "number": 9, "month": "دجنبر", "low": 2, "mild": 7, "warm": 15, "high": 25}


def known(text: str, name: KnownText | None = None, original: KnownText | None = None) -> Lookalike:
    name = name or KnownText.article(1)
    return Lookalike(text=name, original=original or name, fingerprint=fingerprint(text))


def test_the_same_words_are_the_same_text_however_they_are_spelt():
    assert fingerprint(respelt(ORIGINAL)) == fingerprint(ORIGINAL)
    assert place(fingerprint(respelt(ORIGINAL)), [known(ORIGINAL)]) == Placement(
        copy_of=KnownText.article(1), kind=CopyKind.SAME, share=1.0
    )


def test_a_text_nobody_printed_is_news():
    assert place(fingerprint(ORIGINAL), [known(made_up(400, seed=9))]) == Placement()
    assert place(fingerprint(ORIGINAL), []) == Placement()


def test_two_empty_texts_are_not_copies():
    assert place(fingerprint(""), [known("")]) == Placement()


@pytest.mark.parametrize("way", NINE_WAYS)
def test_a_text_is_known_again_in_each_of_nine_ways(way):
    assert place(fingerprint(way(ORIGINAL)), [known(ORIGINAL)]).copy_of == KnownText.article(1)


def test_a_part_is_an_excerpt_and_the_whole_contains_it():
    whole, part = fingerprint(ORIGINAL), fingerprint(first_third(ORIGINAL))
    assert place(part, [Lookalike(text=KnownText.article(1), original=KnownText.article(1), fingerprint=whole)]) == (
        Placement(copy_of=KnownText.article(1), kind=CopyKind.EXCERPT, share=1.0)
    )
    assert place(whole, [known(first_third(ORIGINAL))]).kind is CopyKind.CONTAINS


def test_light_edits_leave_an_edited_copy_with_the_share_that_is_left():
    placement = place(fingerprint(edited(ORIGINAL)), [known(ORIGINAL)])
    assert placement.kind is CopyKind.EDITED
    assert placement.share == pytest.approx(1 - 3 / 20, abs=0.06)


def test_of_two_articles_joined_the_one_that_makes_most_of_it_is_the_original():
    lookalikes = [known(ORIGINAL, KnownText.article(1)), known(made_up(200, seed=8), KnownText.article(2))]
    text = f"{made_up(200, seed=8)}\n{ORIGINAL}"
    assert place(fingerprint(text), lookalikes).copy_of == KnownText.article(1)


def test_a_copy_of_a_copy_names_the_original():
    lookalike = known(ORIGINAL, KnownText.article(7), original=KnownText.seed("s"))
    assert place(fingerprint(ORIGINAL), [lookalike]).copy_of == KnownText.seed("s")


def test_a_seed_comes_before_an_article_that_says_the_same():
    lookalikes = [known(ORIGINAL, KnownText.article(1)), known(ORIGINAL, KnownText.seed("s"))]
    assert place(fingerprint(joined(ORIGINAL)), lookalikes).copy_of == KnownText.seed("s")


def test_the_bulletins_of_two_days_are_two_articles():
    sunday, monday = BULLETIN.format(**SUNDAY), BULLETIN.format(**MONDAY)
    assert place(fingerprint(monday), [known(sunday)]) == Placement()


FRAMES = {
    "prayers": (
        (
            "مواقيت الصلاة بمدينة {} والنواحي حسب ما نشرته وزارة الأوقاف والشؤون الإسلامية: الفجر {} الشروق {} الظهر {}"
            " العصر {} المغرب {} العشاء {}. وتختلف المواقيت بدقائق معدودة بين المدن."
        ),
        [
            ("الرباط", "5:51", "7:19", "12:40", "15:21", "17:54", "19:12"),
            ("وجدة", "5:33", "7:02", "12:20", "15:01", "17:34", "18:53"),
        ],
    ),
    "exchange": (
        (
            "Les cours de change des billets de banque étrangers contre le dirham, ce {}, selon Bank Al-Maghrib : un"
            " euro s'achète {} et se vend {} dirhams, un dollar américain {} et {}, une livre sterling {} et {}."
        ),
        [
            ("lundi 9 mars", "10,52", "10,78", "9,61", "9,87", "12,11", "12,44"),
            ("mardi 10 mars", "10,49", "10,75", "9,66", "9,92", "12,08", "12,41"),
        ],
    ),
    "match": (
        (
            "انتهت المباراة التي جمعت {} و{} على أرضية الملعب الكبير، برسم الدورة {} من البطولة الاحترافية، بفوز"
            " الأول بـ{} أهداف مقابل {}. وبهذه النتيجة يرفع الفائز رصيده إلى {} نقطة، فيما تجمد رصيد خصمه عند {} نقطة."
        ),
        [
            ("نهضة الوادي", "اتحاد السهل", "12", "3", "1", "24", "17"),
            ("فتح الجبل", "نجم الساحل", "13", "4", "2", "21", "15"),
        ],
    ),
    "promotion": (
        (
            "Les bonnes affaires de la semaine du {} au {} : l'huile d'olive à {} dirhams le litre, le kilo"
            " de poulet à {} dirhams, le téléviseur de {} pouces à {} dirhams, livraison offerte dès {} d'achat."
        ),
        [("2", "8 mars", "89", "21", "43", "2199", "300"), ("9", "15 mars", "95", "19", "50", "2899", "250")],
    ),
}


@pytest.mark.parametrize("kind", FRAMES)
def test_what_comes_again_in_one_frame_with_other_figures_is_another_article(kind: str):
    frame, (first, second) = FRAMES[kind]
    assert place(fingerprint(frame.format(*second)), [known(frame.format(*first))]) == Placement()
    assert place(fingerprint(f"{frame.format(*first)} ."), [known(frame.format(*first))]).kind is CopyKind.SAME


RECEPTION = (
    "استقبل المدير العام للأمن الوطني ولمراقبة التراب الوطني، عبد اللطيف حموشي، صباح اليوم الثلاثاء بمكتبه بالرباط،"
    " {guest}، مرفوقا بوفد من كبار المسؤولين. واستعرض الطرفان حصيلة التعاون القائم بين المصالح الأمنية للبلدين في"
    " مواجهة الإرهاب وشبكات الجريمة المنظمة، وسبل توسيعه إلى تكوين الأطر وتبادل المعلومات في الآن نفسه. ويأتي اللقاء في"
    " إطار حرص المديرية على تنويع شراكاتها مع الأجهزة النظيرة وعلى تقاسم ما راكمته من تجارب."
)


def test_two_guests_received_in_one_frame_on_one_day_are_two_articles_where_they_come_from_two_countries():
    first, second = (
        RECEPTION.format(guest=guest) for guest in ("سفير مملكة إسبانيا", "مدير الشرطة الاتحادية الألمانية")
    )
    germans = fingerprint(second, ["DE"])
    name = KnownText.article(1)
    spaniards = Lookalike(text=name, original=name, fingerprint=fingerprint(first, ["ES"]))
    assert place(germans, [spaniards]) == Placement()
    assert place(fingerprint(second, ["DE", "ES"]), [spaniards]).kind is CopyKind.EDITED
    assert place(germans, [known(first)]).kind is CopyKind.EDITED  # nobody looked for its countries
    assert place(germans, [known(second)]).kind is CopyKind.SAME


def test_the_same_bulletin_printed_elsewhere_is_a_copy():
    sunday = BULLETIN.format(**SUNDAY)
    assert place(fingerprint(f"الرباط {sunday}"), [known(sunday)]).kind is CopyKind.EDITED


def test_a_long_table_of_prices_with_other_prices_is_another_article():
    chance = random.Random(3)  # noqa: S311 prices, not secrets
    frame = made_up(300).split()

    def prices() -> str:
        return " ".join(f"{word} {chance.randint(100, 9999)}" if n % 6 == 0 else word for n, word in enumerate(frame))

    assert place(fingerprint(prices()), [known(prices())]) == Placement()


DISPATCH = f"في 12 من الشهر {made_up(160, seed=8)} وضبطت 340 قطعة"


def test_a_dispatch_told_in_other_sentences_is_a_copy():
    recast = edited(DISPATCH, every=4)
    found = place(fingerprint(recast), [known(DISPATCH)])
    assert (found.kind, 0.3 <= (found.share or 0) < 0.45) == (CopyKind.EDITED, True)


def test_other_figures_other_countries_or_another_length_are_another_article_where_sentences_differ():
    recast, name = edited(DISPATCH, every=4), KnownText.article(1)
    others = [
        fingerprint(recast.replace("12", "15")),
        fingerprint(recast, {"ES"}),
        fingerprint(f"{recast}\n{made_up(200, seed=9)}"),
    ]
    assert [place(each, [known(DISPATCH, name)]) for each in others] == [Placement()] * 3


def test_a_brief_told_in_other_sentences_is_another_article():
    brief = made_up(55, seed=8)
    assert place(fingerprint(edited(brief, every=4)), [known(brief)]) == Placement()


def test_of_a_text_that_is_half_of_another_and_has_none_of_its_figures_only_the_frame_is_the_same():
    frame = made_up(300, seed=5)
    one, other = f"الطائرة 3 حملت {frame}", f"الطائرة 4 حملت {rewritten(frame, 0.2, seed=1)}"
    assert place(fingerprint(other), [known(one)]) == Placement()
    assert place(fingerprint(other.replace("4", "3")), [known(one)]).kind is CopyKind.EDITED


def test_a_brief_that_shares_only_its_formulas_is_no_copy():
    courtesy = made_up(26)
    first, second = f"{courtesy} {made_up(12, seed=5)}", f"{courtesy} {made_up(12, seed=6)}"
    assert place(fingerprint(first), [known(second)]) == Placement()


def test_a_brief_printed_again_with_a_word_changed_is_a_copy():
    brief = made_up(38)
    assert place(fingerprint(edited(brief, every=38)), [known(brief)]).kind is CopyKind.EDITED


def test_short_texts_keep_all_their_hashes_and_long_ones_an_eighth():
    rates = {count: ALL_HASHES // fingerprint(made_up(count)).limit for count in (40, 127, 128, 256, 511, 512, 3000)}
    assert rates == {40: 1, 127: 1, 128: 2, 256: 4, 511: 4, 512: 8, 3000: 8}


TEXTS = st.text(alphabet="ابتثج 12é.\n", max_size=400)


@settings(deadline=None)
@given(TEXTS)
def test_a_fingerprint_is_sorted_below_its_limit_and_says_the_same_twice(text):
    kept = fingerprint(text)
    assert kept == fingerprint(text)
    assert list(kept.hashes) == sorted(set(kept.hashes))
    assert list(kept.numbers) == sorted(set(kept.numbers))
    assert all(each < kept.limit for each in kept.hashes)


SEVEN = [ORIGINAL, edited(ORIGINAL), first_third(ORIGINAL), joined(ORIGINAL), ORIGINAL, ORIGINAL, made_up(90)]
NAMES = [*map(KnownText.article, range(5)), KnownText.seed("a"), KnownText.seed("b")]
LOOKALIKES = [known(text, name) for text, name in zip(SEVEN, NAMES, strict=True)]


@settings(deadline=None)
@given(st.permutations(LOOKALIKES), st.sampled_from(LOOKALIKES))
def test_the_order_of_the_lookalikes_does_not_matter(shuffled, new):
    assert place(new.fingerprint, shuffled) == place(new.fingerprint, LOOKALIKES)


@settings(deadline=None)
@given(st.sampled_from(LOOKALIKES), st.sampled_from(LOOKALIKES))
def test_to_be_a_copy_is_mutual_and_a_part_is_the_other_side_of_a_whole(one, other):
    there, back = place(one.fingerprint, [other]), place(other.fingerprint, [one])
    turned = {CopyKind.EXCERPT: CopyKind.CONTAINS, CopyKind.CONTAINS: CopyKind.EXCERPT}
    assert (turned.get(there.kind, there.kind), there.share) == (back.kind, back.share)


@settings(deadline=None)
@given(st.lists(st.sampled_from(made_up(300).split()), min_size=6, max_size=200), st.integers(0, 100))
def test_a_share_is_a_share_and_comes_with_its_kind_and_name(found, cut):
    text = " ".join(found)
    placement = place(fingerprint(text), [known(" ".join(found[: len(found) * cut // 100])), known(ORIGINAL)])
    assert (placement.kind is None) == (placement.copy_of is None) == (placement.share is None)
    assert placement.share is None or 0 <= placement.share <= 1
