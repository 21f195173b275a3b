"""Reading: text to facts. A library of pure functions, of use to those who never saw Telegram, too.

Folders hold what one kind of fact needs; the modules beside them are for whoever uses the library:
``analysis.analyse`` reads one post; ``digest.digest`` makes the digest of many posts from their analyses.
"""
