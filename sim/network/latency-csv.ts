import { LatencyTable, type Place } from "./latency-table.ts";

/** Texts of comma-separated tables, without quotes; the first line of each names its columns. */
export interface LatencyTexts {
  /** One place a line; the columns `place` and `region` are read. */
  readonly places: string;
  /** Mean round trip in ms: from the place that begins the line to the place that heads the column. */
  readonly roundTrip: string;
  /** Its standard deviation in ms, in the same form. */
  readonly deviation?: string;
}

/** One thing wrong with a table. Lines are counted from 1. */
interface TableMistake {
  readonly table: keyof LatencyTexts;
  readonly line: number;
  readonly text: string;
}

type ParsedLatency =
  | { readonly ok: true; readonly table: LatencyTable }
  | { readonly ok: false; readonly mistakes: readonly TableMistake[] };

type Report = (line: number, text: string) => void;

// Between two zones of one metropolitan area, 13 sites of IBM Cloud: the median of their medians.
const SAME_PLACE_ROUND_TRIP_MIN = 0.75;
// Without a table of deviations: the median over all pairs of WonderNetwork's cities.
const DEVIATION_ASSUMED = 0.6;
const DEVIATION_SHARE_MAX = 0.1;

/**
 * Reads a table of places and one of round trips. A blank cell takes the value of the opposite
 * direction, failing that the median between the two regions, failing that the median of all.
 * Whatever is wrong is listed, all at once.
 */
export function parseLatency(texts: LatencyTexts): ParsedLatency {
  const mistakes: TableMistake[] = [];
  const reportOf =
    (table: keyof LatencyTexts): Report =>
    (line, text) =>
      mistakes.push({ table, line, text });
  const places = parsePlaces(texts.places, reportOf("places"));
  const roundTrip = parseMatrix(texts.roundTrip, places, reportOf("roundTrip"));
  const deviation =
    texts.deviation === undefined
      ? undefined
      : parseMatrix(texts.deviation, places, reportOf("deviation"));
  if (mistakes.length > 0) return { ok: false, mistakes };

  fillBlanks(roundTrip, places);
  for (let place = 0; place < places.length; place++) {
    const pair = place * (places.length + 1);
    roundTrip[pair] = Math.max(roundTrip[pair]!, SAME_PLACE_ROUND_TRIP_MIN);
  }
  if (deviation !== undefined) fillBlanks(deviation, places);
  const deviations =
    deviation ?? roundTrip.map((trip) => Math.min(DEVIATION_ASSUMED, trip * DEVIATION_SHARE_MAX));
  return {
    ok: true,
    table: new LatencyTable(places, {
      // Half the way, half the time; both ways vary alike and apart, so variances add.
      mean: roundTrip.map((trip) => (trip / 2) * 1000),
      deviation: deviations.map((trip) => (trip / Math.SQRT2) * 1000),
    }),
  };
}

function parsePlaces(text: string, report: Report): Place[] {
  const [header = [], ...rows] = cellsOf(text);
  const name = header.indexOf("place");
  const region = header.indexOf("region");
  if (name < 0 || region < 0) report(1, `expected the columns place and region, found ${header}`);
  const seen = new Set<string>();
  const places = rows.map((cells, row) => {
    const place = { name: cells[name] ?? "", region: cells[region] ?? "" };
    const line = row + 2;
    if (cells.length !== header.length) report(line, misfit(header.length, cells.length));
    else if (place.name === "" || place.region === "")
      report(line, "expected a place and a region");
    else if (seen.has(place.name)) report(line, `${place.name} stands here for the second time`);
    seen.add(place.name);
    return place;
  });
  if (places.length === 0) report(1, "expected at least one place");
  return places;
}

/** In rows by number of place; blank is NaN. */
function parseMatrix(text: string, places: readonly Place[], report: Report): Float64Array {
  const matrix = new Float64Array(places.length ** 2).fill(Number.NaN);
  const indexes = new Map(places.map(({ name }, index) => [name, index]));
  const [header = [], ...rows] = cellsOf(text);
  const columns = header.slice(1).map((name) => indexes.get(name) ?? unknown(1, name, report));
  const missing = new Set(indexes.keys());
  rows.forEach((cells, row) => {
    const [name = ""] = cells;
    const from = indexes.get(name);
    const line = row + 2;
    if (cells.length !== header.length) report(line, misfit(header.length, cells.length));
    else if (from === undefined) unknown(line, name, report);
    else if (!missing.delete(name)) report(line, `${name} stands here for the second time`);
    for (let cell = 1; cell < cells.length; cell++) {
      if (cells[cell] === "") continue;
      const number = Number(cells[cell]);
      if (!(number >= 0 && number < Infinity)) {
        report(line, `${header[cell]}: expected milliseconds, found ${cells[cell]}`);
      }
      const to = columns[cell - 1];
      if (from !== undefined && to !== undefined) matrix[from * places.length + to] = number;
    }
  });
  if (missing.size > 0) report(1, `no row for ${[...missing].join(", ")}`);
  return matrix;
}

function fillBlanks(matrix: Float64Array, places: readonly Place[]): void {
  const count = places.length;
  const measured = matrix.slice();
  const medians = new Map<string, number>();
  const placesOf = (region: string | undefined): number[] =>
    [...places.keys()].filter((place) => region === undefined || places[place]!.region === region);
  /** Over the measured pairs from one region to the other, or over all. */
  const medianOf = (from?: string, to?: string): number => {
    const name = `${from}/${to}`;
    const known = medians.get(name);
    if (known !== undefined) return known;
    const values: number[] = [];
    for (const a of placesOf(from)) {
      for (const b of placesOf(to)) {
        const value = measured[a * count + b]!;
        if (a !== b && !Number.isNaN(value)) values.push(value);
      }
    }
    const found = values.length > 0 || from === undefined ? median(values) : medianOf();
    medians.set(name, found);
    return found;
  };
  places.forEach((from, a) => {
    places.forEach((to, b) => {
      const pair = a * count + b;
      if (!Number.isNaN(measured[pair])) return;
      const back = measured[b * count + a]!;
      if (a === b) matrix[pair] = 0;
      else matrix[pair] = Number.isNaN(back) ? medianOf(from.region, to.region) : back;
    });
  });
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

function cellsOf(text: string): string[][] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => line.split(","));
}

function misfit(expected: number, found: number): string {
  return `expected ${expected} cells, found ${found}`;
}

function unknown(line: number, name: string, report: Report): undefined {
  report(line, `${name} is not in the table of places`);
}
