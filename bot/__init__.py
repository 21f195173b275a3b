"""Sitrep: forwarded posts in, extractive summaries out."""

__version__ = "0.1.0"
