import Basics
import Pages

/// A map of the country: one tile a governorate, about where it lies. Drawn here, from nothing of others.
package enum TerritoryMap {
  /// What stands on a tile.
  package struct Tile: Sendable {
    package let figure: String
    /// From 0 to 1: the darker, the more.
    package let weight: Double
    package let path: String?
    /// What the figure is of, where the name of the governorate does not say it.
    package let words: String?

    package init(figure: String, weight: Double, path: String?, words: String? = nil) {
      (self.figure, self.weight, self.path, self.words) = (figure, weight, path, words)
    }
  }

  /// - Parameter id: of the drawing in its page.
  /// - Parameter what: what a tile, its shade and its link tell, for who does not see it.
  /// - Parameter tile: what is known of a governorate; nil leaves its tile empty.
  package static func drawing(
    _ title: String, id: String, what: String, of territory: Territory, on page: Page,
    tile: (GovernorateCode) -> Tile?
  ) -> HTML {
    let tiles = territory.governorates.compactMap { governorate -> HTML? in
      guard let (column, row) = places[governorate.id.rawValue] else { return nil }
      let name = governorate.name.text(in: page.reader.language)
      let told = tile(governorate.id)
      let drawn = square(name, told, x: column * 96, y: row * 60)
      guard let told, let path = told.path else { return drawn }
      let words = told.words.map { ", \($0)" } ?? ""
      return
        "<a href=\"\(path)\"><title>\(name)\(words)\(page.reader.colon) \(told.figure)</title>\(drawn)</a>"
    }
    return """
      <figure class="map"><svg viewBox="0 0 480 480" role="group" aria-labelledby="\(id)-title \(id)-text">\
      <title id="\(id)-title">\(title)</title><desc id="\(id)-text">\(what)</desc>\(tiles)</svg></figure>
      """
  }

  private static func square(_ name: String, _ tile: Tile?, x: Int, y: Int) -> HTML {
    // Never so dark that the words on it cannot be read, in light or in dark.
    let shade = tile.map { $0.weight > 0 ? 6 + Int(24 * min(1, $0.weight)) : 2 } ?? 0
    let opacity = "0.\(shade < 10 ? "0" : "")\(shade)"
    let figure: HTML =
      tile.map {
        "<text x=\"\(String(x + 48))\" y=\"\(String(y + 46))\" text-anchor=\"middle\" font-size=\"16\" font-weight=\"bold\" fill=\"currentColor\">\($0.figure)</text>"
      } ?? .empty
    return """
      <rect x="\(String(x + 2))" y="\(String(y + 2))" width="92" height="56" rx="6" fill="currentColor" fill-opacity="\(opacity)" stroke="currentColor" stroke-opacity="0.4"/>\
      <text x="\(String(x + 48))" y="\(String(y + 24))" text-anchor="middle" font-size="13" fill="currentColor">\(name)</text>\(figure)
      """
  }

  /// Column and row of each governorate by its code of ISO 3166-2, beside its neighbours: our own drawing.
  private static let places: [String: (Int, Int)] = [
    "TN-23": (2, 0), "TN-12": (3, 0),
    "TN-32": (0, 1), "TN-31": (1, 1), "TN-14": (2, 1), "TN-11": (3, 1), "TN-21": (4, 1),
    "TN-33": (0, 2), "TN-34": (1, 2), "TN-22": (2, 2), "TN-13": (3, 2),
    "TN-42": (0, 3), "TN-41": (1, 3), "TN-51": (2, 3), "TN-52": (3, 3),
    "TN-71": (0, 4), "TN-43": (1, 4), "TN-61": (2, 4), "TN-53": (3, 4),
    "TN-72": (0, 5), "TN-73": (1, 5), "TN-81": (2, 5),
    "TN-82": (2, 6),
    "TN-83": (2, 7),
  ]
}
