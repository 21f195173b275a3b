"""What the modules of the store ask: a connection within a transaction."""

from sqlalchemy.ext.asyncio import AsyncConnection

Connection = AsyncConnection
"""A connection within a transaction; whoever gets it asks by `execute`, and neither commits nor closes."""
