import Antennas
import Basics
import Pages

/// The map: one tile a governorate, about where it lies. Drawn here, from nothing of others.
enum DirectoryMapTemplates {
  static func map(
    _ counts: [GovernorateCode: Int], _ need: Service.Need?, _ territory: Territory, on page: Page
  ) -> HTML {
    let links =
      [(label: page("All needs"), path: DirectoryPaths.map(nil), isCurrent: need == nil)]
      + Service.Need.allCases.map {
        (label: page(DirectoryWords.need($0)), path: DirectoryPaths.map($0), isCurrent: need == $0)
      }
    return page.layout(
      page("Services by governorate"),
      """
      \(page.title(page("Services by governorate"), under: "<p><a href=\"\(DirectoryPaths.list)\">\(page("Services"))</a></p>"))
      \(page.filters(page("Helps with"), links))
      \(drawing(counts, need, territory, on: page))
      <details><summary>\(page("The same as a table"))</summary>\(table(counts, need, territory, on: page))</details>
      """)
  }

  private static func drawing(
    _ counts: [GovernorateCode: Int], _ need: Service.Need?, _ territory: Territory, on page: Page
  ) -> HTML {
    let most = Double(max(1, counts.values.max() ?? 1))
    return TerritoryMap.drawing(
      page("Services by governorate"), id: "map",
      what: page(
        "One tile for each governorate, about where it lies; the darker, the more services reach it. Each leads to its list."
      ), of: territory, on: page
    ) { governorate in
      let count = counts[governorate] ?? 0
      return TerritoryMap.Tile(
        figure: page.reader.number(count), weight: Double(count) / most,
        path: DirectoryPaths.list(Directory.Search(need: need, governorate: governorate)))
    }
  }

  private static func table(
    _ counts: [GovernorateCode: Int], _ need: Service.Need?, _ territory: Territory, on page: Page
  ) -> HTML {
    page.table(
      page("Services by governorate"), columns: [page("Governorate"), page("Services")],
      rows: territory.governorates.map { governorate in
        let path = DirectoryPaths.list(Directory.Search(need: need, governorate: governorate.id))
        return [
          "<a href=\"\(path)\">\(governorate.name.text(in: page.reader.language))</a>",
          "\(page.reader.number(counts[governorate.id] ?? 0))",
        ]
      }, empty: .empty)
  }
}
