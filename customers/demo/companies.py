"""Names of companies that do not exist, and domains to go with them."""

from __future__ import annotations

from random import Random

from core.text import fold


def _words(text: str) -> list[str]:
    """Words of a list; a dot in the middle stands for a space."""
    return [word.replace("·", " ") for word in text.split()]


_STEMS = _words(
    "Alder Amber Ash Bram Brine Cedar Cinder Cobalt Crest Dapple Drift Elder Ember Fable Fern Flint Garnet Glen Gorse "
    "Grove Hazel Heron Hollow Juniper Lark Linden Maple Marble Marsh Mica Moss Ochre Onyx Orchard Osprey Otter Pebble "
    "Plover Quarry Quill Reed Rook Rowan Russet Sable Saffron Slate Sorrel Spruce Tarn Teal Thistle Thorn Tide Timber "
    "Umber Velvet Vesper Walnut Willow Winter Wren Yarrow Zephyr"
)
_ENDS = _words(
    "brook by field ford gate ham haven hurst ley lock mark mere pass point quay shore stead ton ward wick worth"
)
_TRADES = _words(
    "Air Analytics Aquaculture Architects Biologics Books Ceramics Clinics Coffee Components Credit·Union Dental "
    "Diagnostics Dairy Energy Engineering Festivals Foods Freight Games Grid Health Hotels Instruments Insurance "
    "Interiors Labs Legal Logistics Marine Materials Media Mobility Museum Networks Nurseries Optics Outdoor Payments "
    "Pharma Press Rail Realty Records Robotics Schools Security Semiconductors Ships Software Studios Systems "
    "Telecom Textiles Theatre Timber Toys Travel Veterinary Water Wind·Farms Works"
)
_LEGAL = ("", "", "", "", " Ltd", " Inc.", " LLC", " Group", " & Co.", " Collective", " Partners")

# Culture -> stems, trades, and how a name is put together of a stem and a trade.
_LOCAL = {
    "de": (
        "Nordlicht Rheintal Silberdistel Elbufer Waldkauz Steinadler Morgentau Havelmühle Lindenhof Föhrenbach "
        "Käuzchen Grünspecht",
        "Maschinenbau Logistik Verlag Medizintechnik Brauerei Optik Stahlhandel Gebäudetechnik Bäckereien Prüfdienste",
        ("{stem} {trade} GmbH", "{stem} {trade} GmbH & Co. KG", "{stem} AG", "{trade} {stem} e.K."),
    ),
    "fr": (
        "Bergeronnette Clairefontaine·Sud Colombelle Grand·Orme Hirondelle Mésange Petit·Chêne Rivebelle Sureau "
        "Vallon·Bleu",
        "Éditions Énergies Fromagerie Imprimerie Laboratoires Logistique Mécanique Pâtisserie Santé Transports",
        ("{trade} {stem}", "{stem} {trade} SAS", "{trade} du {stem} SARL", "{stem} & Fils"),
    ),
    "es": (
        "Alcaraván Cigüeña Golondrina Madroño Peñablanca Ruiseñor Tres·Olmos Vallehondo Zarzamora",
        "Cerámicas Conservas Editorial Energía Farmacéutica Imprenta Logística Muebles Tecnología Viñedos",
        ("{trade} {stem}, S.A.", "{stem} {trade} S.L.", "Grupo {stem}", "{trade} {stem} Hnos."),
    ),
    "pt": (
        "Andorinha Castanheira Jequitibá Pedra·Alta Sabiá Três·Irmãos Vale·Verde Açucena",
        "Alimentos Comércio Construções Editora Farmácias Logística Saúde Sistemas Têxtil",
        ("{trade} {stem} Ltda.", "{stem} {trade} S.A.", "Grupo {stem}"),
    ),
    "it": (
        "Allodola Biancospino Cardellino Fontechiara Ginestra Pettirosso Rocca·Antica Tramontana",
        "Ceramiche Edizioni Meccanica Pasticceria Servizi Tessuti Trasporti Vini",
        ("{trade} {stem} S.r.l.", "{stem} {trade} S.p.A.", "Fratelli {stem}"),
    ),
    "nb": (
        "Bjørkelund Fjordlys Havørn Nordgry Rognebær Skjærgård Svartisen Tindefjell",
        "Bryggeri Eiendom Energi Fiskeri Forlag Logistikk Regnskap Skipsverft",
        ("{stem} {trade} AS", "{stem} AS", "{stem} & Sønn"),
    ),
    "pl": (
        "Bielik Brzózka Jaskółka Leśna·Polana Modrzew Świerkowo Źródło Żurawina",
        "Browar Drukarnia Energia Hurtownia Meble Piekarnia Spedycja Wydawnictwo",
        ("{trade} {stem} sp. z o.o.", "{stem} {trade} S.A.", "{trade} „{stem}”"),
    ),
    "cs": (
        "Březina Jeřabina Křišťál Modřín Řeka Skřivánek Vlaštovka",
        "Čistírny Energetika Mlékárny Pekárna Sklárna Strojírny Tiskárna",
        ("{trade} {stem} s.r.o.", "{stem} {trade} a.s."),
    ),
    "tr": (
        "Akçakavak Bülbül Çınaraltı Gökırmak İncirlik·Bahçe Kırlangıç Söğütözü Şimşek",
        "Gıda Lojistik Makine Mobilya Seramik Tekstil Yazılım",
        ("{stem} {trade} A.Ş.", "{stem} {trade} Ltd. Şti."),
    ),
    "el": (
        "Αηδόνι Βόρειος·Άνεμος Ελιά Θυμάρι Κύμα Πελαργός Χελιδόνι",
        "Εκδόσεις Ενέργεια Κεραμικά Λογιστική Μεταφορές Τρόφιμα Φαρμακευτική",
        ("{stem} {trade} Α.Ε.", "{trade} {stem} Ε.Π.Ε."),
    ),
    "bg": (
        "Бяла·Река Горски·Извор Жерав Лястовица Синя·Планина Славей",
        "Енергия Логистика Мебели Печатница Софтуер Храни",
        ("{stem} {trade} ООД", "{trade} „{stem}“ АД"),
    ),
    "uk": (
        "Біла·Вежа Джерело Калинова·Гілка Лелека Синій·Птах Степовий·Вітер",
        "Видавництво Енергія Логістика Меблі Пекарня Програмні·Системи",
        ("ТОВ «{stem} {trade}»", "{trade} «{stem}»", "АТ «{stem}»"),
    ),
    "ar": (
        "السنونو الأفق·الأزرق النخيل·الذهبي الواحة·الخضراء نجمة·الشمال ينبوع·الصباح",
        "للأغذية للاتصالات للبرمجيات للطاقة للنشر للنقل",
        ("شركة {stem} {trade}", "مجموعة {stem} {trade}"),
    ),
    "he": (
        "גל·צפוני דרור ירוק·עד מגדל·האור סנונית רוח·מדבר",
        "אנרגיה דפוס הובלות מזון מערכות תרופות",
        ('{stem} {trade} בע"מ', "קבוצת {stem}"),
    ),
    "hi": (
        "उत्तरा·पवन कमल·दीप गगन·तारा नील·सागर पीपल·वन हंस",
        "उद्योग ऊर्जा प्रकाशन परिवहन वस्त्र स्वास्थ्य",
        ("{stem} {trade} प्राइवेट लिमिटेड", "{stem} {trade}"),
    ),
    "zh": (
        "北辰风 春燕 翠竹林 海上月 青石桥 云山泉",
        "出版 电子 纺织 能源 食品 物流",
        ("{stem}{trade}有限公司", "{stem}{trade}集团"),
    ),
    "ja": (
        "あおぞら かわせみ さざなみ 月見野 白樺台 若葉堂",
        "運輸 印刷 食品 製作所 製薬 電機",
        ("株式会社{stem}{trade}", "{stem}{trade}株式会社", "有限会社{stem}"),
    ),
    "ko": (
        "가온누리 달빛마을 물안개 새벽숲 은하수길 푸른솔",
        "물류 바이오 소프트웨어 식품 에너지 출판",
        ("주식회사 {stem}{trade}", "(주){stem}{trade}"),
    ),
    "th": (
        "ดอกแก้ว นกนางแอ่น ภูเขาเขียว สายน้ำใส แสงเหนือ",
        "ขนส่ง พลังงาน พิมพ์ อาหาร",
        ("บริษัท {stem}{trade} จำกัด",),
    ),
    "vi": (
        "Bình·Nguyên·Xanh Chim·Én Hoa·Sữa Núi·Bạc Sóng·Biển",
        "Dược·Phẩm Năng·Lượng Thực·Phẩm Vận·Tải Xuất·Bản",
        ("Công ty TNHH {trade} {stem}", "Công ty Cổ phần {trade} {stem}"),
    ),
}  # fmt: skip
_LOCAL["sv"] = _LOCAL["da"] = (
    "Björkö Norrsken Rödhake Skärgård Svalan Tallåsen",
    "Bryggeri Energi Förlag Logistik Möbler Teknik",
    ("{stem} {trade} AB", "{stem} AB"),
)


def draw_company(random: Random, culture: str) -> str:
    """A company as it may be called there; where no local names are known, in English."""
    if culture in _LOCAL and random.random() < 0.62:
        stems, trades, patterns = _LOCAL[culture]
        stem, trade = random.choice(_words(stems)), random.choice(_words(trades))
        return random.choice(patterns).format(stem=stem, trade=trade)
    stem = random.choice(_STEMS) + random.choice(_ENDS)
    if random.random() < 0.12:
        return f"{stem} & {random.choice(_STEMS)}{random.choice(_ENDS)}"
    return f"{stem} {random.choice(_TRADES)}{random.choice(_LEGAL)}"


_NOT_IN_DOMAINS = {
    "gmbh", "co", "kg", "ag", "ek", "sas", "sarl", "fils", "sa", "sl", "hnos", "ltda", "srl", "spa", "as", "sp", "z",
    "oo", "sro", "sti", "ltd", "ae", "epe", "ood", "ad", "tov", "at", "be", "inc", "llc", "tnhh", "ab", "du",
}  # fmt: skip


def domain_label(random: Random, name: str) -> str:
    """What stands before the ending of a company's domain."""
    words = ["".join(char for char in word if char.isalnum()) for word in fold(name).replace(".", "").split()]
    words = [word for word in words if word and word not in _NOT_IN_DOMAINS] or words
    label = random.choice(("", "-")).join(words[:3])[:40].strip("-")
    return label if len(label) > 3 else f"{label}-works"
