import Basics
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Pages
import Papers
import Web

/// The pages of the instruments: what there is, one of them, trying it, its file and its form on paper.
struct InstrumentPages: Sendable {
  let assessments: Assessments
  /// Nil where no papers are made.
  let papers: Papers?

  private static let template = Bundle.module.url(
    forResource: "form", withExtension: "typ", subdirectory: "Knowledge"
  ).flatMap { try? String(contentsOf: $0, encoding: .utf8) }

  func addRoutes(to routes: Routes) {
    routes.get("/instruments", use: list)
    routes.get("/instruments/new", use: new)
    routes.post("/instruments", takesFiles: true, use: load)
    routes.get("/instruments/:instrument", use: show)
    routes.get("/instruments/:instrument/trial", use: trial)
    routes.post("/instruments/:instrument/trial", use: attempt)
    routes.post("/instruments/:instrument/force", use: force)
    routes.post("/instruments/:instrument/retirement", use: retire)
    routes.get("/instruments/:instrument/agreement", use: agreement)
    routes.get("/instruments/:instrument/file.yaml", use: file)
    routes.get("/instruments/:instrument/form.pdf", use: paper)
  }

  private func id(_ context: AppContext) -> InstrumentID {
    InstrumentID(rawValue: context.parameters.get("instrument") ?? "")
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    InstrumentTemplates.list(try await assessments.instruments(for: context.actor), on: try context.page)
  }

  @Sendable func new(_ request: Request, _ context: AppContext) async throws -> HTML {
    try context.actor.must(.keepInstruments)
    return InstrumentTemplates.new("", [], on: try context.page)
  }

  /// A file, or what was pasted; faults come back with the text and their lines.
  @Sendable func load(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.keepInstruments)
    let text = try InstrumentForm.text(context.typed, context.files["file"])
    do {
      let id = try await assessments.load(text.checked(), by: actor)
      return .seeOther(InstrumentPaths.show(id), .saved)
    } catch Refusal.invalid(let errors) {
      return InstrumentTemplates.new(text.text, errors, on: page).response(.unprocessableContent)
    }
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    InstrumentTemplates.show(
      try await assessments.instrument(id(context), for: context.actor), AssessmentAttempt(Typed()),
      on: try context.page)
  }

  /// One that has words: a frame is only read.
  private func worded(_ context: AppContext) async throws -> KeptInstrument {
    let kept = try await assessments.instrument(id(context), for: context.actor)
    guard !kept.instrument.isFrame else { throw Refusal.notFound }
    return kept
  }

  @Sendable func trial(_ request: Request, _ context: AppContext) async throws -> HTML {
    let kept = try await worded(context)
    return InstrumentTrialTemplates.trial(kept, AssessmentAttempt(Typed()), nil, on: try context.page)
  }

  /// Nothing of it is kept.
  @Sendable func attempt(_ request: Request, _ context: AppContext) async throws -> Response {
    let page = try context.page
    let kept = try await worded(context)
    do {
      let fields = try AssessmentForm.sample(context.typed, kept.instrument)
      let scoring = AssessmentScoring.scoring(kept.instrument, fields.answers)
      return InstrumentTrialTemplates.trial(kept, AssessmentAttempt(context.typed), scoring, on: page)
        .response()
    } catch Refusal.invalid(let errors) {
      return InstrumentTrialTemplates.trial(kept, AssessmentAttempt(context.typed, errors), nil, on: page)
        .response(.unprocessableContent)
    }
  }

  @Sendable func force(_ request: Request, _ context: AppContext) async throws -> Response {
    try await assessments.force(id(context), by: context.actor)
    return .seeOther(InstrumentPaths.show(id(context)), .saved)
  }

  @Sendable func retire(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.keepInstruments)
    do {
      try await assessments.retire(id(context), because: AssessmentForm.reason(context.typed), by: actor)
      return .seeOther(InstrumentPaths.show(id(context)), .saved)
    } catch Refusal.invalid(let errors) {
      let kept = try await assessments.instrument(id(context), for: actor)
      return InstrumentTemplates.show(
        kept, AssessmentAttempt(context.typed, errors), on: try context.page
      ).response(.unprocessableContent)
    }
  }

  @Sendable func agreement(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (kept, found) = try await assessments.agreement(id(context), for: context.actor)
    return InstrumentTrialTemplates.agreement(kept, found, on: try context.page)
  }

  /// The file as it came, to be changed and loaded as the next version.
  @Sendable func file(_ request: Request, _ context: AppContext) async throws -> Response {
    let kept = try await assessments.instrument(id(context), for: context.actor)
    return Response(
      status: .ok,
      headers: [
        .contentType: "application/yaml; charset=utf-8",
        .contentDisposition: "attachment; filename=\"\(kept.instrument.id).yaml\"",
      ], body: .init(byteBuffer: ByteBuffer(string: kept.text)))
  }

  @Sendable func paper(_ request: Request, _ context: AppContext) async throws -> Response {
    let page = try context.page
    let kept = try await worded(context)
    let language = Language(rawValue: request.query("language")) ?? page.reader.language
    return try await context.paper(
      named: "\(kept.instrument.id)-\(language.rawValue).pdf", back: InstrumentPaths.show(kept.instrument.id),
      say("Questionnaires")
    ) {
      try await papers.pdf(Self.template, InstrumentPaper(kept.instrument, in: language))
    }
  }
}

/// Links to instruments.
package enum InstrumentPaths {
  package static let list = "/instruments"
  static let new = "/instruments/new"
  package static func show(_ id: InstrumentID) -> String { "/instruments/\(id)" }
  static func trial(_ id: InstrumentID) -> String { "\(show(id))/trial" }
  static func force(_ id: InstrumentID) -> String { "\(show(id))/force" }
  static func retirement(_ id: InstrumentID) -> String { "\(show(id))/retirement" }
  static func agreement(_ id: InstrumentID) -> String { "\(show(id))/agreement" }
  static func file(_ id: InstrumentID) -> String { "\(show(id))/file.yaml" }
  static func pdf(_ id: InstrumentID, _ language: Language) -> String {
    "\(show(id))/form.pdf?language=\(language.rawValue)"
  }
}
