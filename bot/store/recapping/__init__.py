"""Recaps and their subscribers, the runs of their slots, and what they have told."""
