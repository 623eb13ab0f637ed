-- Columns that are the same in several views say the same.
DO $$
DECLARE
    named record;
BEGIN
    FOR named IN
        SELECT target.relname, mine.attname, given.said
        FROM pg_attribute AS mine
        JOIN pg_class AS target ON target.oid = mine.attrelid AND target.relnamespace = 'analyst'::regnamespace
        JOIN LATERAL (
            SELECT col_description(other.attrelid, other.attnum) AS said
            FROM pg_attribute AS other
            JOIN pg_class ON pg_class.oid = other.attrelid AND pg_class.relnamespace = 'analyst'::regnamespace
            WHERE other.attname = mine.attname AND col_description(other.attrelid, other.attnum) IS NOT NULL
            ORDER BY pg_class.relname <> 'events', pg_class.relname <> 'names', pg_class.relname LIMIT 1
        ) AS given ON true
        WHERE mine.attnum > 0 AND col_description(mine.attrelid, mine.attnum) IS NULL
    LOOP
        EXECUTE format('COMMENT ON COLUMN analyst.%I.%I IS %L', named.relname, named.attname, named.said);
    END LOOP;
END
$$;
