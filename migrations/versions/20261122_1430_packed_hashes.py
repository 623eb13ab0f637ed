"""Hashes of fingerprints are bytes: an array of numbers takes the driver twenty times as long to read."""

from __future__ import annotations

from alembic import op

revision = "20261122_1430"
down_revision = "20261122_1425"
branch_labels = None
depends_on = None

BYTES = """
CREATE FUNCTION pg_temp.packed(bigint[]) RETURNS bytea LANGUAGE sql IMMUTABLE AS $function$
    SELECT coalesce(string_agg(int8send(hash), ''::bytea ORDER BY place), ''::bytea)
    FROM unnest($1) WITH ORDINALITY AS kept (hash, place)
$function$;
ALTER TABLE fingerprints
    ALTER COLUMN hashes TYPE bytea USING pg_temp.packed(hashes),
    ALTER COLUMN numbers TYPE bytea USING pg_temp.packed(numbers);
DROP FUNCTION pg_temp.packed(bigint[]);
COMMENT ON COLUMN fingerprints.hashes IS 'sampled shingle hashes, 64 bits each, big-endian, sorted';
COMMENT ON COLUMN fingerprints.numbers
    IS 'hashes of the numbers in the text, as in hashes: bulletins of one frame differ in them';
"""
NUMBERS = """
CREATE FUNCTION pg_temp.unpacked(bytea) RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $function$
    SELECT ARRAY(
        SELECT CAST(CAST('x' || encode(substr($1, 8 * place + 1, 8), 'hex') AS bit(64)) AS bigint)
        FROM generate_series(0, length($1) / 8 - 1) AS place ORDER BY place
    )
$function$;
ALTER TABLE fingerprints
    ALTER COLUMN hashes TYPE bigint[] USING pg_temp.unpacked(hashes),
    ALTER COLUMN numbers TYPE bigint[] USING pg_temp.unpacked(numbers);
DROP FUNCTION pg_temp.unpacked(bytea);
COMMENT ON COLUMN fingerprints.hashes IS 'sampled shingle hashes, unsigned 64-bit numbers kept as signed ones';
COMMENT ON COLUMN fingerprints.numbers IS 'hashes of the numbers in the text: bulletins of one frame differ in them';
"""


def upgrade() -> None:
    """Pack them."""
    op.execute(BYTES)


def downgrade() -> None:
    """Make arrays of them again."""
    op.execute(NUMBERS)
