"""Delivering what is in the outbox: never lost, and twice only where nobody can know."""
