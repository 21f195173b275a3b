"""Remembering: tables, one module for each aggregate, and the way to the database.

Folders hold the aggregates; the modules beside them are the way to the database, `engine` above all.

Every function of an aggregate takes the connection of a transaction that its caller opened with ``Store.read`` or
``Store.write``; so several of them make one change, which is there as a whole or not at all.
"""
