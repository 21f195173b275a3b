"""Tell the language of a text: by its script, and where several share one, by their little words and their own letters.

By tables of our own: py3langid takes 106 MB and seconds to load, 1 ms for each post, and reads "Привет" as Serbian.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

# The scripts that one language, or its largest, is known by.
_SCRIPTS = {
    "el": "\u0370-\u03ff",
    "hy": "\u0531-\u058f",
    "he": "\u0590-\u05ff",
    "ar": "\u0600-\u06ff",
    "hi": "\u0900-\u097f",
    "bn": "\u0980-\u09ff",
    "ta": "\u0b80-\u0bff",
    "th": "\u0e00-\u0e7f",
    "ka": "\u10a0-\u10ff\u2d00-\u2d2f",
    "am": "\u1200-\u137f",
    "ko": "\u1100-\u11ff\uac00-\ud7af",
    "ja": "\u3040-\u30ff",
    "zh": "\u3400-\u9fff",
    "cyrillic": "\u0400-\u052f",
    "latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
}
_SCRIPT_OF = {name: re.compile(f"[{letters}]") for name, letters in _SCRIPTS.items()}
_WORD = re.compile(r"(?<!['’])[^\W\d_]+")
_PERSIAN_FORMS, _ARABIC_FORMS = re.compile("[یک]"), re.compile("[يىةك]")
_PERSIAN, _URDU = re.compile("[پچژگ]"), re.compile("[ٹڈڑںے]")
# So much of a text is enough, and so little of another script decides: Russian posts are full of Latin names.
_ENOUGH, _SHARE = 4000, 0.2
# In so many of its words a text that is not in the largest language of its script shows it: UN is no Spanish article.
_SIGNS = 0.2
# In a text of so many words half as many signs will do, if the largest language shows far fewer still.
_LONG = 20
_DEFAULTS = {"latin": "en", "cyrillic": "ru"}


@dataclass(frozen=True, slots=True)
class _Signs:
    """What the languages of a script are known by: which ones have a word, or a letter."""

    langs: list[str]
    words: defaultdict[str, list[str]]
    letters: defaultdict[str, list[str]]


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the text's language; English for a text without letters."""
    text = text[:_ENOUGH]
    letters = Counter[str]()
    for char, count in Counter(text).items():
        letters[_script(char)] += count
    del letters[""]
    latin = letters.pop("latin", 0)
    script, count = max(letters.items(), key=lambda pair: pair[1], default=("latin", 0))
    if count < _SHARE * (count + latin):
        script = "latin"
    if script == "zh" and letters["ja"]:
        return "ja"
    if script == "ar":
        return "ur" if _URDU.search(text) else "fa" if _is_persian(text) else "ar"
    return _by_signs(text, script) if script in _DEFAULTS else script


def _is_persian(text: str) -> bool:
    """Tell Persian from Arabic by the letters that Arabic lacks, and by how both write what they share."""
    return _PERSIAN.search(text) is not None or len(_PERSIAN_FORMS.findall(text)) > len(_ARABIC_FORMS.findall(text))


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """Return the script of a letter; nothing for other characters."""
    return next((name for name, letters in _SCRIPT_OF.items() if letters.match(char)), "")


def _by_signs(text: str, script: str) -> str:
    """Tell the languages of a script apart: every little word and every word with a letter of its own is a sign."""
    words = _WORD.findall(text)
    signs = _tables()[script]
    own = frozenset(signs.letters)
    counts = Counter[str]()
    # In Latin letters names keep the spelling of their own language; where every word has a capital, all count.
    small = [word for word in words if word[0].islower()] if script == "latin" else []
    if not small:
        small = [word.lower() for word in words]
    elif not words[0][0].islower():
        counts.update(signs.words.get(words[0].lower(), ()))
    for word, count in Counter(small).items():
        for lang in signs.words.get(word, ()):
            counts[lang] += count
        if not word.isascii():
            for lang in {lang for letter in own.intersection(word) for lang in signs.letters[letter]}:
                counts[lang] += count
    best = default = _DEFAULTS[script]
    for lang in signs.langs:
        is_likely = len(words) >= _LONG and counts[lang] >= 2 * counts[default]
        least = _SIGNS * len(words) / (2 if is_likely else 1)
        if counts[lang] > counts[best] and counts[lang] >= least and _is_possible(text, lang, script):
            best = lang
    return best


def _is_possible(text: str, lang: str, script: str) -> bool:
    """Tell whether a Cyrillic text has a letter that its language has and Russian lacks, if there are such."""
    letters = _tables()[script].letters
    own = [letter for letter, langs in letters.items() if lang in langs and _DEFAULTS[script] not in langs]
    return script == "latin" or not own or any(letter in text.lower() for letter in own)


@cache
def _tables() -> dict[str, _Signs]:
    """Read languages.txt: by script, what its languages are known by."""
    tables: dict[str, _Signs] = {}
    script = ""
    for line in (files("bot.text") / "data" / "languages.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            script = line.strip("[]")
            tables[script] = _Signs([], defaultdict(list), defaultdict(list))
        elif line and not line.startswith("#"):
            lang, *words = line.split()
            letters = words.pop()[1:-1] if words[-1].startswith("(") else ""
            table = tables[script]
            table.langs.append(lang)
            for word in set(words):
                table.words[word].append(lang)
            for letter in letters:
                table.letters[letter].append(lang)
    return tables
