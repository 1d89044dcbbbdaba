import Basics
import CExpat
import CZip

/// The parts of a workbook (ISO/IEC 29500): a zip of XML files, each inflated as it is read.
final class WorkbookParts {
  private let archive: OpaquePointer

  /// - Throws: `ImportFault` when the file is no zip, or announces more than is read.
  init(path: String) throws {
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_RDONLY, &code) else { throw Self.unreadable }
    self.archive = archive
    guard zip_get_num_entries(archive, 0) < 10_000 else { throw Self.tooLarge }
  }

  deinit { zip_discard(archive) }

  static var unreadable: ImportFault {
    ImportFault(say("The workbook cannot be read: open it in Excel and save it as .xlsx again."))
  }

  /// A zip bomb, or a sheet that no person made.
  static var tooLarge: ImportFault {
    ImportFault(say("Unpacked, the workbook is far too large: copy the list into a new workbook."))
  }

  /// Gives a part to `handler` from its first to its last element; nothing when there is no such part.
  func read(_ name: String, _ handler: XMLHandler) throws {
    guard let stream = try stream(name, handler) else { return }
    while try stream.advance() {}
  }

  /// A part to be read bit by bit.
  func stream(_ name: String, _ handler: XMLHandler) throws -> XMLStream? {
    var about = zip_stat_t()
    guard zip_stat(archive, name, 0, &about) == 0 else { return nil }
    guard about.size <= ImportLimits.part, let part = zip_fopen(archive, name, 0) else {
      throw about.size > ImportLimits.part ? Self.tooLarge : Self.unreadable
    }
    return XMLStream(self, part, packed: Int(about.comp_size), handler)
  }
}

/// What is told of an XML document as it is read. Names come without their prefix.
class XMLHandler {
  func start(_ name: String, _ attributes: XMLAttributes) throws {}
  func end(_ name: String) throws {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {}
}

/// The attributes of an element: only those asked for are made into texts.
struct XMLAttributes {
  fileprivate let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  /// By local name: `r:id` is found as `id`.
  subscript(name: String) -> String? {
    var place = pairs
    while let key = place?.pointee, let value = place?.advanced(by: 1).pointee {
      if localName(key) == name { return String(cString: value) }
      place = place?.advanced(by: 2)
    }
    return nil
  }
}

private func localName(_ name: UnsafePointer<CChar>) -> String {
  let whole = String(cString: name)
  guard let colon = whole.utf8.lastIndex(of: UInt8(ascii: ":")) else { return whole }
  return String(whole[whole.utf8.index(after: colon)...])
}

/// One part on its way from the zip through the XML parser, a block at a time.
final class XMLStream {
  private let archive: WorkbookParts
  private let part: OpaquePointer
  private let parser: XML_Parser?
  private let handler: XMLHandler
  private let packed: Int
  private var inflated = 0
  private var isDone = false
  /// Errors cannot pass through the parser, which is C: they wait here.
  fileprivate var fault: (any Error)?

  fileprivate init(_ archive: WorkbookParts, _ part: OpaquePointer, packed: Int, _ handler: XMLHandler) {
    self.archive = archive
    self.part = part
    self.packed = packed
    self.handler = handler
    parser = XML_ParserCreate(nil)
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { data, name, pairs in
        guard let name else { return }
        XMLStream.tell(data) { try $0.start(localName(name), XMLAttributes(pairs: pairs)) }
      },
      { data, name in
        guard let name else { return }
        XMLStream.tell(data) { try $0.end(localName(name)) }
      })
    XML_SetCharacterDataHandler(parser) { data, bytes, count in
      bytes?.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { bytes in
        XMLStream.tell(data) { try $0.text(UnsafeBufferPointer(start: bytes, count: Int(count))) }
      }
    }
    // Workbooks have no document type; where one stands, entities may blow up or reach outside.
    XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      XMLStream.tell(data) { _ in throw WorkbookParts.unreadable }
    }
  }

  deinit {
    XML_ParserFree(parser)
    zip_fclose(part)
  }

  /// Reads a block; false at the end.
  /// - Throws: `ImportFault` when the part is damaged, or grows beyond what a list can be.
  func advance() throws -> Bool {
    guard !isDone else { return false }
    let size: Int32 = 1 << 14
    guard let block = XML_GetBuffer(parser, size) else { throw WorkbookParts.unreadable }
    let count = zip_fread(part, block, zip_uint64_t(size))
    guard count >= 0 else { throw WorkbookParts.unreadable }
    inflated += Int(count)
    let isBlownUp = inflated > ImportLimits.free && inflated / ImportLimits.ratio > packed
    guard inflated <= ImportLimits.part, !isBlownUp else { throw WorkbookParts.tooLarge }
    isDone = count == 0
    let status = XML_ParseBuffer(parser, Int32(count), isDone ? 1 : 0)
    if let fault { throw fault }
    guard status == XML_STATUS_OK else { throw WorkbookParts.unreadable }
    return !isDone
  }

  private static func tell(_ data: UnsafeMutableRawPointer?, _ body: (XMLHandler) throws -> Void) {
    guard let data else { return }
    let stream = Unmanaged<XMLStream>.fromOpaque(data).takeUnretainedValue()
    guard stream.fault == nil else { return }
    do {
      try body(stream.handler)
    } catch {
      stream.fault = error
      XML_StopParser(stream.parser, 0)
    }
  }
}
