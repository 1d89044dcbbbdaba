import CZip
import Foundation

/// Writes workbooks for the tests, part by part, as Excel and others write them.
struct TestWorkbook {
  var parts: [String: String] = [
    "_rels/.rels": relations([("rId1", "officeDocument", "xl/workbook.xml")]),
    "xl/_rels/workbook.xml.rels": relations([
      ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml"),
      ("rId3", "sharedStrings", "/xl/sharedStrings.xml"), ("rId4", "worksheet", "worksheets/sheet2.xml"),
    ]),
    "xl/styles.xml": """
    <styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy;@"/>\
    <numFmt numFmtId="165" formatCode="00000000"/><numFmt numFmtId="166" formatCode="&quot;day&quot; 0.0"/></numFmts>\
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>\
    <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>
    """,
    "xl/sharedStrings.xml": """
    <sst><si><t>Name</t></si><si><t>Born</t></si><si><r><t>Ben </t></r><r><t xml:space="preserve">Salah</t></r>\
    <rPh sb="0" eb="1"><t>spoken</t></rPh></si><si><t>اللقب</t></si></sst>
    """,
    "xl/worksheets/sheet1.xml": sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"),
    "xl/worksheets/sheet2.xml": sheet(
      "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Second</t></is></c></row>"),
    "xl/workbook.xml": book("<sheet name=\"One\" r:id=\"rId1\"/><sheet name=\"Two\" r:id=\"rId4\"/>"),
  ]

  init(_ rows: String) { parts["xl/worksheets/sheet1.xml"] = Self.sheet(rows) }

  static func sheet(_ rows: String) -> String {
    "<?xml version=\"1.0\"?><worksheet><sheetViews><sheetView rightToLeft=\"1\"/></sheetViews><sheetData>\(rows)</sheetData></worksheet>"
  }

  static func book(_ sheets: String, before: String = "") -> String {
    "<workbook xmlns:r=\"r\">\(before)<sheets>\(sheets)</sheets></workbook>"
  }

  private static func relations(_ targets: [(id: String, type: String, path: String)]) -> String {
    let list = targets.map {
      "<Relationship Id=\"\($0.id)\" Type=\"http://x/\($0.type)\" Target=\"\($0.path)\"/>"
    }
    return "<Relationships>\(list.joined())</Relationships>"
  }

  func write(to path: String) throws {
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code) else {
      throw CocoaError(.fileWriteUnknown)
    }
    var kept: [UnsafeMutablePointer<UInt8>] = []
    defer { for bytes in kept { bytes.deallocate() } }
    for (name, text) in parts {
      let bytes = Array(text.utf8)
      let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
      copy.update(from: bytes, count: bytes.count)
      kept.append(copy)
      let source = zip_source_buffer(archive, copy, zip_uint64_t(bytes.count), 0)
      guard zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_OVERWRITE)) >= 0 else {
        throw CocoaError(.fileWriteUnknown)
      }
    }
    guard zip_close(archive) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }
}
