import Cases
import Plans

/// What the invented staff wrote, in the languages of the house.
enum DemoTexts {
  /// A need, what it is about, and what was done.
  static let needs: [(Need.Kind, String, String)] = [
    (
      .housing, "Dort chez un cousin, doit partir ce mois-ci.",
      "Orientation vers l’unité locale, place trouvée."
    ),
    (.papers, "يحتاج إلى تجديد بطاقة التعريف.", "تمت المرافقة إلى مركز الأمن."),
    (.health, "Traitement interrompu depuis le retour.", "Rendez-vous pris au dispensaire."),
    (.school, "Deux enfants à inscrire à l’école.", "Inscription faite auprès de la délégation régionale."),
    (.money, "لا دخل له منذ العودة.", "توجيه إلى النهوض الاجتماعي لدراسة الحالة."),
    (
      .legal, "Litige avec l’ancien employeur à l’étranger.",
      "Première consultation auprès d’une association."
    ),
    (.food, "العائلة في حاجة عاجلة إلى مساعدة غذائية.", "تسلمت العائلة مساعدة من الجمعية المحلية."),
  ]

  static let withoutPapers =
    "Renvoyé sans aucun papier: ni carte d’identité, ni passeport. عاد دون أي وثيقة هوية."

  static let goals: [Plan.Track: [String]] = [
    .social: [
      "الحصول على سكن مستقل للعائلة", "Stabiliser le logement de la famille", "Reprendre le suivi médical",
    ],
    .employment: [
      "Retrouver un emploi de soudeur", "العمل في قطاع البناء", "Faire reconnaître l’expérience acquise",
    ],
    .project: [
      "Ouvrir un atelier de menuiserie aluminium", "فتح محل حلاقة في الحي", "Reprendre l’élevage familial",
    ],
  ]

  static let actions: [Plan.Track: [String]] = [
    .social: [
      "إعداد عقد الكراء", "Déposer la demande à l’unité locale", "Prendre rendez-vous à l’hôpital régional",
    ],
    .employment: [
      "تكوين ملف التسجيل بمكتب التشغيل", "Suivre la formation de recyclage", "Préparer un curriculum vitae",
    ],
    .project: [
      "Faire l’étude de faisabilité", "Obtenir trois devis d’équipement", "إعداد قائمة في المعدات والأسعار",
    ],
  ]

  static let notes = [
    "Arrive calme, connaît mal le dispositif. Entretien de quarante minutes.",
    "مقابلة أولى جيدة، له خبرة في البناء.", "La famille est au courant et soutient le projet.",
    "يرغب في مشروع فلاحي صغير على أرض العائلة.",
  ]

  static let doers = ["la personne", "conseil ANETI", "opérateur de proximité", "المرشد الاجتماعي"]

  static let seen = [
    "L’atelier tourne, deux commandes en cours.", "النشاط متواصل والدخل ضعيف.",
    "Local trouvé, travaux à moitié faits.", "Découragé, parle de repartir.",
  ]

  static let nextSteps = [
    "Revoir le prix de vente avec l’opérateur.", "زيارة ثانية بعد شهر.", "Mettre en contact avec la banque.",
  ]

  static let wishes = ["Son frère lui propose du travail à Lyon.", "لا يرى مستقبلا في المنطقة."]

  static let reasons = [
    "Objectifs atteints, la personne vit de son activité.", "استقر وضعه ولم يعد يحتاج إلى مرافقة.",
    "Plus de réponse depuis quatre mois malgré deux visites.",
  ]

  static let reopenings = ["La personne est revenue d’elle-même après une rupture.", "ظهر مشكل سكن جديد."]
}
