// swift-tools-version: 6.1
import PackageDescription

// The map: which part may call which. The compiler keeps it; an arrow that is not here does not exist.

/// What every area stands on.
let house: [Target.Dependency] = [
  "Basics", "Storage", "Pages", "Web",
  .product(name: "Hummingbird", package: "hummingbird"),
  .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
]

let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// For modules that all others stand on: what is called for every value of a page may be compiled into its caller.
/// Not for one that imports GRDB: the compiler crashes.
let openSettings =
  swiftSettings + [.unsafeFlags(["-cross-module-optimization"], .when(configuration: .release))]

/// A room: its target and its tests. `calls` names the areas whose doors it may open; `knows`: it reads files that are
/// edited like words, in its folder `Knowledge`: knowledge, templates of papers.
/// `tests`: what its tests need besides.
func area(
  _ name: String, calls: [Target.Dependency] = [], knows: Bool = false, tests: [Target.Dependency] = []
) -> [Target] {
  [
    .target(
      name: name, dependencies: house + calls, path: "Sources/Areas/\(name)", exclude: ["README.md"],
      resources: knows ? [.copy("Knowledge")] : [], swiftSettings: swiftSettings),
    .testTarget(
      name: "\(name)Tests", dependencies: house + calls + tests + [.target(name: name), "TestSupport"],
      swiftSettings: swiftSettings),
  ]
}

/// What reads a workbook back.
let readers: [Target.Dependency] = ["Imports", "CZip"]

/// What asks at a reception whether the person is here already.
let askers: [Target.Dependency] = ["Duplicates"]

/// Who tells facts that rules ask for.
let told: [Target.Dependency] = ["Accounts", "Documents", "Households"]

/// What tells of tasks.
let messengers: [Target.Dependency] = ["Messages"]

/// What tells persons of what was decided.
let tellers: [Target.Dependency] = ["Messages"]

/// What a committee's notices go by, what rules of aids ask of a household, and the visits that a contract asks for.
let givers: [Target.Dependency] = ["Messages", "Households", "Visits"]

let areas: [Target] =
  area("Antennas")
  + area(
    "Accounts",
    calls: [
      "Antennas", "CArgon2", .product(name: "Crypto", package: "swift-crypto"),
      .product(name: "NIOPosix", package: "swift-nio"),
    ])
  + area("Names", knows: true)
  + area("People", calls: ["Antennas", "Names"])
  + area(
    "Cases",
    calls: [
      "People", "Antennas", "Accounts", "Sheets", .product(name: "HTTPTypes", package: "swift-http-types"),
      .product(name: "NIOCore", package: "swift-nio"),
    ], tests: readers)
  + area(
    "Documents",
    calls: [
      "Cases", "Antennas", "People", "CMagic", .product(name: "Crypto", package: "swift-crypto"),
      .product(name: "HTTPTypes", package: "swift-http-types"),
      .product(name: "Logging", package: "swift-log"),
      .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
    ])
  + area(
    "Plans",
    calls: [
      "People", "Cases", "Documents", "Papers", .product(name: "HTTPTypes", package: "swift-http-types"),
      .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
    ], knows: true)
  + area("Visits", calls: ["Accounts", "Antennas", "People", "Cases", "Plans"])
  + area("Skills", calls: ["People", "Cases"])
  + area("Households", calls: ["People", "Cases"])
  + area("Receptions", calls: ["Accounts", "Antennas", "People", "Cases"], tests: askers)
  + area(
    "Surveys",
    calls: [
      "Accounts", "People", "Cases", "Households", "Papers",
      .product(name: "HTTPTypes", package: "swift-http-types"),
      .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
    ], knows: true)
  + area(
    "Pieces",
    calls: [
      "Accounts", "People", "Cases", "Documents", "Papers", .product(name: "Yams", package: "Yams"),
      .product(name: "HTTPTypes", package: "swift-http-types"),
      .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
    ], knows: true)
  + area(
    "Assessments",
    calls: [
      "Accounts", "People", "Cases", "Papers", .product(name: "Yams", package: "Yams"),
      .product(name: "HTTPTypes", package: "swift-http-types"),
      .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
    ], knows: true)
  + area("Transfers", calls: ["Accounts", "Antennas", "People", "Cases"])
  + area(
    "Closures",
    calls: [
      "Accounts", "People", "Cases", "Plans", "Visits", "Papers",
      .product(name: "HTTPTypes", package: "swift-http-types"),
      .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
    ], knows: true)
  + area("Openings", calls: ["Accounts", "Antennas", "People", "Cases"])
  + area(
    "Rights",
    calls: [
      "Accounts", "Antennas", "People", "Cases", "Documents", "Papers",
      .product(name: "HTTPTypes", package: "swift-http-types"),
      .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
    ], knows: true)
  + area(
    "Messages",
    calls: ["Accounts", "People", "Cases", "CCurl", .product(name: "NIOPosix", package: "swift-nio")],
    knows: true)
  + area(
    "Eligibility", calls: ["Antennas", "People", "Cases", .product(name: "Yams", package: "Yams")],
    tests: told)
  + area("Tasks", calls: ["Accounts", "Antennas", "People", "Cases", "Messages"])
  + area("Circulars", calls: ["Accounts", "Antennas"])
  + area("Questions", calls: ["Accounts", "Antennas", "People", "Cases"])
  + area(
    "Referrals",
    calls: [
      "Accounts", "Antennas", "People", "Cases", "Plans", "Documents", "Directory", "Messages",
      .product(name: "HTTPTypes", package: "swift-http-types"),
    ])
  + area(
    "Letters",
    calls: [
      "Accounts", "Antennas", "People", "Cases", "Messages", "Papers",
      .product(name: "Yams", package: "Yams"),
      .product(name: "HTTPTypes", package: "swift-http-types"),
      .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
    ], knows: true)
  + area(
    "Directory",
    calls: [
      "Antennas", "People", "Cases", "Documents", "Imports", "Papers", "Messages",
      .product(name: "Crypto", package: "swift-crypto"),
      .product(name: "HTTPTypes", package: "swift-http-types"),
      .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
    ], knows: true)
  + area(
    "Agenda",
    calls: [
      "Accounts", "Antennas", "People", "Cases", "Messages",
      .product(name: "HTTPTypes", package: "swift-http-types"),
      .product(name: "NIOCore", package: "swift-nio"),
    ])
  + area("Complaints", calls: ["Accounts", "Antennas", "People", "Cases", "Papers"], knows: true)
  + area(
    "Reviews",
    calls: [
      "Accounts", "Antennas", "People", "Cases", "Tasks", "Papers", .product(name: "Yams", package: "Yams"),
    ], knows: true, tests: messengers)
  + area(
    "Meetings",
    calls: ["Accounts", "Antennas", "People", "Cases", "Tasks", "Papers"], knows: true, tests: messengers)
  + area("Board", calls: ["Antennas"])
  + area(
    "Funding",
    calls: [
      "Accounts", "Antennas", "People", "Cases", "Sheets",
      .product(name: "HTTPTypes", package: "swift-http-types"),
      .product(name: "NIOCore", package: "swift-nio"),
    ])
  + area(
    "Committees",
    calls: [
      "Accounts", "Antennas", "People", "Cases", "Messages", "Papers",
      .product(name: "Yams", package: "Yams"),
      .product(name: "Crypto", package: "swift-crypto"),
    ], knows: true)
  + area(
    "Aids",
    calls: [
      "Accounts", "Antennas", "People", "Cases", "Documents", "Papers", "Funding", "Committees",
      "Eligibility",
      .product(name: "Yams", package: "Yams"), .product(name: "Crypto", package: "swift-crypto"),
      .product(name: "HTTPTypes", package: "swift-http-types"),
      .product(name: "NIOCore", package: "swift-nio"),
    ], knows: true, tests: givers)
  + area("Home", calls: ["Cases", "People", "Accounts", "Antennas"])
  + area("Oversight", calls: ["Accounts", "Antennas"])
  + area(
    "Imports",
    calls: [
      "People", "Cases", "Antennas", "Duplicates", "CZip", "CExpat", .product(name: "Yams", package: "Yams"),
      .product(name: "HTTPTypes", package: "swift-http-types"),
      .product(name: "NIOCore", package: "swift-nio"),
    ], knows: true)
  + area("Linkage", calls: ["Names", .product(name: "Yams", package: "Yams")])
  + area("Duplicates", calls: ["People", "Cases", "Antennas", "Accounts", "Linkage", "Names"])

let areaNames = areas.filter { $0.type == .regular }.map { Target.Dependency.target(name: $0.name) }

let package = Package(
  name: "tounesna",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "tounesna", targets: ["Server"]),
    .executable(name: "bench", targets: ["Bench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(
      url: "https://github.com/apple/swift-configuration", from: "1.4.0",
      traits: [.defaults, "CommandLineArguments", "YAML"]),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
    .systemLibrary(name: "CQRCode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CMagic", pkgConfig: "libmagic", providers: [.apt(["libmagic-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(
      name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .target(name: "Basics", resources: [.copy("Words")], swiftSettings: openSettings),
    .target(
      name: "Storage",
      dependencies: [
        "Basics", "CPostgres",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "Pages", dependencies: ["Basics", "CQRCode"], resources: [.copy("Look")],
      swiftSettings: openSettings),
    .target(
      name: "Web",
      dependencies: [
        "Basics", "Storage", "Pages", "Papers",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "Sheets",
      dependencies: [
        "Basics", "Storage", "CXlsxWriter", .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: swiftSettings),
    .target(name: "Papers", resources: [.copy("Typst")], swiftSettings: swiftSettings),
    .executableTarget(
      name: "Server",
      dependencies: house + areaNames + [
        "Papers",
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "Bench",
      dependencies: ["Basics", "Storage", "Accounts", "Antennas", "People", "Cases", "Funding"],
      swiftSettings: swiftSettings),
    .target(
      name: "TestSupport",
      dependencies: house + [
        "CPostgres", .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
      ],
      swiftSettings: swiftSettings),
    .testTarget(name: "BasicsTests", dependencies: ["Basics"], swiftSettings: swiftSettings),
    .testTarget(
      name: "StorageTests", dependencies: ["Storage", "TestSupport"], swiftSettings: swiftSettings),
    .testTarget(name: "PagesTests", dependencies: ["Pages"], swiftSettings: swiftSettings),
    .testTarget(
      name: "WebTests",
      dependencies: house + [
        "TestSupport", .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ServerTests",
      dependencies: house + areaNames + [
        "Server", "Papers", "TestSupport", .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      exclude: ["DutyMatrix.txt", "PermissionMatrix.txt", "ShippedMigrations.txt"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "PapersTests", dependencies: ["Papers", "TestSupport"], swiftSettings: swiftSettings),
    .testTarget(
      name: "SheetsTests", dependencies: readers + ["Basics", "Storage", "Sheets", "TestSupport"],
      swiftSettings: swiftSettings),
    .testTarget(name: "HouseTests", swiftSettings: swiftSettings),
  ] + areas,
  swiftLanguageModes: [.v6]
)
