import Basics
import People
import Storage

/// What the area itself keeps of persons.
extension Rights {
  package static let kept = Kept([
    KeptTable("rights_request", say("Requests about the data"), by: .person("person"), request),
    KeptTable("rights_hold", say("What keeps the data longer"), by: .person("person"), hold),
    KeptTable("rights_erasure", say("Destruction asked for"), by: .person("person"), erasure),
  ])

  private static let request = KeptColumn.all(
    [
      .plain("kind", say("What is asked"), .code { RightsRequest.Kind(rawValue: $0)?.label }),
      .plain("received_on", say("Received on"), .day),
      .plain("asked_by", say("Who asks"), .code { RightsRequest.Asker(rawValue: $0)?.label }),
      .plain(
        "proof", say("How the identity was checked"), .code { RightsRequest.Proof(rawValue: $0)?.label }),
      .sealed("words", say("In words"), in: "rights_request.words"),
      .plain("recorded_at", say("Recorded"), .moment), .plain("recorded_by", say("Recorded by"), .account),
      .plain("outcome", say("Outcome"), .code { RightsRequest.Outcome(rawValue: $0)?.label }),
      .plain("answered_on", say("Answered on"), .day),
      .plain("answered_by", say("Answered by"), .account),
      .sealed("answer", say("The answer"), in: "rights_request.answer"),
    ], inner: ["id", "person", "antenna"])

  private static let hold = KeptColumn.all(
    [
      .plain("kind", say("Kind"), .code { RightsHold.Kind(rawValue: $0)?.label }),
      .plain("until", say("Until"), .day),
      .sealed("reason", say("Why"), in: "rights_hold.reason", isRequired: true),
      .plain("set_at", say("Recorded"), .moment), .plain("set_by", say("Recorded by"), .account),
      .plain("lifted_at", say("Lifted"), .moment), .plain("lifted_by", say("Lifted by"), .account),
    ], inner: ["id", "person"])

  private static let erasure = KeptColumn.all(
    [
      .plain("ground", say("Ground"), .code { Erasure.Ground(rawValue: $0)?.label }),
      .plain("state", say("State"), .code { Erasure.State(rawValue: $0)?.label }),
      .sealed("reason", say("Why"), in: "rights_erasure.reason"),
      .plain("asked_at", say("Asked"), .moment), .plain("asked_by", say("Asked by"), .account),
      .plain("decided_at", say("Decided"), .moment), .plain("decided_by", say("Decided by"), .account),
      .sealed("answer", say("The answer"), in: "rights_erasure.answer"),
    ], inner: ["id", "person", "antenna", "sequence", "cases", "documents", "bytes", "records", "tokens"])
}
