/**
 * Draws references in the shapes that the real aggregator uses.
 *
 * A restarted simulator with a seeded chance draws the same sequence again, so a reference already taken is drawn anew:
 * two payments under one reference would mix up two people's money.
 */
import type { Chance } from '../../ground/chance.ts';
import type { Direction } from '../provider.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const HEX = '0123456789abcdef';

/** `MPAYIN_` or `MPAYOUT_` and 12 capital letters or digits. */
export function drawReference(
  direction: Direction,
  chance: Chance,
  isTaken: (text: string) => boolean,
): string {
  const prefix = direction === 'in' ? 'MPAYIN_' : 'MPAYOUT_';
  return drawUntilFree(() => prefix + draw(LETTERS, 12, chance), isTaken);
}

/** `MLS`, 12 hexadecimal digits and a capital letter. */
export function drawUpstreamReference(chance: Chance, isTaken: (text: string) => boolean): string {
  return drawUntilFree(() => `MLS${draw(HEX, 12, chance)}${draw(LETTERS.slice(0, 26), 1, chance)}`, isTaken);
}

/** Six digits, as an operator's menu gives them; never one of the two codes that are wrong on purpose. */
export function drawOtp(chance: Chance): string {
  return String(100_000 + chance.below(900_000));
}

function drawUntilFree(once: () => string, isTaken: (text: string) => boolean): string {
  for (;;) {
    const text = once();
    if (!isTaken(text)) return text;
  }
}

function draw(alphabet: string, length: number, chance: Chance): string {
  return Array.from({ length }, () => alphabet[chance.below(alphabet.length)]).join('');
}
