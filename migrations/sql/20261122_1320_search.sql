-- How analysts ask: find, headline, timeline.

CREATE VIEW analyst.searches AS SELECT article_id AS article, told_on, words FROM searches;
COMMENT ON VIEW analyst.searches IS 'What find looks into: words of articles, stemmed, and what was found in them as kind:id';
COMMENT ON COLUMN analyst.searches.words IS 'title (A) and text (D), and person:, body:, country:, place:, theme:, language:, source:, week:, year:';

CREATE VIEW analyst.spellings AS SELECT spelling, kind, id FROM spellings;
COMMENT ON VIEW analyst.spellings IS 'Every way to write the names of the register, in canonical form';
COMMENT ON COLUMN analyst.spellings.spelling IS 'one of the ways';

CREATE FUNCTION analyst.words_asked(asked text) RETURNS tsquery
LANGUAGE sql STABLE PARALLEL SAFE AS $function$
    -- whichever language the words are of: each article was cut by its own
    SELECT websearch_to_tsquery('arabic', form) || websearch_to_tsquery('french', form)
        || websearch_to_tsquery('spanish', form) || websearch_to_tsquery('english', form)
        || websearch_to_tsquery('simple', form)
    FROM search_form(asked) AS form
$function$;
COMMENT ON FUNCTION analyst.words_asked(text) IS 'words of any of the four languages as a query; quotes and - as on the web';

CREATE FUNCTION analyst.name_asked(words text[]) RETURNS tsquery
LANGUAGE sql STABLE PARALLEL SAFE AS $function$
    -- null where nobody is called so; a name that several bear means any of them
    SELECT string_agg(quote_literal(kind || ':' || id), ' | ')::tsquery
    FROM analyst.spellings WHERE spelling = array_to_string(words, ' ')
$function$;
COMMENT ON FUNCTION analyst.name_asked(text[]) IS 'who is called by these words, as a query; null: nobody';

CREATE FUNCTION analyst.all_asked(asked text) RETURNS tsquery
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $function$
DECLARE
    exact constant text := '(?:^|\s)-?"[^"]*"|(?:^|\s)-\S+';  -- quoted or left out: meant as it is written
    longest constant integer := 8;
    words constant text[] := string_to_array(btrim(canonical(regexp_replace(asked, exact, ' ', 'g'))), ' ');
    rest text := '';
    meant tsquery := '';
    name tsquery;
    piece text;
    first integer := 1;
    reach integer;
BEGIN
    WHILE first <= cardinality(words) LOOP
        reach := least(first + longest, cardinality(words) + 1);
        LOOP
            reach := reach - 1;
            name := analyst.name_asked(words[first:reach]);
            EXIT WHEN name IS NOT NULL OR reach = first;
        END LOOP;
        IF name IS NULL THEN
            rest := rest || ' ' || words[first];
        ELSE
            meant := meant && name;
        END IF;
        first := reach + 1;
    END LOOP;
    meant := meant && analyst.words_asked(rest);
    FOR piece IN SELECT btrim(pieces[1]) FROM regexp_matches(asked, '(' || exact || ')', 'g') AS pieces LOOP
        meant := meant && CASE WHEN piece LIKE '-%' THEN !!analyst.words_asked(substr(piece, 2))
            ELSE analyst.words_asked(piece) END;
    END LOOP;
    RETURN meant;
END
$function$;
COMMENT ON FUNCTION analyst.all_asked(text) IS 'a question without OR as a query: the longest names first, then words';

CREATE FUNCTION analyst.query(asked text) RETURNS tsquery
LANGUAGE sql STABLE PARALLEL SAFE AS $function$
    SELECT coalesce(string_agg('(' || meant::text || ')', ' | ')::tsquery, '')
    FROM regexp_split_to_table(left(asked, 1000), '\s+OR\s+') AS alternative,
        LATERAL (SELECT analyst.all_asked(alternative) AS meant) AS asked_together
    WHERE numnode(meant) > 0
$function$;
COMMENT ON FUNCTION analyst.query(text) IS
    'a question as a query: a name means who bears it, in any spelling and language; other words are cut to their stems; '
    '"a phrase", -without, one OR another';

CREATE FUNCTION analyst.within(latest date, unit text, units integer) RETURNS tsquery
LANGUAGE sql STABLE PARALLEL SAFE AS $function$
    SELECT coalesce(string_agg(quote_literal(moments.lexeme), ' | '), '')::tsquery
    FROM generate_series(0, units - 1) AS back
    CROSS JOIN LATERAL (SELECT within.unit || ':' || to_char(
        latest - (back || ' ' || within.unit)::interval, CASE within.unit WHEN 'week' THEN 'IYYY-IW' ELSE 'YYYY' END
    ) AS lexeme) AS moments
$function$;
COMMENT ON FUNCTION analyst.within(date, text, integer) IS
    'told in the week or year of a day, or in one of those before it, as a query; empty where it says no number';

CREATE FUNCTION analyst.find(
    query text, since date DEFAULT NULL, until date DEFAULT NULL, language text DEFAULT NULL, source text DEFAULT NULL,
    theme text DEFAULT NULL, country text DEFAULT NULL, most integer DEFAULT 20, newest boolean DEFAULT false
) RETURNS TABLE (
    article bigint, told_on date, source_name text, written_in text, title text, url text, story bigint,
    copy_kind text, rank real
)
-- A table of words costs more to read than the planner thinks: they are kept elsewhere.
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $function$
DECLARE
    -- Ranking costs by the match, so the newest few hundred are ranked, looked for further and further back.
    enough constant integer := greatest(500, most);
    reaches constant text[][] := ARRAY[['week', '2'], ['week', '9'], ['year', '2'], ['year', '6'], ['year', NULL]];
    reach text[];
    meant constant tsquery := analyst.query(query) && (
        SELECT coalesce(string_agg(quote_literal(filter), ' & '), '')::tsquery
        FROM unnest(ARRAY['language:' || language, 'source:' || source, 'theme:' || theme, 'country:' || country])
            AS filter WHERE filter IS NOT NULL
    );
    latest constant date := coalesce(until, (SELECT max(searches.told_on) FROM analyst.searches));
    earliest constant date := coalesce(since, '0001-01-01');
    near bigint[];
BEGIN
    IF numnode(meant) = 0 OR latest IS NULL THEN
        RETURN;
    END IF;
    FOREACH reach SLICE 1 IN ARRAY reaches LOOP
        -- each is planned by how rare its own words are, so they stand in it
        EXECUTE format($ask$
            SELECT ARRAY(SELECT article FROM (
                SELECT article, told_on FROM analyst.searches
                WHERE words @@ %L AND told_on BETWEEN %L AND %L OFFSET 0
            ) AS matching ORDER BY told_on DESC, article DESC LIMIT %s)
        $ask$, meant && analyst.within(latest, reach[1], reach[2]::integer), earliest, latest, enough) INTO near;
        EXIT WHEN cardinality(near) >= enough
            OR date_trunc(reach[1], latest - ((reach[2]::integer - 1) || ' ' || reach[1])::interval) <= earliest;
    END LOOP;
    RETURN QUERY
        SELECT articles.article, articles.told_on, articles.source, articles.language, articles.title, articles.url,
            articles.story, articles.copy_kind, ts_rank(searches.words, meant)
        FROM analyst.searches JOIN analyst.articles ON articles.article = searches.article
        WHERE searches.article = ANY (near)
        ORDER BY CASE WHEN newest THEN 0 ELSE ts_rank(searches.words, meant) END DESC, articles.told_on DESC,
            articles.article DESC
        LIMIT most;
END
$function$;
COMMENT ON FUNCTION analyst.find(text, date, date, text, text, text, text, integer, boolean) IS
    'articles that answer a question (see query), the best of the newest 500 first, or the newest; bounded by day of '
    'telling, language, source, theme and country';

CREATE FUNCTION analyst.headline(query text, article bigint, words integer DEFAULT 30) RETURNS text
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
        FROM regexp_matches(left(said.text, 20000), '(\S+)(\s*)', 'g') WITH ORDINALITY AS pieces (piece, place)
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
        SELECT string_agg(CASE WHEN hits[place] THEN '«' || tokens[place] || '»' ELSE tokens[place] END, ' ' ORDER BY place)
        FROM generate_series(best, least(best + words - 1, cardinality(tokens))) AS place
    ) || CASE WHEN best + words <= cardinality(tokens) THEN ' …' ELSE '' END;
END
$function$;
COMMENT ON FUNCTION analyst.headline(text, bigint, integer) IS
    'where an article answers a question: so many words of its text as it is written, what answers marked «so»';

CREATE FUNCTION analyst.timeline(kind text DEFAULT NULL, country text DEFAULT NULL, by text DEFAULT 'month')
RETURNS TABLE (starts_on date, events bigint, tellings bigint)
LANGUAGE sql STABLE PARALLEL SAFE AS $function$
    WITH chosen AS (
        SELECT date_trunc(timeline.by, happened_on::timestamp)::date AS starts, outlets FROM analyst.events
        WHERE (timeline.kind IS NULL OR events.kind = timeline.kind)
            AND (timeline.country IS NULL OR events.countries @> ARRAY[timeline.country])
            AND told IN ('news', 'recalled') AND retracted_at IS NULL
    )
    SELECT steps.starts::date, count(chosen.starts), coalesce(sum(chosen.outlets), 0)::bigint
    FROM (SELECT min(starts) AS first, max(starts) AS last FROM chosen) AS bounds
    CROSS JOIN LATERAL generate_series(bounds.first::timestamp, bounds.last, ('1 ' || timeline.by)::interval) AS steps (starts)
    LEFT JOIN chosen ON chosen.starts = steps.starts::date
    GROUP BY steps.starts ORDER BY steps.starts
$function$;
COMMENT ON FUNCTION analyst.timeline(text, text, text) IS
    'how many events began in each day, week, month, quarter or year, those without any too, and how often an outlet told one';
