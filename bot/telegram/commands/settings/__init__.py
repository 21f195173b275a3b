"""/settings and its buttons."""
