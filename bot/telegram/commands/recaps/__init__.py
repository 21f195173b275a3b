"""/recap, /subscribe and their buttons."""
