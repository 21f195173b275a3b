"""Reading: text to facts. A library of pure functions, of use to those who never saw Telegram, too.

``analysis.analyse`` reads one post; ``digest.digest`` makes the digest of many posts from their analyses.
"""
