import Documents

/// Papers that invented persons bring.
enum DemoPapers {
  /// What a paper is, and what a counsellor calls it where the name of its file would not say enough.
  static let kinds: [(kind: Document.Kind, title: String?)] = [
    (.passport, nil), (.identityCard, nil), (.travelDocument, "Laissez-passer du consulat"),
    (.returnOrder, "Obligation de quitter le territoire"), (.papers, "عقد ازدواج"),
    (.diploma, "Certificat de soudeur"), (.diploma, "شهادة مهنية"), (.expense, "Facture de l’outillage"),
    (.photo, nil), (.signedPlan, "Plan signé"),
  ]

  /// A page in PDF that says a line of ASCII.
  static func page(saying line: String) -> [UInt8] {
    let text = "BT /F1 18 Tf 60 740 Td (\(line)) Tj ET"
    let objects = [
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        + "/Resources << /Font << /F1 5 0 R >> >> >>",
      "<< /Length \(text.utf8.count) >>\nstream\n\(text)\nendstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    var file = "%PDF-1.4\n"
    var places = ""
    for (index, object) in objects.enumerated() {
      let place = String(file.utf8.count)
      places += "\(String(repeating: "0", count: 10 - place.count))\(place) 00000 n \n"
      file += "\(index + 1) 0 obj\n\(object)\nendobj\n"
    }
    let start = file.utf8.count
    file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n\(places)"
    file += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
    return Array(file.utf8)
  }
}
