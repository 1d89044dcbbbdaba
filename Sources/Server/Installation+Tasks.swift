import Accounts
import Basics
import Referrals
import Storage
import Tasks

extension Installation {
  /// What waits too long at a service becomes a task of the head, then of the centre, until it goes on.
  static func tasksOfReferrals(_ tasks: Tasks) -> ReferralFollower {
    { news, db in
      switch news {
      case .waits(let wait):
        try tasks.remind(
          NewTask(
            to: wait.office == .head ? .role(.antennaHead, at: wait.antenna) : .centre,
            words: TaskReminder.referralWaits.words, due: wait.due, about: wait.file,
            origin: Referral.reference(wait.referral), key: "\(keys(wait.referral))\(wait.office):\(wait.due)"
          ),
          in: db)
      case .goesOn(let referral): try tasks.settle(keys(referral), in: db)
      }
    }
  }

  private static func keys(_ referral: RecordID<Referral>) -> String { "referral-clock:\(referral):" }
}
