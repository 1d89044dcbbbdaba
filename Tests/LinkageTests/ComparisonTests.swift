import Names
import Testing

@testable import Linkage

@Suite struct `Comparing values` {
  private func agreement(_ kind: FieldKind, _ first: String, _ second: String) throws -> Agreement {
    let names = try Names()
    var vocabulary = Vocabulary(kind, names)
    let (one, other) = (vocabulary.number(of: first), vocabulary.number(of: second))
    var comparison = Comparison(vocabulary, names)
    let agreement = comparison.agreement(one, other)
    #expect(comparison.agreement(other, one) == agreement, "\(first), \(second)")
    return agreement
  }

  @Test(arguments: [
    ("14/03/1991", "1991-03-14", Agreement.equal), ("19910314", "14.3.1991", .equal),
    ("١٤/٠٣/١٩٩١", "14/03/1991", .equal),
    ("1991-03-14", "1991-14-03", .swapped), ("03/05/1990", "05/03/1990", .swapped),
    ("1991-03-14", "1991", .partial),
    ("1991", "1991", .partial), ("01/01/1991", "14/03/1991", .partial), ("1991", "1992-03-14", .distant),
    ("14/03/1991", "14/03/1981", .close), ("14/03/1991", "17/03/1964", .different),
    ("14/03/1991", "27/03/1991", .near),
    ("14/03/1991", "", .missing), ("1993o413", "19930413", .close),
  ])
  func `dates`(first: String, second: String, expected: Agreement) throws {
    #expect(try agreement(.date, first, second) == expected)
  }

  @Test(arguments: [
    ("Mohamed", "محمد", Agreement.alike), ("Ben Salah", "bin saleh", .alike),
    ("Trabelsi", "TRABELSI", .equal),
    ("Hammami", "Hamami", .close), ("Trabelsi", "Gharbi", .different), ("Aïcha", "Aicha", .equal),
  ])
  func `names`(first: String, second: String, expected: Agreement) throws {
    #expect(try agreement(.familyName, first, second) == expected)
  }

  @Test(arguments: [
    (FieldKind.number, "09876543", "9876543", Agreement.equal), (.number, "09 87-65.43", "09876543", .equal),
    (.number, "12345678", "12354678", .close), (.number, "12345678", "12345687", .close),
    (.number, "12345678", "12945673", .near), (.number, "12345678", "87654321", .different),
    (.phone, "+216 20 111 222", "20111222", .equal), (.phone, "0021620111222", "20111223", .close),
    (.email, "Salma@Example.tn", "salma@example.tn", .equal),
    (.email, "salma@example.tn", "salma@free.fr", .partial),
    (.text, "12 rue de Carthage", "12, Rue de Carthage", .equal),
    (.text, "rue de Carthage", "Carthage", .partial),
    (.place, "Sfax", "صفاقس", .alike), (.text, "?", "?", .missing),
  ])
  func `numbers, contacts and texts`(kind: FieldKind, first: String, second: String, expected: Agreement)
    throws
  {
    #expect(try agreement(kind, first, second) == expected)
  }

  @Test(arguments: [
    ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("abcd", "acbd", 1), ("kitten", "sitting", 3),
    ("ca", "abc", 3),
    ("a", "b", 1),
  ])
  func `edits count letters put in, taken out, changed and turned round`(
    first: String, second: String, edits: Int
  ) {
    let counted = Array(first.utf8).withUnsafeBufferPointer { first in
      Array(second.utf8).withUnsafeBufferPointer { Letters.edits(first, $0) }
    }
    #expect(counted == edits)
  }
}
