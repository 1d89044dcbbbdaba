import CCurl
import Foundation
import NIOPosix

/// Borrowed from libcurl: SMTP with TLS, and HTTP. Its calls block, so they run on threads of their own.
enum Curl {
  struct Answer: Sendable {
    /// 0 when all went well. Source: libcurl-errors(3).
    let code: Int
    /// The last reply of the server: of SMTP or HTTP.
    let status: Int
    /// Bytes of an HTTP request that were sent.
    let sent: Int
  }

  private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
  /// One thread for each kind of gateway: a slow one keeps nobody else waiting.
  private static let pool: NIOThreadPool = {
    let pool = NIOThreadPool(numberOfThreads: 2)
    pool.start()
    return pool
  }()

  /// - Parameters:
  ///   - upload: what is sent after the commands of SMTP.
  ///   - seconds: the whole of it may take so long.
  static func run(
    within seconds: Int, upload: [UInt8]? = nil, _ configure: @escaping @Sendable (CurlHandle) -> Void
  ) async -> Answer {
    let failed = Answer(code: Int(CURLE_FAILED_INIT.rawValue), status: 0, sent: 0)
    guard isReady else { return failed }
    let answer = try? await pool.runIfActive {
      guard let handle = CurlHandle(within: seconds) else { return failed }
      defer { handle.end() }
      configure(handle)
      return handle.perform(upload)
    }
    return answer ?? failed
  }
}

/// One transfer.
final class CurlHandle {
  private let curl: UnsafeMutableRawPointer
  private var recipients: UnsafeMutablePointer<curl_slist>?

  init?(within seconds: Int) {
    guard let curl = curl_easy_init() else { return nil }
    self.curl = curl
    // Without it a time-out of a name would be a signal to the whole program.
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_TIMEOUT, seconds)
    set(CURLOPT_CONNECTTIMEOUT, min(seconds, 20))
  }

  func end() {
    curl_easy_cleanup(curl)
    curl_slist_free_all(recipients)
  }

  func set(_ option: CURLoption, _ text: String) { _ = tounesna_set_text(curl, option, text) }
  func set(_ option: CURLoption, _ number: Int) { _ = tounesna_set_number(curl, option, number) }

  func addRecipient(_ address: String) {
    recipients = curl_slist_append(recipients, address)
    _ = tounesna_set_pointer(curl, CURLOPT_MAIL_RCPT, recipients)
  }

  func perform(_ upload: [UInt8]?) -> Curl.Answer {
    let nowhere = tounesna_nowhere()
    defer { if let nowhere { fclose(nowhere) } }
    _ = tounesna_set_pointer(curl, CURLOPT_WRITEDATA, nowhere)
    guard var bytes = upload else { return answer(curl_easy_perform(curl)) }
    return bytes.withUnsafeMutableBytes { buffer in
      let file = fmemopen(buffer.baseAddress, buffer.count, "r")
      defer { if let file { fclose(file) } }
      _ = tounesna_set_pointer(curl, CURLOPT_READDATA, file)
      set(CURLOPT_UPLOAD, 1)
      return answer(curl_easy_perform(curl))
    }
  }

  private func answer(_ code: CURLcode) -> Curl.Answer {
    var (status, sent) = (0, 0)
    _ = tounesna_get_number(curl, CURLINFO_RESPONSE_CODE, &status)
    _ = tounesna_get_number(curl, CURLINFO_REQUEST_SIZE, &sent)
    return Curl.Answer(code: Int(code.rawValue), status: status, sent: sent)
  }
}
