/** A field that two pieces of data do not share; `undefined` where one does not have it. */
export interface FieldDifference {
  readonly path: string;
  readonly first: unknown;
  readonly second: unknown;
}

/** Every field in which two pieces of plain data differ, as deep as they have the same shape. */
export function dataDifferences(first: unknown, second: unknown, path = ""): FieldDifference[] {
  if (
    !isContainer(first) ||
    !isContainer(second) ||
    Array.isArray(first) !== Array.isArray(second)
  ) {
    return Object.is(first, second) ? [] : [{ path, first, second }];
  }
  const keys = new Set([...Object.keys(first), ...Object.keys(second)]);
  return [...keys].flatMap((key) => {
    const inner = Array.isArray(first) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
    return dataDifferences(first[key], second[key], inner);
  });
}

const isContainer = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
