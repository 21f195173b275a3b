"""Recaps on their way: written when their slots have come, and mended when a post they quote is edited."""
