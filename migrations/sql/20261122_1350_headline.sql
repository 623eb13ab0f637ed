-- Where an article answers: marks that no outlet writes, and that are taken out of the text where one does.

CREATE OR REPLACE FUNCTION analyst.headline(query text, article bigint, words integer DEFAULT 30) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $function$
DECLARE
    asked constant text[] := ARRAY(SELECT lexeme[1] FROM regexp_matches(
        analyst.query(query)::text, '''((?:[^'']|'''')+)''', 'g') AS lexemes (lexeme));
    word constant tsquery := coalesce((
        SELECT string_agg('''' || each || '''', ' | ')::tsquery FROM unnest(asked) AS each WHERE each NOT LIKE '%:%'
    ), '');
    said record;
    tokens text[];
    hits boolean[];
    best integer;
BEGIN
    SELECT articles.text, articles.language INTO said FROM analyst.articles WHERE articles.article = headline.article;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    WITH cut AS (
        SELECT place, piece[1] AS token, sum(length(piece[1]) + length(piece[2])) OVER (ORDER BY place)
            - length(piece[1]) - length(piece[2]) AS starts
        FROM regexp_matches(translate(left(said.text, 20000), '<opens><closes>', '  '), '(\S+)(\s*)', 'g') WITH ORDINALITY AS pieces (piece, place)
    ), named AS (
        SELECT tags.span_start, tags.span_end FROM analyst.tag_places AS tags
        WHERE tags.article = headline.article AND tags.field = 'text'
            AND tags.kind || ':' || tags.tag = ANY (asked)
    )
    SELECT array_agg(token ORDER BY place), array_agg(
        EXISTS (SELECT FROM named WHERE span_start < starts + length(token) AND starts < span_end)
        OR search_words(said.language, token) @@ word ORDER BY place)
    INTO tokens, hits FROM cut;
    SELECT place INTO best FROM generate_series(1, greatest(1, cardinality(tokens) - words + 1)) AS place
    ORDER BY (SELECT count(*) FROM unnest(hits[place : place + words - 1]) AS hit WHERE hit) DESC, place LIMIT 1;
    RETURN CASE WHEN best > 1 THEN '… ' ELSE '' END || (
        SELECT string_agg(CASE WHEN hits[place] THEN '<opens>' || tokens[place] || '<closes>' ELSE tokens[place] END, ' ' ORDER BY place)
        FROM generate_series(best, least(best + words - 1, cardinality(tokens))) AS place
    ) || CASE WHEN best + words <= cardinality(tokens) THEN ' …' ELSE '' END;
END
$function$;
COMMENT ON FUNCTION analyst.headline(text, bigint, integer) IS
    'where an article answers a question: so many words of its text as it is written, what answers marked <opens>so<closes>';
