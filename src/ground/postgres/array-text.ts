/**
 * Writes a list in PostgreSQL's own notation for arrays, so that a set of any size is one parameter of one text.
 *
 * A text that grows with the set is parsed anew for each size, and the two drivers write arrays differently.
 */
export function arrayText(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`;
}
