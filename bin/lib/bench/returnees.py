"""Invented returnees as several offices write them down: the same person twice and more, with errors.

`python3 returnees.py COUNT SEED FILE.csv` writes COUNT records. A record is `rec-PERSON-NUMBER`: two of one PERSON are
the same. The same seed makes the same file.
"""

import csv
import random
import sys

WOMEN = """Amel آمال|Asma أسماء|Aicha عائشة|Chaima شيماء|Dorra درة|Emna آمنة|Faten فاتن|Fatma فاطمة|Hela هالة|Houda هدى|
Imen إيمان|Ines إيناس|Khadija خديجة|Leila ليلى|Mariem مريم|Mouna منى|Nadia نادية|Najet نجاة|Olfa ألفة|Rania رانية|
Rim ريم|Salma سلمى|Samia سامية|Sana سناء|Sonia سنية|Wafa وفاء|Yosra يسرى|Zeineb زينب|Besma بسمة|Hanen حنان|
Ibtissem ابتسام|Jamila جميلة|Kaouther كوثر|Latifa لطيفة|Meriem مريم|Mabrouka مبروكة|Naima نعيمة|Rachida رشيدة|
Saida سعيدة|Souad سعاد|Thouraya ثريا|Zohra زهرة|Henda هندة|Sihem سهام|Awatef عواطف|Raja رجاء|Hayet حياة|Monia منية"""
MEN = """Abdelkader عبد القادر|Ahmed أحمد|Ali علي|Amine أمين|Anis أنيس|Bassem باسم|Bilel بلال|Chokri شكري|Fares فارس|
Fethi فتحي|Habib الحبيب|Hamza حمزة|Hatem حاتم|Hichem هشام|Ismail إسماعيل|Karim كريم|Khaled خالد|Lotfi لطفي|
Mahdi المهدي|Mehrez محرز|Mohamed محمد|Moncef المنصف|Mourad مراد|Nabil نبيل|Nizar نزار|Oussama أسامة|Ramzi رمزي|
Riadh رياض|Saber صابر|Sami سامي|Slim سليم|Tarek طارق|Walid وليد|Yassine ياسين|Youssef يوسف|Zied زياد|
Abderrahmen عبد الرحمان|Adel عادل|Aymen أيمن|Brahim إبراهيم|Chedly الشاذلي|Elyes إلياس|Ghazi غازي|Hassen حسن|
Hedi الهادي|Houssem حسام|Jalel جلال|Kamel كمال|Majdi مجدي|Marouen مروان|Naceur الناصر|Noureddine نور الدين|
Omar عمر|Rached راشد|Ridha رضا|Salah صالح|Seifeddine سيف الدين|Taoufik توفيق|Wassim وسيم|Zouhair زهير"""
FAMILIES = """Abidi العبيدي|Amri العامري|Ayari العياري|Baccouche البكوش|Bejaoui الباجاوي|Bouazizi البوعزيزي|Bouzid بوزيد|
Brahmi البراهمي|Chaabane شعبان|Cherif الشريف|Dridi الدريدي|Ferchichi الفرشيشي|Gharbi الغربي|Ghozzi الغزي|
Guesmi القاسمي|Hamdi الحمدي|Hammami الهمامي|Jaziri الجزيري|Jebali الجبالي|Jlassi الجلاصي|Kefi الكافي|Khelifi الخليفي|
Mabrouk مبروك|Mansouri المنصوري|Mejri الماجري|Mhamdi المحمدي|Nasri النصري|Ouerghi الورغي|Rezgui الرزقي|
Riahi الرياحي|Saidi السعيدي|Sassi ساسي|Selmi السالمي|Tlili التليلي|Toumi التومي|Trabelsi الطرابلسي|
Yahyaoui اليحياوي|Zaghdoudi الزغدودي|Zarrouk زروق|Zouari الزواري|Achour عاشور|Agrebi العقربي|Aloui العلوي|
Arfaoui العرفاوي|Ayadi العيادي|Bahri البحري|Belhadj بالحاج|Bouhlel بوهلال|Boughanmi البوغانمي|Chebbi الشابي|
Chouchane شوشان|Dhaouadi الذوادي|Fekih الفقيه|Ghannouchi الغنوشي|Haddad الحداد|Hajri الهاجري|Issaoui العيساوي|
Jendoubi الجندوبي|Kasraoui القصراوي|Kchaou كشو|Labidi العبيدي|Louati اللواتي|Maaloul معلول|Makhlouf مخلوف|
Marzouki المرزوقي|Masmoudi المصمودي|Mathlouthi المثلوثي|Miladi الميلادي|Nefzi النفزي|Omrani العمراني|
Oueslati الوسلاتي|Rahmani الرحماني|Romdhani الرمضاني|Sahli الساحلي|Sellami السلامي|Smaoui السماوي|Souissi السويسي|
Tounsi التونسي|Triki التريكي|Werteni الورتاني|Zitouni الزيتوني|Zoghlami الزغلامي"""
PLACES = """Tunis تونس|Sfax صفاقس|Sousse سوسة|Bizerte بنزرت|Gabes قابس|Kairouan القيروان|Gafsa قفصة|Medenine مدنين|
Tataouine تطاوين|Le Kef الكاف|Monastir المنستير|Mahdia المهدية|Nabeul نابل|Beja باجة|Jendouba جندوبة|Siliana سليانة|
Kasserine القصرين|Sidi Bouzid سيدي بوزيد|Tozeur توزر|Kebili قبلي|Zaghouan زغوان|Ariana أريانة|Ben Arous بن عروس|Manouba منوبة"""


def pairs(text):
    """(Latin, Arabic); Latin letters end where Arabic ones begin."""
    found = []
    for entry in text.replace("\n", "").split("|"):
        start = next(place for place, letter in enumerate(entry) if letter > "\u0600")
        found.append((entry[:start].strip(), entry[start:].strip()))
    return found


WOMEN, MEN, PLACES = pairs(WOMEN), pairs(MEN), pairs(PLACES)
FAMILIES = pairs(FAMILIES) + [
    (f"{before} {latin}", f"{arabic_before} {arabic}") for latin, arabic in MEN
    for before, arabic_before in [("Ben", "بن"), ("Haj", "الحاج"), ("Bou", "بو"), ("Sidi", "سيدي")]]

# How the same sound is written in France, Italy, Germany and Tunisia.
SPELLINGS = [
    ("ou", "u"), ("ou", "oo"), ("ch", "sh"), ("kh", "k"), ("dh", "d"), ("th", "t"), ("gh", "g"), ("ss", "s"), ("mm", "m"),
    ("aa", "a"), ("y", "i"), ("i", "y"), ("e", "a"), ("a", "e"), ("e", "i"), ("ine", "in"), ("ien", "yen"), ("ed", "ad"),
    ("j", "dj"), ("k", "q"), ("c", "k"), ("oui", "wi"), ("el", "al"), ("Ben ", "Bin "), ("Ben ", "Ben"), ("h", ""),
]
COLUMNS = [
    "rec_id", "given", "family", "given_ar", "family_ar", "father", "birth", "birth_place", "governorate", "phone", "email",
    "cin", "passport",
]


class Returnees:
    def __init__(self, seed: int):
        self.chance = random.Random(seed)

    def happens(self, share: float) -> bool:
        return self.chance.random() < share

    def common(self, names):
        """The first of a list are borne by more people than the last."""
        return self.chance.choices(names, [1 / (rank + 5) for rank in range(len(names))])[0]

    def digits(self, count: int) -> str:
        return "".join(self.chance.choices("0123456789", k=count))

    def phone(self) -> str:
        return self.chance.choice("2459") + self.digits(7)

    def household(self) -> dict:
        return {
            "family": self.common(FAMILIES),
            "father": self.common(MEN), "phone": self.phone(), "place": self.common(PLACES), "mail": self.digits(3),
        }

    def person(self, household: dict) -> dict:
        latin, arabic = given = self.common(MEN if self.happens(0.7) else WOMEN)
        family = household["family"]
        name = f"{latin}.{family[0]}".lower().replace(" ", "")
        shared = self.happens(0.6)
        return {
            "given": given, "family": family, "father": household["father"],
            "birth": (self.chance.randint(1955, 2006), self.chance.randint(1, 12), self.chance.randint(1, 28)),
            "birth_place": household["place"], "governorate": household["place"] if self.happens(0.7) else self.common(PLACES),
            "phone": household["phone"] if shared else self.phone(),
            "email": f"{family[0].lower().replace(' ', '')}{household['mail']}@gmail.com" if self.happens(0.2)
            else f"{name}{self.digits(2)}@{self.chance.choice(['gmail.com', 'yahoo.fr', 'hotmail.com'])}",
            "cin": self.chance.choice("01") + self.digits(7), "passport": self.chance.choice("XYZ") + self.digits(6),
        }

    def typed(self, text: str, share: float) -> str:
        if len(text) < 3 or not self.happens(share):
            return text
        place = self.chance.randrange(len(text) - 1)
        letter = self.digits(1) if text[place].isdigit() else self.chance.choice("aeioulnrstm")
        return self.chance.choice([
            text[:place] + text[place + 1:], text[:place] + letter + text[place + 1:], text[:place] + letter + text[place:],
            text[:place] + text[place + 1] + text[place] + text[place + 2:],
        ])

    def spelled(self, latin: str) -> str:
        for _ in range(self.chance.choice([0, 0, 0, 1, 1, 2])):
            one, other = self.chance.choice(SPELLINGS)
            latin = latin.replace(one, other, 1)
        return self.typed(latin.upper() if self.happens(0.2) else latin, 0.06)

    def date(self, year: int, month: int, day: int) -> str:
        kind = self.chance.random()
        if kind < 0.04 and day <= 12:
            month, day = day, month
        elif kind < 0.10:
            return str(year + self.chance.choice([0, 0, 0, 1, -1]))
        elif kind < 0.14:
            month, day = 1, 1
        elif kind < 0.19:
            return self.typed(f"{year:04}-{month:02}-{day:02}", 1)
        return f"{day:02}/{month:02}/{year}" if self.happens(0.5) else f"{year:04}-{month:02}-{day:02}"

    def record(self, id: str, person: dict) -> list[str]:
        """What an office wrote down: its script, its spelling, what it asked for and what was at hand."""
        given, family = person["given"], person["family"]
        if self.happens(0.03):
            given, family = family, given
        script = self.chance.random()
        latin, arabic = script < 0.94, script > 0.6
        place = lambda name: "" if self.happens(0.2) else name[1] if script > 0.94 else self.spelled(name[0])
        phone = "" if self.happens(0.1) else self.phone() if self.happens(0.3) else self.typed(person["phone"], 0.03)
        return [
            id, self.spelled(given[0]) if latin else "", self.spelled(family[0]) if latin else "",
            self.typed(given[1], 0.04) if arabic else "", self.typed(family[1], 0.04) if arabic else "",
            "" if self.happens(0.3) else person["father"][1] if script > 0.94 else self.spelled(person["father"][0]),
            "" if self.happens(0.02) else self.date(*person["birth"]), place(person["birth_place"]), place(person["governorate"]),
            phone and self.chance.choice(["", "+216 ", "00216"]) + phone,
            "" if self.happens(0.4) else self.typed(person["email"], 0.05),
            "" if self.happens(0.35) else self.typed(person["cin"], 0.04),
            "" if self.happens(0.5) else self.chance.choice("XYZ") + self.digits(6) if self.happens(0.15)
            else self.typed(person["passport"], 0.04),
        ]

    def records(self, count: int):
        made, number = 0, 0
        while made < count:
            household = self.household()
            for _ in range(self.chance.choice([1, 1, 1, 1, 1, 1, 2, 3])):
                person = self.person(household)
                for copy in range(self.chance.choice([1, 1, 1, 2, 2, 3])):
                    if made < count:
                        yield self.record(f"rec-{number}-{copy}", person)
                        made += 1
                number += 1


def write(count: int, seed: int, path):
    returnees = Returnees(seed)
    rows = list(returnees.records(count))
    returnees.chance.shuffle(rows)
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *rows])


if __name__ == "__main__":
    write(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
