type Column = Float64Array | Int32Array | Uint16Array | Uint8Array;

/**
 * Makes every typed array of a table at least `rows` long, doubling, with zeros for the new rows.
 * Other fields are left alone.
 */
export function growColumns(table: Record<string, unknown>, rows: number): void {
  for (const [name, column] of Object.entries(table)) {
    if (!ArrayBuffer.isView(column)) continue;
    const old = column as Column;
    if (old.length >= rows) continue;
    const Type = old.constructor as new (length: number) => Column;
    const grown = new Type(Math.max(rows, 2 * old.length));
    grown.set(old);
    table[name] = grown;
  }
}
