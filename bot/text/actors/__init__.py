"""Actors: the names in a post, merged, with their roles, the ones that matter first."""
