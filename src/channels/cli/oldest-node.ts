/**
 * Knows the oldest Node on which the product can run at all.
 *
 * An older one has no argon2, by which PINs are kept.
 */
export const OLDEST_NODE = '24.7.0';

/** Compares numbers, whatever stands before them: `v20.1.0`, `>=20`, `^24.21.0`. */
export function isOlder(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => (text.match(/\d+/g) ?? []).map(Number));
  for (const at of [0, 1, 2]) {
    const [mine = 0, theirs = 0] = [one?.[at], other?.[at]];
    if (mine !== theirs) return mine < theirs;
  }
  return false;
}
