/// Names from which the demonstration makes persons: each in both scripts, put together by chance.
enum DemoNames {
  static let women = [
    ("Amel", "آمال"), ("Asma", "أسماء"), ("Aïcha", "عائشة"), ("Chaïma", "شيماء"), ("Dorra", "درة"),
    ("Emna", "آمنة"), ("Faten", "فاتن"), ("Fatma", "فاطمة"), ("Hela", "هالة"), ("Houda", "هدى"),
    ("Imen", "إيمان"),
    ("Ines", "إيناس"), ("Khadija", "خديجة"), ("Leïla", "ليلى"), ("Mariem", "مريم"), ("Mouna", "منى"),
    ("Nadia", "نادية"), ("Najet", "نجاة"), ("Olfa", "ألفة"), ("Rania", "رانية"), ("Rim", "ريم"),
    ("Salma", "سلمى"),
    ("Samia", "سامية"), ("Sana", "سناء"), ("Sonia", "سنية"), ("Wafa", "وفاء"), ("Yosra", "يسرى"),
    ("Zeineb", "زينب"),
  ]

  static let men = [
    ("Abdelkader", "عبد القادر"), ("Ahmed", "أحمد"), ("Ali", "علي"), ("Amine", "أمين"), ("Anis", "أنيس"),
    ("Bassem", "باسم"), ("Bilel", "بلال"), ("Chokri", "شكري"), ("Fares", "فارس"), ("Fethi", "فتحي"),
    ("Habib", "الحبيب"), ("Hamza", "حمزة"), ("Hatem", "حاتم"), ("Hichem", "هشام"), ("Ismaïl", "إسماعيل"),
    ("Karim", "كريم"), ("Khaled", "خالد"), ("Lotfi", "لطفي"), ("Mahdi", "المهدي"), ("Mehrez", "محرز"),
    ("Mohamed", "محمد"), ("Moncef", "المنصف"), ("Mourad", "مراد"), ("Nabil", "نبيل"), ("Nizar", "نزار"),
    ("Oussama", "أسامة"), ("Ramzi", "رمزي"), ("Riadh", "رياض"), ("Saber", "صابر"), ("Sami", "سامي"),
    ("Slim", "سليم"), ("Tarek", "طارق"), ("Walid", "وليد"), ("Yassine", "ياسين"), ("Youssef", "يوسف"),
    ("Zied", "زياد"),
  ]

  static let families = [
    ("Abidi", "العبيدي"), ("Amri", "العامري"), ("Ayari", "العياري"), ("Baccouche", "البكوش"),
    ("Bejaoui", "الباجاوي"),
    ("Ben Ali", "بن علي"), ("Ben Amor", "بن عمر"), ("Ben Hassine", "بن حسين"), ("Ben Romdhane", "بن رمضان"),
    ("Ben Salah", "بن صالح"), ("Bouazizi", "البوعزيزي"), ("Bouzid", "بوزيد"), ("Brahmi", "البراهمي"),
    ("Chaabane", "شعبان"), ("Cherif", "الشريف"), ("Dridi", "الدريدي"), ("Ferchichi", "الفرشيشي"),
    ("Gharbi", "الغربي"),
    ("Ghozzi", "الغزي"), ("Guesmi", "القاسمي"), ("Hamdi", "الحمدي"), ("Hammami", "الهمامي"),
    ("Jaziri", "الجزيري"),
    ("Jebali", "الجبالي"), ("Jlassi", "الجلاصي"), ("Kefi", "الكافي"), ("Khelifi", "الخليفي"),
    ("Laabidi", "لعبيدي"),
    ("Mabrouk", "مبروك"), ("Mansouri", "المنصوري"), ("Mejri", "الماجري"), ("Mhamdi", "المحمدي"),
    ("Nasri", "النصري"),
    ("Ouerghi", "الورغي"), ("Rezgui", "الرزقي"), ("Riahi", "الرياحي"), ("Saidi", "السعيدي"),
    ("Sassi", "ساسي"),
    ("Selmi", "السالمي"), ("Tlili", "التليلي"), ("Toumi", "التومي"), ("Trabelsi", "الطرابلسي"),
    ("Yahyaoui", "اليحياوي"),
    ("Zaghdoudi", "الزغدودي"), ("Zarrouk", "زروق"), ("Zouari", "الزواري"),
  ]
}
