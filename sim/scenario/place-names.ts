/** Where hosts can stand, as a latency table names it. */
export interface PlaceNames {
  /** Cities, or the regions of a cloud. */
  readonly places: readonly string[];
  /** Macro regions. */
  readonly regions: readonly string[];
  regionOf(place: string): string | undefined;
}

/** Reads the names out of the text of a table with the columns `place` and `region`. */
export function placeNames(text: string): PlaceNames {
  const [header = [], ...rows] = text.split(/\r?\n/).map((line) => line.split(","));
  const place = header.indexOf("place");
  const region = header.indexOf("region");
  const regions = new Map(rows.map((cells) => [cells[place] ?? "", cells[region] ?? ""]));
  regions.delete("");
  return {
    places: [...regions.keys()],
    regions: [...new Set(regions.values())],
    regionOf: (name) => regions.get(name),
  };
}
