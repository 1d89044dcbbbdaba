import Basics
import Testing

@testable import Funding

@Suite struct `Changing euros into dinars` {
  @Test func `a half goes to the even cent`() {
    #expect(Exchange.halfEven(5, 10) == 0)
    #expect(Exchange.halfEven(15, 10) == 2)
    #expect(Exchange.halfEven(25, 10) == 2)
    #expect(Exchange.halfEven(26, 10) == 3)
  }

  @Test func `a hundred dinars at 3,3845 are 29,55 euros`() {
    #expect(Exchange.convert(Money(100_000, .tnd), to: .eur, at: 3_384_500) == Money(2_955, .eur))
    #expect(Exchange.convert(Money(2_955, .eur), to: .tnd, at: 3_384_500) == Money(100_012, .tnd))
  }
}
