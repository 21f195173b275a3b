"""Scheduling: when a recap is due, and what it says."""
