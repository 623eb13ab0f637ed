-- How find looked for the newest before there were months: by marks of week and year.

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

CREATE OR REPLACE FUNCTION analyst.find(
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

CREATE OR REPLACE FUNCTION analyst.words_asked(asked text) RETURNS tsquery
LANGUAGE sql STABLE PARALLEL SAFE AS $function$
    -- whichever language the words are of: each article was cut by its own
    SELECT websearch_to_tsquery('arabic', form) || websearch_to_tsquery('french', form)
        || websearch_to_tsquery('spanish', form) || websearch_to_tsquery('english', form)
        || websearch_to_tsquery('simple', form)
    FROM search_form(asked) AS form
$function$;

DROP FUNCTION analyst.newest(tsquery, date, date, integer);
DROP FUNCTION analyst.search_months();
