import Storage

extension Antennas {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-24 antennas: create",
      """
      CREATE TABLE institution (
        code     TEXT PRIMARY KEY,
        french   TEXT NOT NULL,
        arabic   TEXT NOT NULL,
        english  TEXT NOT NULL,
        position BIGINT NOT NULL
      );
      CREATE TABLE governorate (
        code     TEXT PRIMARY KEY,   -- ISO 3166-2
        french   TEXT NOT NULL,
        arabic   TEXT NOT NULL,
        english  TEXT NOT NULL,
        position BIGINT NOT NULL
      );
      CREATE TABLE country (
        code    TEXT PRIMARY KEY,    -- ISO 3166-1 alpha-2
        french  TEXT NOT NULL,
        arabic  TEXT NOT NULL,
        english TEXT NOT NULL
      );
      CREATE TABLE antenna (
        code      TEXT PRIMARY KEY,
        french    TEXT NOT NULL,
        arabic    TEXT NOT NULL,
        english   TEXT NOT NULL,
        opened_on TEXT,              -- empty while planned, or not known
        position  BIGINT NOT NULL
      );
      CREATE TABLE coverage (
        antenna     TEXT NOT NULL REFERENCES antenna (code),
        governorate TEXT NOT NULL REFERENCES governorate (code),
        from_day    TEXT NOT NULL,
        until_day   TEXT,            -- the last day; empty while it lasts
        PRIMARY KEY (antenna, governorate, from_day)
      )
      """),
    // The nine of the assignment, with the opening days that are known; the countries from which people return.
    Migration(
      "2026-11-24 antennas: institutions, governorates, countries and the nine antennas",
      """
      INSERT INTO institution (code, french, arabic, english, position) VALUES
        ('OTE', 'Office des Tunisiens à l’étranger', 'ديوان التونسيين بالخارج', 'Office of Tunisians Abroad', 0),
        ('PS', 'Promotion sociale', 'النهوض الاجتماعي', 'Social Promotion', 1),
        ('ANETI', 'Agence nationale pour l’emploi (ANETI)', 'الوكالة الوطنية للتشغيل والعمل المستقل', 'National Employment Agency (ANETI)', 2),
        ('OFII', 'OFII, bureau de Tunis', 'الديوان الفرنسي للهجرة والإدماج، مكتب تونس', 'OFII, Tunis office', 3);
      INSERT INTO governorate (code, french, arabic, english, position) VALUES
        ('TN-11', 'Tunis', 'تونس', 'Tunis', 0),
        ('TN-12', 'Ariana', 'أريانة', 'Ariana', 1),
        ('TN-13', 'Ben Arous', 'بن عروس', 'Ben Arous', 2),
        ('TN-14', 'La Manouba', 'منوبة', 'Manouba', 3),
        ('TN-21', 'Nabeul', 'نابل', 'Nabeul', 4),
        ('TN-22', 'Zaghouan', 'زغوان', 'Zaghouan', 5),
        ('TN-23', 'Bizerte', 'بنزرت', 'Bizerte', 6),
        ('TN-31', 'Béja', 'باجة', 'Beja', 7),
        ('TN-32', 'Jendouba', 'جندوبة', 'Jendouba', 8),
        ('TN-33', 'Le Kef', 'الكاف', 'Kef', 9),
        ('TN-34', 'Siliana', 'سليانة', 'Siliana', 10),
        ('TN-41', 'Kairouan', 'القيروان', 'Kairouan', 11),
        ('TN-42', 'Kasserine', 'القصرين', 'Kasserine', 12),
        ('TN-43', 'Sidi Bouzid', 'سيدي بوزيد', 'Sidi Bouzid', 13),
        ('TN-51', 'Sousse', 'سوسة', 'Sousse', 14),
        ('TN-52', 'Monastir', 'المنستير', 'Monastir', 15),
        ('TN-53', 'Mahdia', 'المهدية', 'Mahdia', 16),
        ('TN-61', 'Sfax', 'صفاقس', 'Sfax', 17),
        ('TN-71', 'Gafsa', 'قفصة', 'Gafsa', 18),
        ('TN-72', 'Tozeur', 'توزر', 'Tozeur', 19),
        ('TN-73', 'Kébili', 'قبلي', 'Kebili', 20),
        ('TN-81', 'Gabès', 'قابس', 'Gabes', 21),
        ('TN-82', 'Médenine', 'مدنين', 'Medenine', 22),
        ('TN-83', 'Tataouine', 'تطاوين', 'Tataouine', 23);
      INSERT INTO country (code, french, arabic, english) VALUES
        ('AT', 'Autriche', 'النمسا', 'Austria'),
        ('BE', 'Belgique', 'بلجيكا', 'Belgium'),
        ('BG', 'Bulgarie', 'بلغاريا', 'Bulgaria'),
        ('HR', 'Croatie', 'كرواتيا', 'Croatia'),
        ('CY', 'Chypre', 'قبرص', 'Cyprus'),
        ('CZ', 'Tchéquie', 'التشيك', 'Czechia'),
        ('DK', 'Danemark', 'الدنمارك', 'Denmark'),
        ('EE', 'Estonie', 'إستونيا', 'Estonia'),
        ('FI', 'Finlande', 'فنلندا', 'Finland'),
        ('FR', 'France', 'فرنسا', 'France'),
        ('DE', 'Allemagne', 'ألمانيا', 'Germany'),
        ('GR', 'Grèce', 'اليونان', 'Greece'),
        ('HU', 'Hongrie', 'المجر', 'Hungary'),
        ('IE', 'Irlande', 'أيرلندا', 'Ireland'),
        ('IT', 'Italie', 'إيطاليا', 'Italy'),
        ('LV', 'Lettonie', 'لاتفيا', 'Latvia'),
        ('LT', 'Lituanie', 'ليتوانيا', 'Lithuania'),
        ('LU', 'Luxembourg', 'لوكسمبورغ', 'Luxembourg'),
        ('MT', 'Malte', 'مالطا', 'Malta'),
        ('NL', 'Pays-Bas', 'هولندا', 'Netherlands'),
        ('PL', 'Pologne', 'بولندا', 'Poland'),
        ('PT', 'Portugal', 'البرتغال', 'Portugal'),
        ('RO', 'Roumanie', 'رومانيا', 'Romania'),
        ('SK', 'Slovaquie', 'سلوفاكيا', 'Slovakia'),
        ('SI', 'Slovénie', 'سلوفينيا', 'Slovenia'),
        ('ES', 'Espagne', 'إسبانيا', 'Spain'),
        ('SE', 'Suède', 'السويد', 'Sweden'),
        ('CH', 'Suisse', 'سويسرا', 'Switzerland'),
        ('NO', 'Norvège', 'النرويج', 'Norway'),
        ('GB', 'Royaume-Uni', 'المملكة المتحدة', 'United Kingdom'),
        ('RS', 'Serbie', 'صربيا', 'Serbia'),
        ('TR', 'Turquie', 'تركيا', 'Türkiye'),
        ('LY', 'Libye', 'ليبيا', 'Libya'),
        ('DZ', 'Algérie', 'الجزائر', 'Algeria'),
        ('MA', 'Maroc', 'المغرب', 'Morocco'),
        ('CA', 'Canada', 'كندا', 'Canada');
      INSERT INTO antenna (code, french, arabic, english, opened_on, position) VALUES
        ('TUN', 'Tunis', 'تونس', 'Tunis', '2021-06-30', 0),
        ('SFA', 'Sfax', 'صفاقس', 'Sfax', NULL, 1),
        ('MED', 'Médenine', 'مدنين', 'Medenine', NULL, 2),
        ('BIZ', 'Bizerte', 'بنزرت', 'Bizerte', '2022-09-28', 3),
        ('KEF', 'Le Kef', 'الكاف', 'Kef', NULL, 4),
        ('TAT', 'Tataouine', 'تطاوين', 'Tataouine', NULL, 5),
        ('MON', 'Monastir', 'المنستير', 'Monastir', NULL, 6),
        ('KAI', 'Kairouan', 'القيروان', 'Kairouan', NULL, 7),
        ('GAF', 'Gafsa', 'قفصة', 'Gafsa', '2022-03-21', 8);
      INSERT INTO coverage (antenna, governorate, from_day) VALUES
        ('TUN', 'TN-11', '2021-06-30'),
        ('BIZ', 'TN-23', '2022-09-28'),
        ('GAF', 'TN-71', '2022-03-21')
      """),
  ]
}
