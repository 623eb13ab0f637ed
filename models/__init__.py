"""What holds: tables in Postgres, the archive that writes them and the queries that read them."""
