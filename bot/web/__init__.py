"""Serving: what is asked of the bot over HTTP."""
