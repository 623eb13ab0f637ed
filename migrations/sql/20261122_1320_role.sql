-- The role of analysts, and of the web page: it reads the schema, nothing else, and not for long.
DO $$
BEGIN
    -- another database of this server may have made it, perhaps this very moment
    PERFORM pg_advisory_xact_lock(7300011);
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'marsad_analyst') THEN
        CREATE ROLE marsad_analyst NOLOGIN;
    END IF;
    ALTER ROLE marsad_analyst SET default_transaction_read_only = on;
    ALTER ROLE marsad_analyst SET statement_timeout = '30s';
    ALTER ROLE marsad_analyst SET search_path = analyst, public;
EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN
    RAISE NOTICE 'marsad_analyst could not be made or changed: %', SQLERRM;
END
$$;

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'marsad_analyst') THEN
        GRANT USAGE ON SCHEMA analyst TO marsad_analyst;
        GRANT SELECT ON ALL TABLES IN SCHEMA analyst TO marsad_analyst;
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA analyst TO marsad_analyst;
        ALTER DEFAULT PRIVILEGES IN SCHEMA analyst GRANT SELECT ON TABLES TO marsad_analyst;
    END IF;
END
$$;
