"""Names of people, by how they are given where they live."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from core.text import fold


@dataclass(frozen=True, slots=True)
class Person:
    """A name in its own script, and the words an address is made of."""

    given: str
    family: str
    name: str

    @property
    def mailbox(self) -> str:
        """The part of an email address before the @, in ASCII."""
        words = (fold(self.given), fold(self.family))
        return ".".join("".join(char for char in word if char.isalnum()) for word in words).strip(".")


_FAMILY_FIRST = {"zh", "ja", "ko", "hu", "vi"}
_NO_SPACE = {"zh", "ja", "ko"}

_NAMES = {
    "en": (
        "Ada Amelia Benjamin Callum Charlotte Dylan Eleanor Ethan Fiona George Grace Harriet Hugh Imogen Isaac Jack "
        "Josephine Keira Liam Maeve Nathan Olivia Owen Phoebe Quentin Rosa Samuel Tessa Victor Willa",
        "Abbott Ainsley Barrow Bexley Calloway Carver Dunmore Ellery Farrow Garland Hathersage Holloway Inglewood "
        "Jarrow Kingsley Larkin Marlow Netherby O’Dowd Pemberton Quarles Redfern Sallow Thackery Underhill Vance "
        "Wetherby Yarwood",
    ),
    "de": (
        "Anneliese Björn Dörte Emil Friederike Günther Hannelore Ingo Jürgen Käthe Leonie Matthias Nele Ottilie "
        "Sören Ursula Wiebke Zoë",
        "Achterberg Bräutigam Dörfler Eßlinger Fährmann Grünwald Hübner Jäger Köhler Lüttmann Mühlbauer Nüßlein "
        "Öztürk-Weiß Rößler Schönfeld Strauß Wölfel",
    ),
    "fr": (
        "Aurélie Benoît Chloé Didier Éloïse François Gaëlle Hélène Inès Joël Léa Maëlys Noël Océane Rémi Sébastien "
        "Thérèse Zoé",
        "Beauchêne Castagné Delaître d’Aubigny Fabrègue Gagné Hébert Labbé Lefèvre Mâcon Noël Pélissier Rivière "
        "Séguin Thévenet Vasseur",
    ),
    "nl": (
        "Anouk Bram Daan Femke Gijs Hanneke Jeroen Lieke Maarten Noor Pieter Sanne Teun Wouter",
        "Bakker de·Wit Dijkstra Hoekstra Kuipers Mulder Timmermans van·Dam van·den·Berg Veenstra Zijlstra",
    ),
    "es": (
        "Adrián Begoña César Dolores Elías Fátima Gastón Iñaki Jesús Lucía Marisol Nicolás Óscar Paloma Raúl Sofía "
        "Tomás Ximena",
        "Aguirre Bermúdez Castañeda Domínguez Echeverría Fuentes·Solís Gálvez Ibáñez Lozano Muñoz Núñez·Peña Ordóñez "
        "Quiñones Rincón Vázquez Zúñiga",
    ),
    "pt": (
        "Antônio Beatriz Conceição Davi Estêvão Flávia Gonçalo Inês João Letícia Mônica Otávio Rúben Sónia Tânia",
        "Araújo Brandão Carvalhal da·Conceição Falcão Guimarães Leitão Magalhães Negrão Queirós Simões Valadão",
    ),
    "it": (
        "Alessio Beatrice Carlotta Donato Elisabetta Fabrizio Ginevra Lorenzo Niccolò Ottavia Pierpaolo Serena",
        "Bellandi Cavalcaselle D’Amico Fornaciari Gherardini Lombardi Mastroianni Nannucci Parolin Santarelli Viganò",
    ),
    "nb": (
        "Astrid Bjørn Dagny Eirik Frøydis Håkon Ingrid Jørgen Kåre Mads Øystein Randi Solveig Torbjørn Åse",
        "Aasen Bjørnstad Dahlø Fjellheim Grønvold Haugland Kvåle Lønning Myhre Østby Røed Solberg Tveit Ødegård",
    ),
    "sv": (
        "Agneta Björn Ebba Göran Håkan Jörgen Linnéa Märta Östen Sixten Tuva Åke",
        "Almqvist Björklund Dahlström Fröjd Hällgren Löfgren Nyström Sjöberg Söderlund Åkerman Öberg",
    ),
    "da": (
        "Anders Birgitte Freja Jørn Kirstine Lærke Mikkel Niels Pernille Søren Troels",
        "Bæk Dalsgaard Friis Højgaard Kjær Lund Nørgaard Østergaard Skov Vestergaard",
    ),
    "fi": (
        "Aino Eero Hilkka Jyrki Kaisa Mikko Päivi Sampo Tuulikki Väinö",
        "Hämäläinen Jääskeläinen Korhola Lehtimäki Mäkinen Niemelä Pyykkö Räsänen Väisänen Yli-Hukkala",
    ),
    "is": (
        "Ásdís Björk Einar Guðrún Hrafn Ísold Jökull Sigríður Þórdís Ægir",
        "Árnadóttir Björnsson Einarsdóttir Guðmundsson Hrafnsdóttir Jónsson Sigurðardóttir Þorsteinsson",
    ),
    "pl": (
        "Agnieszka Błażej Dorota Grażyna Jędrzej Kinga Łukasz Małgorzata Przemysław Stanisław Wiesława Zdzisława "
        "Żaneta",
        "Bąkowski Cieślak Dąbrówka Gołąb Jabłońska Krzyżewska Łęcki Mączka Ósmański Pięta Szczęsny Wąsik Źrebiec "
        "Żółtowska",
    ),
    "cs": (
        "Božena Dušan Eliška Jiří Květa Ladislav Miloš Ondřej Růžena Šárka Václav Žofie",
        "Červenka Dvořáček Hašková Jílek Kučerová Mrázek Němcová Ptáček Říhová Šťastný Vlček Žižka",
    ),
    "hu": (
        "Ágnes Béla Csilla Enikő Gergő István Lőrinc Márta Piroska Réka Zsófia",
        "Asztalos Bíró Csonka Erdős Fülöp Gyöngyösi Hegedűs Kőszegi Szűcs Tóth Üveges",
    ),
    "tr": (
        "Ayşe Barış Çağla Doğan Elif Gökçe İbrahim Kıvanç Ömer Şeyma Tuğçe Ümit Zeynep",
        "Akçay Bıçakçı Çelebi Doğrusöz Erdoğmuş Gündüz Işık Kılıçarslan Özdemir Şenol Tığ Yıldırım",
    ),
    "el": (
        "Αθανάσιος Βασιλική Γιώργος Δήμητρα Ελένη Θεόδωρος Ιωάννα Κωνσταντίνος Μαρία Νικόλαος Σοφία Χρήστος",
        "Αγγελόπουλος Βλάχου Γεωργίου Δημητριάδης Ζαχαρίου Καραγιάννης Μαυρομάτη Νικολαΐδης Παπαδοπούλου Σταυρίδης",
    ),
    "bg": (
        "Ангел Боряна Велизар Галина Деница Емил Красимир Любомира Петко Светлана Цветан Яна",
        "Ангелова Божков Върбанова Гайдаров Димчева Желязков Колева Манолов Найденова Стоименов Хаджиева Янков",
    ),
    "uk": (
        "Андрій Богдана Всеволод Ганна Дарина Єгор Зоряна Ілля Катерина Любомир Оксана Роман Юлія Ярослав",
        "Бондаренко Василенко Гончарук Дзюба Єфименко Захарчук Ільницька Кравець Лисенко Мельничук Терещенко "
        "Шевчишин Щербак Яремчук",
    ),
    "ar": (
        "أحمد بشرى جمال حنان خالد دانا رامي سلمى طارق عائشة فاطمة كريم ليلى محمود نور هالة يوسف",
        "البيطار التميمي الجوهري الحكيم الخطيب الدباغ الزيات السقا الشريف العطار الفاخوري القباني الكاتب النجار",
    ),
    "he": (
        "אביגיל אורי ברוך דניאלה הדס יונתן כרמל ליאור מיכל נועה עומר רחל שירה תומר",
        "אברמוב אלקיים ברקאי גולן הראל זמיר כרמי לביא מזרחי נחמני עמית פרידמן רוזנברג שפירא",
    ),
    "hi": (
        "अदिति आरव इशिता कबीर गौरी चेतन जया तन्वी देव नंदिनी प्रिया मीरा राहुल विक्रम शालिनी सुनील",
        "अग्रवाल कुलकर्णी गुप्ता चौहान जोशी देशपांडे नायर पाटिल भट्ट मेहता राठौड़ शर्मा सिंह",
    ),
    "zh": (
        "伟 芳 娜 秀英 敏 静 磊 洋 艳 勇 思远 雨桐 浩然 欣怡 子轩",
        "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 欧阳 司马",
    ),
    "ja": (
        "明美 健太 さくら 翔 陽子 大輔 美咲 直樹 由美 蓮 千尋 拓也",
        "青木 石田 上野 大久保 加藤 北川 小林 斎藤 高橋 中村 西田 松本 山口 渡辺",
    ),
    "ko": (
        "민준 서연 지훈 하은 도윤 수아 현우 지민 은지 태호 유진 성민",
        "김 이 박 최 정 강 조 윤 장 임 한 남궁",
    ),
    "th": (
        "กมล จิราพร ชัยวัฒน์ ดาริกา ธนา นภา ปิยะ พิมพ์ รัตนา วรรณา สมชาย สุดา",
        "แก้วใส จันทร์ดี ใจงาม ทองคำ บุญมี พงษ์ศรี รุ่งเรือง วงศ์สว่าง ศรีสุข สายทอง",
    ),
    "vi": (
        "Ánh Bảo Châu Đức Hạnh Khánh Linh Minh Ngọc Phương Quỳnh Thảo Tuấn Uyên Việt",
        "Bùi Đặng Đỗ Hoàng Huỳnh Lê Ngô Nguyễn Phạm Trần Võ Vũ",
    ),
    "sw": (
        "Amani Baraka Chege Faraja Imani Jabali Kioni Makena Njeri Otieno Wanjiru Zawadi",
        "Achieng Gathoni Kamau Kiplagat Mutua Mwangi Ndung’u Njoroge Odhiambo Wambui",
    ),
}  # fmt: skip
_SPLIT = {
    culture: tuple([word.replace("·", " ") for word in words.split()] for words in lists)
    for culture, lists in _NAMES.items()
}


def draw_person(random: Random, culture: str) -> Person:
    """A person as people of this culture are named; a few have more given names."""
    givens, families = _SPLIT[culture]
    given, family = random.choice(givens), random.choice(families)
    if culture not in _NO_SPACE and random.random() < 0.12:
        second = random.choice(givens)
        given = given if second == given else f"{given} {second}"
    first, last = (family, given) if culture in _FAMILY_FIRST else (given, family)
    return Person(given, family, f"{first}{'' if culture in _NO_SPACE else ' '}{last}")
