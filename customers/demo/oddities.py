"""What real directories hold besides the ordinary: names at the limits, in many scripts, and spam."""

from __future__ import annotations

from random import Random

from customers.demo.plan import Changes

_LONG = (
    "The Worshipful Company of Makers of Precision Instruments for the Measurement of Wind, Water and the Passage of "
    "Time, in Association with the Guild of Lantern Keepers of the Northern Harbours and their Heirs, Successors and "
    "Assigns, Incorporated 1688 (Trustees)"
)
_LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten"

ODD_NAMES: tuple[Changes, ...] = (
    {"kind": "organization", "name": f"{_LONG} {'of Old ' * 5}"[:255].strip()},
    {"kind": "organization", "name": f"{_LONG_WORD}gesellschaft" * 3},
    {"kind": "organization", "name": "Q"},
    {"kind": "organization", "name": "O’Malley, “Finch” & Sons <Holding> 100%", "revenue": 9_223_372_036_854_775_807},
    {"kind": "organization", "name": "=Formula & +Plus -Minus @Home Ltd"},
    {"kind": "organization", "name": "🦊 Foxglove Café 🍰"},
    {"kind": "organization", "name": "مخبز الياسمين الأبيض – Jasmin Bakery"},
    {"kind": "organization", "name": "בית הדפוס הירוק (1987) בע\"מ"},
    {"kind": "organization", "name": "Грінфілд‑Агро Ω ΑΕ 株式会社", "revenue": 0, "size": 0},
    {"kind": "organization", "name": "Кафе «Бяла Лястовица»", "domains": ["бяла-лястовица.eu"]},
    {"kind": "organization", "name": "Müßiggang & Söhne OHG", "domains": ["müßiggang-söhne.de"]},
    {"kind": "organization", "name": "さくら色文具店", "domains": ["さくら色文具店.jp"]},
    {"kind": "organization", "name": "Ελληνικός Άνεμος Α.Ε.", "domains": ["ελληνικός-άνεμος.gr"]},
    {"kind": "organization", "name": "Żółta Łódź sp. z o.o.", "domains": ["żółta-łódź.pl"]},
    {"kind": "person", "name": "Nguyễn Thị Minh Khai-Løvenskiold von und zu Wolfeschlegelsteinhausen"},
    {"kind": "person", "name": "李"},
    {"kind": "person", "name": "Zoë 🌻 Ünal"},
    {"kind": "person", "name": "कुमारी अनुष्का राजेश्वरी"},
    {"kind": "person", "name": "Ó Súilleabháin, Máire"},
    {"kind": "person", "name": "null"},
)  # fmt: skip

_BAIT = (
    "SEO #1 on page one, guaranteed", "💰 Double your coins in {number} h", "Cheap pills {number}% off",
    "Dr. Prince A. {number}", "Hot leads {number},000 contacts", "You have WON a phone 🎁 {number}",
    "Casino bonus {number}€", "Re: Re: invoice {number}", "Backlinks PRO {number}", "Бесплатно заработок {number}",
    "免费领取 {number}", "Loan approved {number}",
)  # fmt: skip


def draw_spammer(random: Random, number: int) -> Changes:
    """Somebody who will be marked as spam."""
    name = random.choice(_BAIT).format(number=random.randrange(2, 99))
    host = f"{random.choice(('promo', 'bestdeal', 'winbig', 'cheapest'))}-{number:03}-offers.com"
    return {
        "kind": "person",
        "name": name,
        "emails": [{"email": f"no-reply@{host}"}],
        "support_status": "IDLE",
        "urls": [{"type": "other", "url": f"http://{host}/?id={random.randrange(10**6)}"}],
    }
