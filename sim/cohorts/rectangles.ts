import type { SimTime } from "../engine/sim-time.ts";

/** Blobs by certification, [from, to), and by ID, [idFrom, idTo). */
export interface Rectangle {
  readonly from: SimTime;
  readonly to: SimTime;
  readonly idFrom: number;
  readonly idTo: number;
}

/** There is room for a blob in it. */
export const isReal = ({ from, to, idFrom, idTo }: Rectangle): boolean =>
  from < to && idFrom < idTo;

/** What two have in common; not real if nothing. */
export const overlap = (a: Rectangle, b: Rectangle): Rectangle => ({
  from: Math.max(a.from, b.from),
  to: Math.min(a.to, b.to),
  idFrom: Math.max(a.idFrom, b.idFrom),
  idTo: Math.min(a.idTo, b.idTo),
});

/** What is left of one where the other is not: at most four, apart from one another. */
export function without(area: Rectangle, hole: Rectangle): Rectangle[] {
  const common = overlap(area, hole);
  if (!isReal(common)) return isReal(area) ? [area] : [];
  const { from, to } = common;
  return [
    { ...area, to: from },
    { ...area, from: to },
    { ...area, from, to, idTo: common.idFrom },
    { ...area, from, to, idFrom: common.idTo },
  ].filter(isReal);
}

/** The same for several holes. */
export const withoutAll = (area: Rectangle, holes: readonly Rectangle[]): Rectangle[] =>
  holes.reduce((rest, hole) => rest.flatMap((piece) => without(piece, hole)), [area]);
