/**
 * Changes the list `SEAL_KEYS`: the first key seals, all open, and a key goes only when nothing is sealed under it.
 *
 * In four steps, because several processes read the list when they start: each must be able to open what another one
 * seals. Pure, so that no key is lost to a file that could not be written.
 */
export type KeyStep =
  | 'add' // a new key at the end: it opens, and seals nothing yet
  | 'promote' // the last one comes first
  | 'drop'; // only the first one stays

/** The list after the step, or nothing when there is nothing to do. */
export function changeKeys(keys: readonly string[], step: KeyStep, made: string): string[] | undefined {
  const [first] = keys;
  const last = keys.at(-1);
  if (step === 'add') return [...keys, made];
  if (keys.length < 2 || first === undefined || last === undefined) return undefined;
  return step === 'promote' ? [last, ...keys.slice(0, -1)] : [first];
}
