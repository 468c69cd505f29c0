/**
 * A whole number given as an option, or `undefined` if the option was not given. If it is no such
 * number, says so in `mistakes`.
 */
export function wholeNumber(
  name: string,
  text: string | undefined,
  { from }: { readonly from: number },
  mistakes: string[],
): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value) && value >= from) return value;
  mistakes.push(`--${name}: expected a whole number of at least ${from}, found ${text || '""'}`);
  return undefined;
}
