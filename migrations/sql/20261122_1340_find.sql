-- How find walks over the months of searches, from the newest back, and stops when it has enough.

CREATE FUNCTION analyst.search_months(OUT oldest date, OUT newest date)
LANGUAGE sql STABLE AS $function$
    -- asking the table itself would open every month
    SELECT to_date(min(month), 'YYYY_MM'), (to_date(max(month), 'YYYY_MM') + interval '1 month - 1 day')::date
    FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid, right(relname, 7) AS month
    WHERE inhparent = 'public.searches'::regclass
$function$;
COMMENT ON FUNCTION analyst.search_months() IS 'first day of the oldest month of searches, and last day of the newest';

CREATE FUNCTION analyst.newest(
    asked tsquery, since date DEFAULT NULL, until date DEFAULT NULL, most integer DEFAULT 500
) RETURNS TABLE (article bigint, told_on date, rank real)
-- Only by the words, whatever the planner thinks: to read through a month costs more than it knows, for the texts of
-- its articles are kept elsewhere, and so does to compile a plan of many months.
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_indexscan = off SET enable_incremental_sort = off SET jit = off
AS $function$
DECLARE
    earliest date;
    last_day date;
    first_day date;
    reach integer := 0;
    wanted integer := most;
    found integer;
BEGIN
    SELECT greatest(since, months.oldest), least(until, months.newest) INTO earliest, last_day
    FROM analyst.search_months() AS months;
    WHILE wanted > 0 AND last_day >= earliest AND numnode(asked) > 0 LOOP
        -- a week, then to the beginning of the month before, then year by year
        first_day := greatest(earliest, CASE reach WHEN 0 THEN last_day - 6
            ELSE date_trunc('month', last_day - make_interval(months => reach - 1))::date END);
        -- planned each time, by how rare its own words are and which months its days are in: so they stand in it
        RETURN QUERY EXECUTE format($ask$
            SELECT article, told_on, ts_rank(words, %1$L::tsquery) FROM (
                SELECT article, told_on, words FROM analyst.searches
                WHERE words @@ %1$L::tsquery AND told_on BETWEEN %2$L AND %3$L
                ORDER BY told_on DESC, article + 0 DESC LIMIT %4$s  -- + 0: or it would be read in the order of the key
            ) AS matching
        $ask$, asked, first_day, last_day, wanted);
        GET DIAGNOSTICS found = ROW_COUNT;
        wanted := wanted - found;
        last_day := first_day - 1;
        reach := CASE reach WHEN 0 THEN 2 ELSE 12 END;
    END LOOP;
END
$function$;
COMMENT ON FUNCTION analyst.newest(tsquery, date, date, integer) IS
    'the newest articles whose words in searches match, the newest first; looked for month by month, and no further than needed';

CREATE OR REPLACE FUNCTION analyst.words_asked(asked text) RETURNS tsquery
LANGUAGE sql STABLE PARALLEL SAFE AS $function$
    -- whichever language the words are of: each article was cut by its own
    SELECT coalesce(string_agg(DISTINCT '(' || cut::text || ')', ' | ')::tsquery, '')
    FROM search_form(asked) AS form, LATERAL (VALUES
        (websearch_to_tsquery('arabic', form)), (websearch_to_tsquery('french', form)),
        (websearch_to_tsquery('spanish', form)), (websearch_to_tsquery('english', form)),
        (websearch_to_tsquery('simple', form))
    ) AS by_language (cut)
    WHERE numnode(cut) > 0
$function$;

CREATE OR REPLACE FUNCTION analyst.find(
    query text, since date DEFAULT NULL, until date DEFAULT NULL, language text DEFAULT NULL, source text DEFAULT NULL,
    theme text DEFAULT NULL, country text DEFAULT NULL, most integer DEFAULT 20, newest boolean DEFAULT false
) RETURNS TABLE (
    article bigint, told_on date, source_name text, written_in text, title text, url text, story bigint,
    copy_kind text, rank real
)
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET jit = off AS $function$
DECLARE
    meant constant tsquery := analyst.query(query) && (
        SELECT coalesce(string_agg(quote_literal(filter), ' & '), '')::tsquery
        FROM unnest(ARRAY['language:' || language, 'source:' || source, 'theme:' || theme, 'country:' || country])
            AS filter WHERE filter IS NOT NULL
    );
BEGIN
    RETURN QUERY
        SELECT articles.article, articles.told_on, articles.source, articles.language, articles.title, articles.url,
            articles.story, articles.copy_kind, best.rank
        FROM (
            -- ranking costs by the match, so the newest few hundred are ranked; of a phrase fewer: to know whether one
            -- that has its words has them side by side, its text is read
            SELECT * FROM analyst.newest(
                meant, since, until, greatest(CASE WHEN meant::text ~ '<(-|\d+)>' THEN 100 ELSE 500 END, most)
            ) AS near
            ORDER BY CASE WHEN newest THEN 0 ELSE near.rank END DESC, near.told_on DESC, near.article DESC
        ) AS best
        CROSS JOIN LATERAL (SELECT * FROM analyst.articles WHERE articles.article = best.article OFFSET 0) AS articles
        ORDER BY CASE WHEN newest THEN 0 ELSE best.rank END DESC, best.told_on DESC, best.article DESC
        LIMIT most;
END
$function$;
COMMENT ON FUNCTION analyst.find(text, date, date, text, text, text, text, integer, boolean) IS
    'articles that answer a question (see query), the best of the newest 500 first (of a phrase 100), or the newest; '
    'bounded by day of telling, language, source, theme and country';
