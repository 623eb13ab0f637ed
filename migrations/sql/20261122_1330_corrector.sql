-- The role of the page where it writes what people put right: events, their log, what is due to whom, and tags.
DO $$
BEGIN
    PERFORM pg_advisory_xact_lock(7300011);
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'marsad_corrector') THEN
        CREATE ROLE marsad_corrector NOLOGIN;
    END IF;
EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN
    RAISE NOTICE 'marsad_corrector could not be made: %', SQLERRM;
END
$$;

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'marsad_corrector') THEN
        GRANT SELECT ON events, event_log, seed_events, reports, articles, sources, tags, searches, stories, gists,
            gist_terms, fingerprints, shingles, names, alerts, alert_rules, recipients, mutes TO marsad_corrector;
        GRANT SELECT (id, source_id, url_hash, version, fetched_at, outcome, reason) ON pages TO marsad_corrector;
        GRANT INSERT, UPDATE ON events, alerts TO marsad_corrector;
        GRANT INSERT ON event_log TO marsad_corrector;
        GRANT UPDATE (event_id) ON reports TO marsad_corrector;
        GRANT UPDATE (event_id) ON seed_events TO marsad_corrector;
        GRANT INSERT, DELETE ON tags TO marsad_corrector;
        GRANT INSERT, UPDATE ON searches TO marsad_corrector;
        -- to set an article aside: its row and text stay
        GRANT UPDATE (is_current, set_aside_at, revises_id, change, withdrawn_page_id, copy_of_article_id,
            copy_of_seed_id, copy_kind, copy_share) ON articles TO marsad_corrector;
        GRANT UPDATE (outcome, reason, detail, outcome_at, rules) ON pages TO marsad_corrector;
        GRANT UPDATE (first_article_id, started_on, last_on) ON stories TO marsad_corrector;
        GRANT DELETE ON reports, gists TO marsad_corrector;
        GRANT INSERT, UPDATE ON gist_terms TO marsad_corrector;
        GRANT INSERT, DELETE ON fingerprints, shingles TO marsad_corrector;
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'marsad_analyst') THEN
            GRANT SELECT ON analyst.corrections TO marsad_analyst;
        END IF;
    END IF;
END
$$;
