-- The one way to write what an article is searched by; whoever changes its words or tags calls it.
CREATE FUNCTION write_search(article bigint) RETURNS void
LANGUAGE plpgsql AS $function$
DECLARE
    day constant date := (SELECT coalesce(articles.published_on, pages.fetched_at::date)
        FROM articles JOIN pages ON pages.id = articles.page_id WHERE articles.id = article);
BEGIN
    PERFORM make_search_month(day);
    INSERT INTO searches (article_id, told_on, words)
        SELECT articles.id, day,
            setweight(search_words(articles.language, articles.title), 'A')
            || search_words(articles.language, articles.text)
            || array_to_tsvector(search_marks(articles.language, articles.source_id) || coalesce(
                (SELECT array_agg(DISTINCT kind || ':' || tag_id) FROM tags WHERE tags.article_id = articles.id), '{}'))
        FROM articles WHERE articles.id = article
        ON CONFLICT (told_on, article_id) DO UPDATE SET words = excluded.words WHERE searches.words <> excluded.words;
END
$function$;
COMMENT ON FUNCTION write_search(bigint) IS 'write what an article is searched by, into the month of its day';
REVOKE EXECUTE ON FUNCTION write_search(bigint) FROM PUBLIC;

-- An article that is dated anew moves, one that is current no more leaves, and one that is again comes back: whoever
-- writes it. Who may write articles need not be allowed to make months, so it runs as the owner of the tables.
CREATE FUNCTION keep_search() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $function$
BEGIN
    DELETE FROM public.searches WHERE article_id = OLD.id AND told_on = coalesce(
        OLD.published_on, (SELECT fetched_at::date FROM public.pages WHERE id = OLD.page_id));
    IF NEW.is_current THEN
        PERFORM public.write_search(NEW.id);
    END IF;
    RETURN NULL;
END
$function$;
COMMENT ON FUNCTION keep_search() IS 'keep the one row of searches that an article has, or none';
REVOKE EXECUTE ON FUNCTION keep_search() FROM PUBLIC;
CREATE TRIGGER keep_search AFTER UPDATE OF published_on, is_current ON articles FOR EACH ROW
    WHEN (OLD.published_on IS DISTINCT FROM NEW.published_on OR OLD.is_current IS DISTINCT FROM NEW.is_current)
    EXECUTE FUNCTION keep_search();
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'marsad_corrector') THEN
        GRANT EXECUTE ON FUNCTION write_search(bigint) TO marsad_corrector;
    END IF;
END
$$;
