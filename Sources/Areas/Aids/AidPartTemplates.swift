import Basics
import Pages

/// The contract of an aid and its parts. Values in, markup out.
enum AidPartTemplates {
  static func contract(_ view: AidView, on page: Page) -> HTML {
    let line = view.line
    guard line.granted != nil else { return .empty }
    let links = [Language.french, .arabic].map { language -> HTML in
      "<a class=\"button secondary\" href=\"\(AidPaths.paper(line.id, in: language))\" download>\(page("Contract as PDF"))\(page.reader.colon) \(language.ownName)</a> "
    }
    let papers: HTML = view.aid.purpose == nil ? .empty : "<p class=\"buttons\">\(links)</p>"
    let body: HTML =
      if let contract = view.aid.contract {
        page.facts([
          (page("Signed on"), page.day(contract.signedOn)),
          (page("Signed for the service by"), contract.signedBy.map { "<bdi>\($0)</bdi>" }),
          (page("Signed in the person's name by"), contract.representative.map { "<bdi>\($0)</bdi>" }),
          (page("Months of follow-up"), "\(contract.followMonths)"),
          (page("Signed copy"), view.paper(contract.scan, on: page) ?? "\(page("not attached yet"))"),
        ]) + papers + attaching(view, on: page)
      } else if line.state == .granted {
        papers + planning(view, on: page)
      } else {
        papers
      }
    return page.section(page("Contract"), id: "contract", body)
  }

  private static func attaching(_ view: AidView, on page: Page) -> HTML {
    guard page.may(.prepareAids) else { return .empty }
    return view.folded(
      page("Attach the signed copy"), AidPaths.act("scan", view.line.id), "scan", submit: page("Attach it"),
      on: page
    ) {
      $0.select(
        "scan", page("Document"), options: view.papers(on: page),
        hint: page("Add it to the documents of the case first."), required: true)
    }
  }

  private static func planning(_ view: AidView, on page: Page) -> HTML {
    let line = view.line
    let rest = Money(AidRules.unplanned(line.granted, view.aid.instalments), line.currency)
    guard page.may(.prepareAids) else { return .empty }
    guard rest.minorUnits == 0 else {
      return page.alert(.info, "<p>\(page("Still to be promised in parts: \(page.reader.money(rest))."))</p>")
        + view.folded(
          page("Plan a part"), AidPaths.act("parts", line.id), "parts", submit: page("Plan it"), on: page
        ) { partFields($0, view, "parts", on: page) }
        + view.folded(
          page("Plan equal parts"), AidPaths.act("split", line.id), "split", submit: page("Plan them"),
          on: page
        ) { partFields($0, view, "split", on: page) }
    }
    return view.folded(
      page("Record the signed contract"), AidPaths.act("contract", line.id), "contract",
      submit: page("Record it"), on: page
    ) { fields in
      """
      \(fields.text("signed-on", page("Signed on"), kind: .date, required: true))
      \(fields.text("signed-by", page("Signed for the service by"), required: true))
      \(fields.text("representative", page("Signed in the person's name by"), hint: page("Empty: the person signed herself.")))
      \(fields.text("months", page("Months of follow-up"), kind: .number, required: true))
      """
    }
  }

  private static func partFields(_ fields: FormFields, _ view: AidView, _ form: String, on page: Page) -> HTML
  {
    let isSplit = form == "split"
    let count =
      fields.text("count", page("In how many parts"), kind: .number, required: true)
      + fields.text("apart", page("Months between them"), hint: page("Empty: all on one day."), kind: .number)
    return """
      \(view.once(form, on: page))
      \(isSplit ? count : fields.text("amount", page("Amount"), required: true, direction: .ltr, limit: 30))
      \(fields.select("way", page("How it is given"), options: AidInstalment.Way.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
      \(fields.text("words", page("What it pays"), required: true, limit: Aid.longest))
      \(fields.text("due-on", isSplit ? page("Day of the first part") : page("Due"), kind: .date, required: true))
      \(fields.checkboxes("conditions", page("What must be there before"), options: AidInstalment.Condition.allCases.map { Choice($0.rawValue, page($0.label)) }))
      """
  }

  static func parts(_ view: AidView, on page: Page) -> HTML {
    let live = view.aid.instalments.filter(\.isLive)
    guard !live.isEmpty else { return .empty }
    let items = live.map { part -> HTML in
      "<li id=\"part-\(part.number)\">\(self.part(part, view, on: page))</li>"
    }
    return page.section(page("Parts"), id: "parts", "<ol class=\"records\">\(items)</ol>")
  }

  private static func part(_ part: AidInstalment, _ view: AidView, on page: Page) -> HTML {
    let head: HTML =
      "<p><strong>\(page("Part \(part.number)"))</strong> · \(AidTemplates.money(part.amount, on: page)) · \(page(part.way.label)) · \(step(part.step, due: part.due, on: page))</p>"
    let order = part.order
    let facts = page.facts([
      (page("What it pays"), part.words.map { page.prose($0) }), (page("Due"), page.day(part.dueOn)),
      (page("What must be there before"), conditions(part, view, on: page)),
      (page("Paid to"), order?.payee.map { "<bdi>\($0)</bdi>" }),
      (page("Account (RIB)"), order?.rib.map { page.bdi($0.grouped) }),
      (page("Invoice"), view.paper(part.invoice, on: page)),
      (page("Visited on"), part.visitedOn.map(page.day)),
      (page("Prepared by"), order.map { "\(view.name($0.preparedBy))" }),
      (page("Approved by"), order?.approvedBy.map { "\(view.name($0))" }),
      (page("Reference for the bank"), order.map { page.bdi($0.endToEnd) }),
      (page("Paid on"), order?.payment.map { page.day($0.on) }),
      (page("Reference of the payment"), order?.payment?.reference.map { page.bdi($0) }),
      (page("Handed over on"), part.handover.map { page.day($0.on) }),
      (page("Signed certificate"), view.paper(part.handover?.scan, on: page)),
      (page("Proven"), part.isPaid ? AidTemplates.money(part.proven, on: page) : nil),
    ])
    return head + facts + proofs(part, view, on: page) + acts(part, view, on: page)
  }

  static func step(_ step: AidInstalment.Step, due: Day?, on page: Page) -> HTML {
    if let due, due < page.today {
      return page.badge(
        "\(page(step.label)) · \(page("late since \(page.reader.date(due))"))", .attention, icon: .late)
    }
    return page.badge(page(step.label), step == .proven ? .good : .info)
  }

  private static func conditions(_ part: AidInstalment, _ view: AidView, on page: Page) -> HTML? {
    let earlier = view.aid.instalments.filter { $0.number < part.number }
    let items = AidRules.conditions(of: part, after: earlier).map { found -> HTML in
      let mark =
        found.isMet ? page.badge(page("there"), .good, icon: .done) : page.badge(page("missing"), .attention)
      return "<li>\(page(found.condition.label)) \(mark)</li>"
    }
    return items.isEmpty ? nil : "<ul>\(items)</ul>"
  }

  private static func acts(_ part: AidInstalment, _ view: AidView, on page: Page) -> HTML {
    guard let actor = page.actor else { return .empty }
    let record = part.id.text
    var acts = HTML.empty
    if page.may(.prepareAids), view.line.state == .granted {
      acts += view.form(
        AidPaths.part("removal", part), "removal", record, submit: page("Take part \(part.number) out"),
        weight: .quiet, on: page)
    }
    if page.may(.prepareAids), (try? AidRules.mustOrder(view.line, part)) != nil {
      acts += view.folded(
        page("Prepare the order"), AidPaths.part("order", part), "order", record, submit: page("Prepare it"),
        on: page
      ) { orderFields($0, part, view, on: page) }
    }
    if let order = part.order { acts += self.acts(order, of: part, view, actor, on: page) }
    if page.may(.prepareAids), part.isPaid, part.way == .kind, part.handover == nil {
      acts += handover(part, view, on: page)
    }
    if page.may(.prepareAids), part.isPaid, AidRules.unproven(part) > 0 {
      acts += view.folded(
        page("Bring a proof"), AidPaths.part("proofs", part), "proof", record, submit: page("Bring it"),
        on: page
      ) { proofFields($0, part, view, on: page) }
    }
    return acts
  }

  private static func orderFields(
    _ fields: FormFields, _ part: AidInstalment, _ view: AidView, on page: Page
  ) -> HTML {
    let invoice: HTML =
      part.conditions.contains(.invoice)
      ? fields.select("invoice", page("Invoice"), options: view.papers(on: page)) : .empty
    let visit: HTML =
      part.conditions.contains(.visit)
      ? fields.select(
        "visited-on", page("Visited on"),
        options: view.shown.visits.map { Choice($0.description, page.reader.date($0)) },
        hint: view.shown.visits.isEmpty
          ? page("No visit is recorded since the contract: record it in the case first.") : nil) : .empty
    return """
      \(view.once("order", part.id.text, on: page))
      \(fields.text("payee", page("Paid to"), required: true, limit: 140))
      \(fields.text("rib", page("Account (RIB)"), hint: page("20 digits. Empty: paid by cheque or mandate, and in no file for the bank."), direction: .ltr, limit: 40))
      \(invoice)\(visit)
      """
  }

  private static func acts(
    _ order: AidOrder, of part: AidInstalment, _ view: AidView, _ actor: Actor, on page: Page
  ) -> HTML {
    let record = order.id.text
    guard order.payment == nil else {
      guard (try? AidRules.mustUndo(view.line, part, by: actor)) != nil else { return .empty }
      return view.folded(
        page("Undo the payment"), AidPaths.order("return", part, order), "return", record,
        submit: page("Undo it"), on: page
      ) {
        $0.text(
          "why-back", page("Why it is undone"),
          hint: page(
            "The bank sent the money back, or it was recorded by mistake: the money is bound again, and the part can be ordered anew."
          ), required: true, limit: Aid.longest)
      }
    }
    var acts = HTML.empty
    if page.may(.approvePayments), order.approvedBy == nil {
      let earlier = view.aid.instalments.filter { $0.number < part.number }
      do {
        try AidRules.mustApprove(order, part, after: earlier, by: actor.id)
        acts += view.form(
          AidPaths.order("approval", part, order), "approval", record, submit: page("Approve the order"),
          on: page)
      } catch {
        if case .conflict(let why) = error { acts += page.alert(.info, "<p>\(page(why))</p>") }
      }
    }
    if page.may(.recordPayments), order.approvedBy != nil {
      acts += view.folded(
        page("Record the payment"), AidPaths.order("payment", part, order), "payment", record,
        submit: page("Record it"), on: page
      ) { paymentFields($0, on: page) }
    }
    let mayReturn =
      order.file == nil ? page.may(.approvePayments) || page.may(.recordPayments) : page.may(.recordPayments)
    if mayReturn {
      acts += view.folded(
        page("Send the order back"), AidPaths.order("return", part, order), "return", record,
        submit: page("Send it back"), on: page
      ) { $0.text("why-back", page("Why it is sent back"), required: true, limit: Aid.longest) }
    }
    return acts
  }

  static func paymentFields(_ fields: FormFields, on page: Page) -> HTML {
    fields.text("paid-on", page("Paid on"), kind: .date, required: true)
      + fields.text(
        "reference", page("Reference of the payment"),
        hint: page("Of the bank, or the number of the cheque."),
        required: true, direction: .ltr, limit: 100)
  }

  private static func handover(_ part: AidInstalment, _ view: AidView, on page: Page) -> HTML {
    let links = [Language.french, .arabic].map { language -> HTML in
      "<a class=\"button secondary\" href=\"\(AidPaths.certificate(part, in: language))\" download>\(page("Handover certificate as PDF"))\(page.reader.colon) \(language.ownName)</a> "
    }
    return "<p class=\"buttons\">\(links)</p>"
      + view.folded(
        page("Record the handover"), AidPaths.part("handover", part), "handover", part.id.text,
        submit: page("Record it"), on: page
      ) { fields in
        fields.text("handed-on", page("Handed over on"), kind: .date, required: true)
          + fields.select(
            "certificate", page("Signed certificate"), options: view.papers(on: page),
            hint: page("Add it to the documents of the case first."), required: true)
      }
  }

  private static func proofFields(
    _ fields: FormFields, _ part: AidInstalment, _ view: AidView, on page: Page
  ) -> HTML {
    let rest = Money(AidRules.unproven(part), part.amount.currency)
    return """
      \(view.once("proof", part.id.text, on: page))
      \(fields.radios("proof-way", page("What became of the money"), options: AidProof.Way.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
      \(fields.text("amount", page("Amount"), hint: page("Left to be proven: \(page.reader.money(rest))."), required: true, direction: .ltr, limit: 30))
      \(fields.text("proven-on", page("Day"), kind: .date, required: true))
      \(fields.text("proof-words", page("Supplier, or what became of the money"), required: true, limit: Aid.longest))
      \(fields.select("document", page("Document"), options: view.papers(on: page), hint: page("Needed for what was spent.")))
      """
  }

  private static func proofs(_ part: AidInstalment, _ view: AidView, on page: Page) -> HTML {
    guard !part.proofs.isEmpty else { return .empty }
    let items = part.proofs.map { proof -> HTML in
      let check =
        proof.check.map { page.badge(page($0.label), $0 == .accepted ? .good : .attention) }
        ?? page.badge(page(AidInstalment.Step.checking.label), .info)
      let facts = page.facts([
        (page("What became of the money"), "\(page(proof.way.label))"), (page("Day"), page.day(proof.on)),
        (page("Supplier, or what became of the money"), proof.words.map { "<bdi>\($0)</bdi>" }),
        (page("Document"), view.paper(proof.document, on: page)),
        (page("Brought by"), "\(view.name(proof.broughtBy))"),
        (page("Checked by"), proof.checkedBy.map { "\(view.name($0))" }),
        (page("Reason"), proof.reason.map { page.prose($0) }),
      ])
      return
        "<li><p>\(AidTemplates.money(proof.amount, on: page)) \(check)</p>\(facts)\(checking(proof, part, view, on: page))</li>"
    }
    return "<ul class=\"records\">\(items)</ul>"
  }

  private static func checking(
    _ proof: AidProof, _ part: AidInstalment, _ view: AidView, on page: Page
  ) -> HTML {
    guard proof.check == nil, page.may(.approvePayments) else { return .empty }
    guard proof.broughtBy != page.actor?.id else {
      return "<p>\(page("You brought this proof: somebody else checks it."))</p>"
    }
    return view.folded(
      page("Check the proof"), AidPaths.proof(part, proof), "check", proof.id.text, submit: page("Record it"),
      on: page
    ) { fields in
      let outcomes = [AidProof.Check.accepted, .rejected].map { Choice($0.rawValue, page($0.label)) }
      return fields.radios("outcome", page("What the check found"), options: outcomes, required: true)
        + fields.text(
          "reason", page("Reason"), hint: page("Needed for what is rejected."), limit: Aid.longest)
    }
  }
}
