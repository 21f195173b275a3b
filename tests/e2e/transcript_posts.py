"""What channels of an invented town write on one morning, in both languages."""

from dataclasses import dataclass

from bot.playground.client.cast import Channel
from bot.playground.client.seen import Message
from tests.e2e.transcript import Story

_ENGLISH = (
    (
        "The river rose by 1.8 metres overnight and flooded the old harbour of Linden. Mayor Elena Varga asked about "
        "4,200 people to leave their homes by noon. Two bridges are closed, the police said."
    ),
    (
        "Linden's tram drivers have called off their strike. Their union accepted a pay rise of 6.5 percent, its "
        "chairman Tomas Berg said on Monday. The first trams will run again at 10 a.m."
    ),
    (
        "Flood in Linden: Mayor Elena Varga said that 4,500 people must leave their homes. The army sent 120 soldiers "
        "with boats to the old harbour."
    ),
    (
        "The opera of Linden opens its season on Friday with a new director. Clara Stein, who comes from Graz, has "
        "invited 1,100 children to the first evening."
    ),
    (
        "The water in Linden is falling. The first 300 people may return to their homes, Mayor Elena Varga said. "
        "Repairs of the harbour will cost about 9 million euros."
    ),
)
_RUSSIAN = (
    (
        "Ночью река в Липове поднялась на 1,8 метра и затопила старый порт. Мэр Елена Варга попросила около 4200 "
        "жителей покинуть дома до полудня. Два моста закрыты, сообщила полиция."
    ),
    (
        "Водители трамваев в Липове отменили забастовку. Профсоюз согласился на повышение зарплаты на 6,5 процента, "
        "сообщил в понедельник его председатель Тимур Березин. Первые трамваи выйдут на линию в 10:00."
    ),
    (
        "Паводок в Липове: мэр Елена Варга заявила, что покинуть дома должны 4500 человек. Армия направила в старый "
        "порт 120 солдат с лодками."
    ),
    (
        "Опера Липова открывает сезон в пятницу с новым директором. Клара Штейн, приехавшая из Граца, пригласила на "
        "первый вечер 1100 детей."
    ),
    (
        "Вода в Липове спадает. Первые 300 человек могут вернуться домой, сказала мэр Елена Варга. Ремонт порта "
        "обойдётся примерно в 9 миллионов евро."
    ),
)


@dataclass(frozen=True)
class Town:
    """Two channels, and what they have posted: the flood, the strike, the flood again, the opera; later the water."""

    river: Channel
    city: Channel
    flood: Message
    strike: Message
    flood_too: Message
    opera: Message

    def water(self, lang: str) -> Message:
        """Post what comes later, which is about the flood, too."""
        return self.river.post((_RUSSIAN if lang == "ru" else _ENGLISH)[4])


def town(story: Story) -> Town:
    """Make the channels with their posts, in the language of the story."""
    russian = story.lang == "ru"
    river = story.channel("Вести с реки" if russian else "River News", username="river_news")
    city = story.channel("Городской листок" if russian else "City Desk", username="city_desk")
    texts = zip((river, city, city, city), _RUSSIAN if russian else _ENGLISH, strict=False)
    return Town(river, city, *(_post_later(story, channel, text) for channel, text in texts))


def _post_later(story: Story, channel: Channel, text: str) -> Message:
    """Post a second later than what was posted before: of the same second any could be the first, or none."""
    story.telegram.advance(1)
    return channel.post(text)
