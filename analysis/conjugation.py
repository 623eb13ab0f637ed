"""The forms in which the press writes a verb: present, past, future, passive and the like, from its principal parts.

A verb is written as its parts with `/` between, and what always follows it: "faire/fait/font/fait/fera escale". Regular
verbs need only the first. Parts: French infinitive, present of one and of many, participle, future; Spanish infinitive,
present, past, participle; English infinitive, past, participle; Arabic past and present, of him.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from analysis.records import Language


class Mood(StrEnum):
    """What a form of a verb says of when it is: done, done before that, to come, nothing (infinitive), never."""

    DONE = "done"
    BEFORE = "before"
    TO_COME = "to come"
    NAMED = "named"
    NEVER = "never"


Form = tuple[Mood, str]


def conjugate(verb: str, language: Language) -> Iterator[Form]:
    """Give the active forms of a verb."""
    yield from _written(verb, _ACTIVE[language])


def conjugate_passive(verb: str, language: Language) -> Iterator[Form]:
    """Give the passive forms of a verb; Arabic, which writes no vowels, writes them as active ones."""
    yield from _written(verb, _PASSIVE[language])


def with_objects(verb: str) -> Iterator[Form]:
    """Give the forms of an Arabic verb with a pronoun for its object written onto it: "استقبله"."""
    for mood, form in conjugate(verb, Language.ARABIC):
        yield from ((mood, f"{form.removesuffix('ا') if form.endswith('وا') else form}{who}") for who in _OBJECTS)


_OBJECTS = ("ه", "ها", "هم", "هما")


def _written(verb: str, forms: Callable[[list[str]], Iterator[Form]]) -> Iterator[Form]:
    """Spell out the forms of a verb's parts, each with what always follows."""
    is_reflexive = verb.startswith(("se ", "s'"))
    start = len(verb) - len(verb.removeprefix("se ").removeprefix("s'"))
    parts, _, rest = verb[start:].partition(" ")
    for mood, form in forms([*(["se"] if is_reflexive else [""]), *parts.split("/")]):
        yield mood, f"{form} {rest}".rstrip()


# ---------------------------------------------------------------- French

_OF_BEING = frozenset(
    {"arriver", "venir", "aller", "partir", "revenir", "rentrer", "repartir", "retourner", "retrouver"}
)
_ADVERBS_FR = ("également", "aussi", "ensuite", "notamment", "ainsi", "déjà", "conjointement", "officiellement")
_PARTED_FR = frozenset({"a", "ont", "est", "sont", "s'est", "se sont"})  # by an adverb
_GENDERS = ("", "e", "s", "es")


def _french(parts: list[str]) -> Iterator[Form]:
    pronoun, infinitive, present, presents, participle, future = _french_parts(parts)
    stem = _french_stem(infinitive, presents)
    is_regular = infinitive.endswith("er") and infinitive != "aller"
    past = [f"{_soft(stem)}a", f"{stem}èrent"] if is_regular else []
    for form in (present, presents, f"{_soft(stem)}ait", f"{_soft(stem)}aient", f"{_soft(stem)}ant", *past):
        yield Mood.DONE, _reflexive(pronoun, form)
    for mood, has, have in _AUXILIARIES_FR[bool(pronoun) or infinitive in _OF_BEING]:
        yield from _french_compound(mood, _reflexive(pronoun, has), participle, many=False)
        yield from _french_compound(mood, _reflexive(pronoun, have), participle, many=True)
    for form in (f"{future}a", f"{future}ont", f"{future}ait", f"{future}aient"):
        yield Mood.TO_COME, _reflexive(pronoun, form)
    named = _reflexive(pronoun, infinitive)
    yield Mood.NAMED, named
    for has in ("s'est", "se sont") if pronoun else ("est", "sont") if infinitive in _OF_BEING else ("a", "ont"):
        yield from ((Mood.NEVER, f"{has} {never} {participle}") for never in ("pas", "jamais"))
    for just in ("vient", "viennent", "venait", "venaient"):
        yield Mood.DONE, f"{just} {'d’' if named[0] in 'aeéèhio' else 'de '}{named}"


_AUXILIARIES_FR: Mapping[bool, tuple[tuple[Mood, str, str], ...]] = {
    False: ((Mood.DONE, "a", "ont"), (Mood.DONE, "avoir", "ayant"), (Mood.BEFORE, "avait", "avaient")),
    True: ((Mood.DONE, "est", "sont"), (Mood.DONE, "être", "étant"), (Mood.BEFORE, "était", "étaient")),
}


def _french_parts(parts: list[str]) -> tuple[str, str, str, str, str, str]:
    pronoun, infinitive, *others = parts
    stem = infinitive[:-2]
    regular = [f"{stem}e", f"{stem}ent", f"{stem}é", infinitive.removesuffix("e")]
    present, presents, participle, future = [*others, *regular[len(others) :]]
    return pronoun, infinitive, present, presents, participle, future.removesuffix("a") or future


def _french_stem(infinitive: str, presents: str) -> str:
    """Find the stem of the imperfect: "recev-", "ten-", and else that of the present of many, "rend-"."""
    for usual, kept in (("oir", ""), ("enir", "en"), ("illir", "ill")):
        if infinitive.endswith(usual):
            return f"{infinitive.removesuffix(usual)}{kept}"
    return presents.removesuffix("ent")


def _french_compound(mood: Mood, auxiliary: str, participle: str, *, many: bool) -> Iterator[Form]:
    """Join auxiliary and participle, with the adverbs that the press puts between; agreement follows the subject."""
    agrees = any(each in auxiliary for each in ("est", "sont", "êt", "ét"))
    endings = (_GENDERS if "ant" in auxiliary else _GENDERS[2:] if many else _GENDERS[:2]) if agrees else _GENDERS
    for ending in endings:
        agreed = participle if participle.endswith("s") and ending == "s" else f"{participle}{ending}"
        yield mood, f"{auxiliary} {agreed}"
        if auxiliary in _PARTED_FR and ending in ("", "s"):
            yield from ((mood, f"{auxiliary} {adverb} {agreed}") for adverb in _ADVERBS_FR)


def _french_passive(parts: list[str]) -> Iterator[Form]:
    participle = _french_parts(parts)[4]
    for gender in _GENDERS:
        agreed = f"{participle}{gender}"
        yield Mood.DONE, f"{agreed} par"
        for mood, auxiliary in _PASSIVES_FR:
            yield mood, f"{auxiliary} {agreed}"
        for adverb in _ADVERBS_FR:
            yield from ((Mood.DONE, f"{been} {adverb} {agreed}") for been in ("a été", "ont été"))


_PASSIVES_FR = (
    *((Mood.DONE, each) for each in ("est", "sont", "a été", "ont été", "fut", "furent", "était", "étaient")),
    *((Mood.DONE, each) for each in ("ayant été", "avoir été", "étant", "vient d'être", "viennent d'être")),
    *((Mood.BEFORE, each) for each in ("avait été", "avaient été")),
    *((Mood.TO_COME, each) for each in ("sera", "seront", "serait", "seraient", "être")),
)


def _reflexive(pronoun: str, form: str) -> str:
    if not pronoun:
        return form
    return f"s'{form}" if form[0] in "aeiouéêèh" else f"se {form}"


def _soft(stem: str) -> str:
    """Keep the sound of g and c before a: "dirigea", "commença"."""
    return f"{stem}e" if stem.endswith("g") else f"{stem[:-1]}ç" if stem.endswith("c") else stem


# ---------------------------------------------------------------- Spanish


def _spanish(parts: list[str]) -> Iterator[Form]:
    infinitive, present, past, participle = _spanish_parts(parts[1:])
    bare = infinitive.removesuffix("se")
    pronoun = "se " if bare != infinitive else ""
    stem, is_first = bare[:-2], bare.endswith("ar")
    gerund = f"{stem}ando" if is_first else f"{stem}iendo"
    usual = (f"{stem}aba", f"{stem}aban") if is_first else (f"{stem}ía", f"{stem}ían")
    for form in (present, f"{present}n", past, _spanish_many(past), *usual):
        yield Mood.DONE, f"{pronoun}{form}"
    for has in ("ha", "han", "haber", "habiendo"):
        yield Mood.DONE, f"{pronoun}{has} {participle}"
    yield Mood.DONE, gerund if not pronoun else f"{gerund[:-3]}ándose" if is_first else f"{stem}iéndose"
    for had in ("había", "habían", "hubo"):
        yield Mood.BEFORE, f"{pronoun}{had} {participle}"
    for ending in ("á", "án", "ía", "ían"):
        yield Mood.TO_COME, f"{pronoun}{_spanish_future(bare)}{ending}"
    yield Mood.NAMED, infinitive
    yield from ((Mood.DONE, f"{pronoun}{just} de {bare}") for just in ("acaba", "acaban", "acababa"))


def _spanish_parts(parts: list[str]) -> tuple[str, str, str, str]:
    infinitive, *others = parts
    bare = infinitive.removesuffix("se")
    stem, is_first = bare[:-2], bare.endswith("ar")
    regular = [f"{stem}a", f"{stem}ó", f"{stem}ado"] if is_first else [f"{stem}e", f"{stem}ió", f"{stem}ido"]
    present, past, participle = [*others, *regular[len(others) :]]
    return infinitive, present, past, participle


def _spanish_many(past: str) -> str:
    for one, many in (("ió", "ieron"), ("yó", "yeron"), ("jo", "jeron"), ("ó", "aron"), ("o", "ieron")):
        if past.endswith(one):
            return f"{past.removesuffix(one)}{many}"
    return f"{past}ron"  # "fue", "dio"


def _spanish_future(infinitive: str) -> str:
    for usual, short in (
        ("hacer", "har"),
        ("tener", "tendr"),
        ("venir", "vendr"),
        ("poner", "pondr"),
        ("salir", "saldr"),
    ):
        if infinitive.endswith(usual):
            return f"{infinitive.removesuffix(usual)}{short}"
    return infinitive


def _spanish_passive(parts: list[str]) -> Iterator[Form]:
    participle = _spanish_parts(parts[1:])[3]
    for agreed in (participle, f"{participle[:-1]}a", f"{participle}s", f"{participle[:-1]}as"):
        yield Mood.DONE, f"{agreed} por"
        yield from ((mood, f"{auxiliary} {agreed}") for mood, auxiliary in _PASSIVES_ES)


_PASSIVES_ES = (
    *((Mood.DONE, each) for each in ("fue", "fueron", "ha sido", "han sido", "es", "son", "era", "siendo", "tras ser")),
    *((Mood.BEFORE, each) for each in ("había sido", "habían sido")),
    *((Mood.TO_COME, each) for each in ("será", "serán", "sería", "serían", "ser")),
)


# ---------------------------------------------------------------- English

_ADVERBS_EN = ("also", "then", "later", "jointly", "earlier", "already", "separately")


def _english(parts: list[str]) -> Iterator[Form]:
    base, past, participle = _english_parts(parts[1:])
    going = f"{base.removesuffix('e') if not base.endswith('ee') else base}ing"
    for form in (_english_present(base), past, going):
        yield Mood.DONE, form
        yield from ((Mood.DONE, f"{adverb} {form}") for adverb in _ADVERBS_EN)
    for has in ("has", "have", "having"):
        yield Mood.DONE, f"{has} {participle}"
        yield from ((Mood.DONE, f"{has} {adverb} {participle}") for adverb in _ADVERBS_EN)
    yield from ((Mood.DONE, f"{being} {going}") for being in ("is", "are", "was", "were", "has been", "have been"))
    yield from ((Mood.BEFORE, f"had {adverb}{participle}") for adverb in ("", "also ", "already ", "earlier "))
    yield from ((Mood.TO_COME, f"{will} {base}") for will in ("will", "would", "may", "might", "could", "shall"))
    yield Mood.NAMED, f"to {base}"
    yield from ((Mood.NEVER, f"{never} {base}") for never in ("did not", "will not", "does not", "never", "won't"))
    yield from ((Mood.NEVER, f"{never} {participle}") for never in ("has not", "have not", "never"))


def _english_parts(parts: list[str]) -> tuple[str, str, str]:
    base, *others = parts
    ed = f"{base}d" if base.endswith("e") else f"{base[:-1]}ied" if _ends_in_y(base) else f"{base}ed"
    past = others[0] if others else ed
    return base, past, others[1] if len(others) > 1 else past


def _english_present(base: str) -> str:
    if _ends_in_y(base):
        return f"{base[:-1]}ies"
    return f"{base}es" if base.endswith(("s", "sh", "ch", "x", "o")) else f"{base}s"


def _ends_in_y(base: str) -> bool:
    return base.endswith("y") and base[-2:-1] not in "aeo"


def _english_passive(parts: list[str]) -> Iterator[Form]:
    participle = _english_parts(parts[1:])[2]
    yield Mood.DONE, f"{participle} by"
    yield from ((mood, f"{auxiliary} {participle}") for mood, auxiliary in _PASSIVES_EN)
    yield from ((Mood.DONE, f"{was} {each} {participle}") for was in ("was", "were") for each in _ADVERBS_EN)


_PASSIVES_EN = (
    *((Mood.DONE, each) for each in ("was", "were", "is", "are", "been", "being")),
    (Mood.BEFORE, "had been"),
    *((Mood.TO_COME, each) for each in ("will be", "to be", "would be", "may be", "could be")),
)


# ---------------------------------------------------------------- Arabic


def _arabic(parts: list[str]) -> Iterator[Form]:
    past, *others = parts[1:]
    weak = past[:-1] if past[-1] in "ىا" else past
    ya = "ي" if past[-1] == "ى" else "و" if past[-1] == "ا" else ""
    for form in (past, f"{weak}ت", f"{weak}{ya}ا", f"{weak}تا", f"{weak}وا"):
        yield Mood.DONE, form
    for present in others:
        root = present[1:]
        bare = root[:-1] if root[-1] in "يى" else root
        dual = f"{bare}يان" if bare != root else f"{root}ان"
        for form in (f"ي{root}", f"ت{root}", f"ي{dual}", f"ت{dual}", f"ي{bare}ون"):
            yield Mood.DONE, form
        short = bare if bare != root else f"{root[:-2]}{root[-1]}" if root[-2:-1] in ("و", "ي") else root
        yield from ((Mood.NEVER, f"{never} {first}{short}") for never in ("لم", "لن") for first in "يت")


_ACTIVE: Mapping[Language, Callable[[list[str]], Iterator[Form]]] = {
    Language.FRENCH: _french,
    Language.SPANISH: _spanish,
    Language.ENGLISH: _english,
    Language.ARABIC: _arabic,
}
_PASSIVE: Mapping[Language, Callable[[list[str]], Iterator[Form]]] = {
    Language.FRENCH: _french_passive,
    Language.SPANISH: _spanish_passive,
    Language.ENGLISH: _english_passive,
    Language.ARABIC: _arabic,
}
