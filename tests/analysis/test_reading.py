"""What is read of an article as a whole: an event beside words of the topic is enough."""

from __future__ import annotations

from readers import reader, vocabulary

from analysis.reading import Reading, read
from analysis.records import EventKind, Judgement, Language
from analysis.relevance import judge
from builders import article


def read_of(title: str, text: str, language: Language) -> Reading:
    return read(article(title=title, text=text, language=language), reader())


def test_an_article_that_tells_of_an_event_beside_words_of_the_topic_is_ours_however_little_they_weigh():
    told = read_of("Extradition", "Le Maroc a extradé jeudi un touriste italien vers Rome.", Language.FRENCH)
    assert [(each.kind, each.countries) for each in told.reports] == [(EventKind.EXTRADITION, ("IT",))]
    alone = judge(told.article, told.tags, vocabulary())
    assert (alone.relevant, told.judgement.relevant) == (False, True)
    assert told.judgement.because == (*alone.because, "extradition IT")


def test_an_article_that_tells_of_none_is_judged_by_its_words_alone():
    told = read_of("Le temps de demain", "Soleil sur les plaines du Nord et brumes sur la côte.", Language.FRENCH)
    assert (told.reports, told.judgement.relevant, told.judgement.score) == ((), False, 0.0)


def test_an_event_that_is_recalled_of_nobody_by_name_makes_nothing_ours():
    text = (
        "La compagnie cherche des clients. Pour rappel, le Maroc et les Émirats avaient signé en 2021 des accords avec"
        " l'industrie de la défense pour des missiles."
    )
    told = read_of("Des missiles à vendre", text, Language.FRENCH)
    assert (told.judgement.relevant, told.judgement.because) == (False, judge_alone(told).because)


def judge_alone(told: Reading) -> Judgement:
    return judge(told.article, told.tags, vocabulary())
