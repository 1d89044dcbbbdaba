import Foundation

/// Pairs written for these tests: the same name as French, German and Tunisian offices, cards and messages write it, and
/// names of brothers, sisters and neighbours that must stay apart. Invented, of nobody.
enum OwnPairs {
  static let same = read(
    """
    Mohamed Ben Salah | محمد بن صالح
    Muhammad Bin Saleh | محمد بن صالح
    med ben sala7 | محمد بن صالح
    med ben sala7 | Muhammad Bin Saleh
    Mohamed Ben Salah | Muhammad Bin Saleh
    Mohamed Ben Salah | med ben sala7
    BEN SALAH Mohamed | محمد بن صالح
    Gabsi Ridha | رضا القابسي
    Ridha Gabsi | رضا قابسي
    Guesmi Lotfi | لطفي القاسمي
    Lotfi Kasmi | لطفي القاسمي
    3ali ben 3amor | علي بن عمر
    Abderrahmane Trabelsi | عبد الرحمان الطرابلسي
    Abdul Rahman Al-Tarabulsi | عبد الرحمن الطرابلسي
    Abd al-Raḥmān aṭ-Ṭarābulsī | عبد الرحمن الطرابلسي
    3abd ra7men trabelsi | عبد الرحمن الطرابلسي
    5aled 8annouchi | خالد الغنوشي
    Khaled Ghannouchi | خالد الغنوشي
    Chaled Ghannuschi | خالد الغنوشي
    Aïcha Mathlouthi | عائشة المثلوثي
    3aicha mathlouthi | عائشة المثلوثي
    Aisha Al Mathluthi | عائشة المثلوثي
    Dschamal Eddin Haddad | جمال الدين الحداد
    Jameleddine Haddad | جمال الدين الحدّاد
    Youssef El Ouni | يوسف العوني
    Yusuf Al-Awni | يوسف العوني
    Sfaxi Moncef | المنصف الصفاقسي
    Hédi Bouzid | الهادي بوزيد
    Hadi Abu Zaid | الهادي أبو زيد
    Fethi Dhaouadi | فتحي الذوادي
    Fathi Daouadi | فتحي الذوّادي
    9ais 5mira | قيس خميرة
    Kais Khemira | قيس خميرة
    Qays Khumayra | قيس خميرة
    Oumaima Ben Hadj Ali | أميمة بن الحاج علي
    Omayma Belhaj Ali | أميمة بالحاج علي
    Noura Zouari | نورة الزواري
    Nura Zwari | نورة الزواري
    Hamza Souissi | حمزه السويسي
    7amza souissi | حمزة السويسي
    Hamsa Suissi | حمزة السويسي
    Wissem Jaziri | وسام الجزيري
    Wisam Al Jaziri | وسام الجزيري
    Ouissem Djaziri | وسام الجزيري
    Maroua Ayadi | مروى العيادي
    Marwa Ayadi | مروى العيادي
    Mahmoud Chebbi | محمود الشابي
    Mahmud Shabbi | محمود الشابّي
    Chokri Belaid | شكري بلعيد
    Choukri Bel Aïd | شكري بالعيد
    Ghada Rhouma | غادة رحومة
    8ada r7ouma | غادة رحومة
    Sayf al-Din Al-Ayari | سيف الدين العياري
    Seif Eddine Ayari | سيف الدين العياري
    Seifeddine Ayari | Saif al Din Ayyari
    Lassaad Ouertani | الأسعد الورتاني
    Lasaad Wertani | لسعد الورتاني
    Zied Jlassi | زياد الجلاصي
    Ziad Jelassi | زياد الجلاصي
    Ziyad Al-Jalasi | زياد الجلاصي
    Emna Mzali | آمنة المزالي
    Amna Mzali | آمنة مزالي
    Mohamed Aziz Ben Romdhane | محمد عزيز بن رمضان
    Mohamed Ben Romdhane | محمد عزيز بن رمضان
    Hadj Ali Maaloul | علي معلول
    M. Ali Maâloul | علي معلول
    Leila Trabelsi ép. Ben Ali | ليلى الطرابلسي
    Oussama Gharsallah | أسامة غرس الله
    Ussama Gharsalah | أسامة غرس الله
    Nejib Chaabane | نجيب شعبان
    Nagib Shaaban | نجيب شعبان
    Thouraya Fekih | ثريا الفقيه
    Souraya Fkih | ثريا الفقيه
    Soraya El Fekih | ثريا الفقيه
    Bochra Hadj Hmida | بشرى حاج حميدة
    Bushra Haj Hamida | بشرى الحاج حميدة
    Habib Essid | الحبيب الصيد
    Habib Al-Sayd | الحبيب الصيد
    Dhia Eddine Kéfi | ضياء الدين الكافي
    Diaa Kefi | ضياء الكافي
    Rihab Mzoughi | رحاب المزوغي
    Skander Ksouri | اسكندر القصوري
    Iskandar Kossouri | اسكندر القصوري
    Mhamed Ben Ghorbal | امحمد بن غربال
    Ahmed Toumi | احمد التومي
    A. Toumi | Ahmed Toumi
    Mohamed Trabesli | Mohamed Trabelsi
    Mohamed Trablsi | محمد الطرابلسي
    Moahmed Trabelsi | محمد الطرابلسي
    Sonia Bouslama | سنية بوسلامة
    Saniya Bu Slama | سنية بوسلامة
    Fatma Zohra Ncib | فاطمة الزهراء نصيب
    Fatima Zahra Nsib | فاطمة الزهراء نصيب
    Jihène Khlifi | جيهان الخليفي
    Gihan Al Khulayfi | جيهان الخليفي
    Hichem Rzigui | هشام الرزيقي
    Hisham Rziqi | هشام الرزقي
    Ramla Guezguez | رملة قزقز
    Makki Ghannem | المكي غانم
    Abou Bakr Seghaier | أبو بكر الصغير
    Boubaker Sghaier | ابوبكر الصغيّر
    محمّد بن صالح | محمد ابن صالح
    عَبْدُ الله الـعـيّـاري | عبدالله العياري
    عبدالسلام الجبالي | عبد السلام الجبالي
    Abdessalem Jebali | عبدالسلام الجبالي
    یوسف کمون | يوسف كمون
    ﻣﺤﻤﺪ ﺑﻦ ﻋﻠﻲ | محمد بن علي
    Mohamed Ben Ali | ﻣﺤﻤﺪ ﺑﻦ ﻋﻠﻲ
    Sidi Bou Saïd Jouini | سيدي بوسعيد الجويني
    Nawres Ferchichi | نورس الفرشيشي
    Nauras Firshishi | نورس الفرشيشي
    """)

  static let different = read(
    """
    Mohamed Ben Salah | محمد بن علي
    Mohamed Ben Salah | أحمد بن صالح
    Ahmed Trabelsi | محمد الطرابلسي
    Mahmoud Trabelsi | محمد الطرابلسي
    Hamed Trabelsi | أحمد الطرابلسي
    Hassen Trabelsi | حسين الطرابلسي
    Hassan Trabelsi | Houcine Trabelsi
    Salem Ayari | سليم العياري
    Slim Ayari | Salem Ayari
    Kamel Ayari | جمال العياري
    Karim Ayari | كارم العياري
    Samir Jaziri | سامي الجزيري
    Sami Jaziri | Samir Jaziri
    Samia Jaziri | سامي الجزيري
    Farid Jaziri | فريدة الجزيري
    Farida Jaziri | Farid Jaziri
    Amine Jaziri | أمينة الجزيري
    Monia Jaziri | منيرة الجزيري
    Rim Jaziri | مريم الجزيري
    Walid Jaziri | وسيم الجزيري
    Nabil Jaziri | نبيهة الجزيري
    Ali Jaziri | علية الجزيري
    Mongi Jaziri | منجية الجزيري
    Fathi Jaziri | Fathia Jaziri
    Mohamed Mejri | محمد الماجدي
    Ridha Hammami | رضا الحمامصي
    Ridha Ayari | رضا العبيدي
    Mounir Hammami | منير الهمداني
    Nour Hammami | نورة الهمامي
    Abdelkader Ayari | عبد القدوس العياري
    Abdelaziz Ayari | عبد الرزاق العياري
    Abdessalem Ayari | عبد السلام الجبالي
    Noureddine Ayari | نصر الدين العياري
    Jameleddine Ayari | كمال الدين العياري
    Rachid Ayari | رشدي العياري
    Hatem Ayari | حاتم العيادي
    Bilel Ayari | جلال العياري
    Mourad Ayari | مروان العياري
    Youssef Ayari | يونس العياري
    Yassine Ayari | ياسر العياري
    Adel Ayari | عادل عياد
    Mehdi Ben Salah | حمدي بن صالح
    Mohamed | محمد بن صالح
    Ben Salah | محمد بن صالح
    """)

  private static func read(_ text: String) -> [[String]] {
    text.split(separator: "\n").map { $0.components(separatedBy: " | ") }
  }
}
