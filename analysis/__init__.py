"""What marsad thinks: pure functions from text to records. No network, database, file, clock or environment."""
