"""Looking after the database: migrate, move, back up, purge, and see how it stands."""
