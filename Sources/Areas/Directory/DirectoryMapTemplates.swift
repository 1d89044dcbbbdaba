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
      <figure>\(drawing(counts, need, territory, on: page))</figure>
      <details><summary>\(page("The same as a table"))</summary>\(table(counts, need, territory, on: page))</details>
      """)
  }

  private static func drawing(
    _ counts: [GovernorateCode: Int], _ need: Service.Need?, _ territory: Territory, on page: Page
  ) -> HTML {
    let most = max(1, counts.values.max() ?? 1)
    let tiles = territory.governorates.compactMap { governorate -> HTML? in
      guard let (column, row) = places[governorate.id.rawValue] else { return nil }
      let (x, y) = (column * 96, row * 60)
      let count = counts[governorate.id] ?? 0
      let name = governorate.name.text(in: page.reader.language)
      let tint = count == 0 ? 0 : 6 + 24 * count / most
      return """
        <a href="\(DirectoryPaths.list(Directory.Search(need: need, governorate: governorate.id)))"><title>\(name)\(page.reader.colon) \(String(count))</title>\
        <rect x="\(String(x + 2))" y="\(String(y + 2))" width="92" height="56" rx="6" fill="currentColor" fill-opacity="\(String(tint == 0 ? "0.02" : "0.\(tint < 10 ? "0" : "")\(tint)"))" stroke="currentColor" stroke-opacity="0.4"/>\
        <text x="\(String(x + 48))" y="\(String(y + 24))" text-anchor="middle" font-size="13" fill="currentColor">\(name)</text>\
        <text x="\(String(x + 48))" y="\(String(y + 46))" text-anchor="middle" font-size="16" font-weight="bold" fill="currentColor">\(String(count))</text></a>
        """
    }
    return """
      <svg viewBox="0 0 580 544" width="580" role="group" aria-labelledby="map-title map-text"><title id="map-title">\(page("Services by governorate"))</title>\
      <desc id="map-text">\(page("One tile for each governorate, about where it lies; the darker, the more services reach it. Each leads to its list."))</desc>\(tiles)</svg>
      """
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

  /// Column and row of each governorate: our own drawing.
  private static let places: [String: (Int, Int)] = [
    "TN-23": (2, 0), "TN-12": (3, 0), "TN-32": (0, 1), "TN-31": (1, 1), "TN-14": (2, 1), "TN-11": (3, 1),
    "TN-13": (4, 1), "TN-21": (5, 1), "TN-33": (0, 2), "TN-34": (1, 2), "TN-22": (3, 2), "TN-51": (4, 2),
    "TN-42": (0, 3), "TN-41": (2, 3), "TN-52": (5, 3), "TN-43": (1, 4), "TN-53": (4, 3), "TN-71": (0, 5),
    "TN-61": (3, 4), "TN-72": (0, 6), "TN-73": (1, 6), "TN-81": (2, 6), "TN-82": (3, 7), "TN-83": (2, 8),
  ]
}
