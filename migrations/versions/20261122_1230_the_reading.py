"""What more is read of an article, and the canonical form of Arabic as a function."""

from __future__ import annotations

from alembic import op

revision = "20261122_1230"
down_revision = "20261122_1220"
branch_labels = None
depends_on = None

SAID = """
ALTER TABLE articles ADD COLUMN subtitle text;
ALTER TABLE articles ADD COLUMN section text;
ALTER TABLE articles ADD COLUMN image text;
ALTER TABLE articles ADD COLUMN outlet_tags text[] DEFAULT '{}' NOT NULL;
COMMENT ON COLUMN articles.section IS 'the part of the outlet it stands in, as the page names it';
COMMENT ON COLUMN articles.image IS 'address of the picture the page shows of it';
COMMENT ON COLUMN articles.outlet_tags IS 'the outlet''s own words for what it is about';
"""

NOT_SAID = """
ALTER TABLE articles DROP COLUMN outlet_tags;
ALTER TABLE articles DROP COLUMN image;
ALTER TABLE articles DROP COLUMN section;
ALTER TABLE articles DROP COLUMN subtitle;
"""

SURE = """
ALTER TABLE articles ADD COLUMN published_sure text;
ALTER TABLE articles ADD COLUMN published_doubt text DEFAULT '' NOT NULL;
COMMENT ON COLUMN articles.published_sure IS 'how sure the day is';
COMMENT ON COLUMN articles.published_doubt IS 'what speaks against the day';
UPDATE articles SET published_sure = 'stated' WHERE published_on IS NOT NULL;
ALTER TABLE articles DROP CONSTRAINT ck_articles_published;
ALTER TABLE articles ADD CONSTRAINT ck_articles_published
    CHECK (num_nulls(published_on, published_basis, published_sure) IN (0, 3));
ALTER TABLE articles ADD CONSTRAINT ck_articles_published_sure CHECK (published_sure IN ('agreed', 'stated', 'weak'));
"""

UNSURE = """
ALTER TABLE articles DROP CONSTRAINT ck_articles_published_sure;
ALTER TABLE articles DROP CONSTRAINT ck_articles_published;
ALTER TABLE articles ADD CONSTRAINT ck_articles_published CHECK (num_nulls(published_on, published_basis) IN (0, 2));
ALTER TABLE articles DROP COLUMN published_doubt;
ALTER TABLE articles DROP COLUMN published_sure;
"""

CANONICAL = r"""
CREATE FUNCTION canonical(said text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $function$
DECLARE
    -- the frequent letters first: after them most words of the press are settled
    spelt text := lower(translate(said,
        E'أإآؤئةى،؛؟–«’»`“´”\u1ffd″\n\u00a0', 'اااويهي,;?-"''"''"''"''"  ') COLLATE "C");
BEGIN
    IF spelt COLLATE "C" ~ '[^ !-_a-~ءابتثجحخدذرزسشصضطظعغفقكلمنهوي]' THEN
        spelt := lower(normalize(spelt, NFKD) COLLATE "C");
        -- accents, tashkeel, tatweel, and what shows nothing: controls, bidi marks, joiners, variation selectors
        spelt := regexp_replace(spelt COLLATE "C",
            '[\u0001-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u0300-\u036f\u0483-\u0489'
            '\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7\u0600-\u0605\u0610-\u061a\u061c\u0640'
            '\u064b-\u065f\u0670\u06d6-\u06dd\u06df-\u06e4\u06e7-\u06e8\u06ea-\u06ed\u0890-\u0891'
            '\u0898-\u089f\u08ca-\u08ff\u1ab0-\u1ace\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2064'
            '\u2066-\u206f\u20d0-\u20f0\u2d7f\u2de0-\u2dff\u302a-\u302d\u3099-\u309a\ufb1e\ufe00-\ufe0f'
            '\ufe20-\ufe2f\ufeff\U000e0001\U000e0020-\U000e007f\U000e0100-\U000e01ef]',
            '', 'g');
        IF spelt COLLATE "C" ~ '[^ !-_a-~ءابتثجحخدذرزسشصضطظعغفقكلمنهوي]' THEN
            spelt := translate(spelt,
                'ÐØÞøĐđĦıŁłŊŦƁƂƄƆƇƉƊƋƎƏƐƑƓƔƖƗƘƜƝƟƢƤƦƧƩƬƮƱƲƳƵƷƸƼǤǶǷȜȠȢȤȺȻȽȾɁɃɄɅɆɈɊɌɎʹʼˈͰͲͶͿΑΒΓΔΕΖΗΘΙΚΛ'
                'ΜΝΞΟΠΡΣΤΥΦΧΨΩςϏϘϚϜϞϠϢϤϦϨϪϬϮϷϺϽϾϿЂЄЅІЈЉЊЋЏАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѸ'
                'ѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӃӅӇӉӋӍӔӘӠӨӶӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮ٠١٢٣٤٥٦٧٨٩٪٬ٱٲ'
                'ٳپڤکڪڭگھہۃیۍېے۔ە۰۱۲۳۴۵۶۷۸۹ۿݣỺỼỾ‐‒—―‘‚‛„‟′‹›⁃⁄Ⅎ−∕〝〞ةى،؛؟–«`»’“”',
                'ðoþoddħillŋŧɓƃƅɔƈɖɗƌǝəɛƒɠɣɩɨƙɯɲɵƣƥʀƨʃƭʈʊʋƴƶʒƹƽǥƕƿȝƞȣȥⱥȼƚⱦɂƀʉʌɇɉɋɍɏ''''''ͱͳͷϳαβγδεζηθικλ'
                'μνξοπρστυφχψωσϗϙϛϝϟϡϣϥϧϩϫϭϯϸϻͻͼͽђєѕіјљњћџабвгдежзиклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѹ'
                'ѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӄӆӈӊӌӎӕәӡөӷӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯ0123456789%,اا'
                'ابفككككهههيييي.ه0123456789هكỻỽỿ----''''''""''""-/ⅎ-/""هي,;?-"''"''""');
            spelt := translate(spelt, E'\t\u000b\f\r\u001c\u001d\u001e\u001f\u0085\u2028\u2029', repeat(' ', 11));
            spelt := replace(replace(replace(spelt, 'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss');
            spelt := replace(replace(replace(spelt, 'Æ', 'ae'), 'Œ', 'oe'), 'ẞ', 'ss');
        END IF;
    END IF;
    IF position('  ' IN spelt) > 0 THEN
        spelt := regexp_replace(spelt COLLATE "C", '  +', ' ', 'g');
    END IF;
    RETURN btrim(spelt, ' ');
END
$function$;
COMMENT ON FUNCTION canonical(text) IS 'one spelling for all ways to write a text, as marsad compares them';
"""

NO_CANONICAL = """
DROP FUNCTION canonical(text);
"""


BECAUSE = """
ALTER TABLE tags ADD COLUMN because text DEFAULT '' NOT NULL;
COMMENT ON COLUMN tags.because IS 'why it is meant, where the words could name another; empty elsewhere';
"""

NO_BECAUSE = "ALTER TABLE tags DROP COLUMN because;"


def upgrade() -> None:
    """Add them."""
    op.execute(SAID)
    op.execute(SURE)
    op.execute(CANONICAL)
    op.execute(BECAUSE)


def downgrade() -> None:
    """Remove them, and what they hold."""
    op.execute(NO_BECAUSE)
    op.execute(NO_CANONICAL)
    op.execute(UNSURE)
    op.execute(NOT_SAID)
