import random

import pytest

from bot.files.cyrillic import decode_cyrillic
from tests.e2e.messages import posts_of_export

NEWS = [text for _, text in posts_of_export("ru_news_saved_messages.json") if len(text) > 60]
FOREIGN = {
    "latin-1": "Les élèves de l'école ont été invités à Orléans, où le maire présente ses vœux.",
    "cp1252": "Größe und Übermut tun selten gut, sagten die Bürger über die Straße.",
    "cp1250": "Příliš žluťoučký kůň úpěl ďábelské ódy. Zażółć gęślą jaźń.",
    "cp1253": "Ελληνικά κείμενα για τη δοκιμή του αποκωδικοποιητή",
    "cp1255": "עברית טקסט לבדיקה של המפענח שלנו",
    "cp1256": "العربية نص لاختبار فك الترميز",
    "gbk": "中文测试文本，用于测试解码器的错误识别。",
    "shift_jis": "日本語のテキストをテストするための文章です。",
    "euc_kr": "한국어 텍스트 테스트 문장입니다",
}


def test_news_in_windows_1251_is_read_as_it_was_written_or_not_at_all() -> None:
    read = [(decode_cyrillic(written), written) for text in NEWS if (written := text.encode("cp1251", "ignore"))]
    assert all(text == written.decode("cp1251") for text, written in read if text is not None)
    assert sum(text is not None for text, _ in read) > 0.95 * len(NEWS)


@pytest.mark.parametrize("encoding", ["koi8-u", "cp866", "iso8859_5", "mac_cyrillic", "utf-16-le", "utf-16-be"])
def test_russian_in_any_other_encoding_is_not_taken_for_it(encoding: str) -> None:
    assert not [text for text in NEWS if decode_cyrillic(text.encode(encoding, "ignore"))]


@pytest.mark.parametrize(("encoding", "text"), FOREIGN.items(), ids=list(FOREIGN))
def test_other_languages_are_not_taken_for_it(encoding: str, text: str) -> None:
    assert decode_cyrillic(5 * text.encode(encoding, "ignore")) is None


@pytest.mark.parametrize("lowest", [0, 0xC0], ids=["any bytes", "letters"])
def test_bytes_by_chance_are_not_taken_for_it(lowest: int) -> None:
    chance = random.Random(1)  # noqa: S311 - the same bytes in every run, not a secret
    drawn = [bytes(chance.choices(range(lowest, 256), k=200)) for _ in range(5000)]
    assert not [content for content in drawn if decode_cyrillic(content)]


def test_a_few_letters_are_too_few_to_tell() -> None:
    assert decode_cyrillic("Вода поднялась.".encode("cp1251")) is None
