"""Find the numbers that carry news: value, unit, how exact it is, and what it counts.

Rules for English and Russian; other languages by digits and signs.
"""

from bot.text.numbers.conflicts import find_conflicts
from bot.text.numbers.find import find_numbers
from bot.text.numbers.merge import merge_numbers

__all__ = ["find_conflicts", "find_numbers", "merge_numbers"]
