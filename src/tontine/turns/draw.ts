/**
 * Draws lots so that anyone can check the result, and nobody can choose it.
 *
 * The seal (`commitment`) is published before: the hash of a secret seed and of the exact list. Then members add words
 * of their own, and only then the seed is revealed. Whoever knows the seed cannot foresee the words, whoever adds the
 * words does not know the seed. A name that changes in between breaks the seal. `docs/verify-draw.mjs` does the same
 * sums in twenty lines, outside the product; what is drawn must never change without a new name of the algorithm.
 */
import { createHash } from 'node:crypto';
import { type Chance, seededChance } from '../../ground/chance.ts';
import { invariant } from '../../ground/refusal.ts';

export const DRAW_ALGORITHM = 'tontine-draw-1';

/** Everything that is needed to draw again. */
export interface DrawProof {
  readonly algorithm: string;
  readonly commitment: string;
  /** 64 hexadecimal digits, secret until the reveal. */
  readonly seed: string;
  /** One line for each share, in the published order. */
  readonly list: readonly string[];
  /** One line for each member who added words, in the order in which they came. */
  readonly entropies: readonly string[];
  /** The lines of the list as drawn. */
  readonly order: readonly string[];
}

/** What does not fit in a proof. */
export type DrawMismatch =
  | 'algorithm' // drawn in a way that this version does not know
  | 'commitment' // the list or the seed is not what was sealed
  | 'order'; // the result is not what seed, list and words give

const SEED_BYTES = 32;

export function newSeed(chance: Chance): string {
  return Buffer.from(chance.bytes(SEED_BYTES)).toString('hex');
}

/** The line of a share in the list: the id keeps two people of one name apart. */
export function listLine(shareId: string, name: string): string {
  return `${shareId} ${oneLine(name)}`;
}

export function entropyLine(memberId: string, words: string): string {
  return `${memberId} ${oneLine(words)}`;
}

/** The share that a line of the list or of an order names. */
export function shareOf(line: string): string {
  return line.split(' ', 1)[0] ?? '';
}

/** The seal that is published before anybody adds words. */
export function commitmentOf(seed: string, list: readonly string[]): string {
  invariant(/^[0-9a-f]{64}$/.test(seed), 'the seed of a draw is not 64 hexadecimal digits');
  invariant(list.length > 0 && new Set(list).size === list.length, 'the list of a draw is empty or repeats');
  return hashOf([DRAW_ALGORITHM, seed, ...list]);
}

/** The list as drawn: every share equally likely at every place, the same for everybody who computes it. */
export function drawOrder(seed: string, list: readonly string[], entropies: readonly string[]): string[] {
  // The seal is part of the key: the same seed and words over another list are another draw.
  const key = hashOf([DRAW_ALGORITHM, seed, commitmentOf(seed, list), ...entropies]);
  const chance = seededChance(key);
  const order = [...list];
  for (let place = order.length - 1; place > 0; place--) {
    const other = chance.below(place + 1);
    const [mine = '', theirs = ''] = [order[place], order[other]];
    order[place] = theirs;
    order[other] = mine;
  }
  return order;
}

/** The whole proof, for publication once the seed may be known. */
export function proveDraw(seed: string, list: readonly string[], entropies: readonly string[]): DrawProof {
  return {
    algorithm: DRAW_ALGORITHM,
    commitment: commitmentOf(seed, list),
    seed,
    list,
    entropies,
    order: drawOrder(seed, list, entropies),
  };
}

/** What is wrong with a proof; nothing when it holds. */
export function mismatchIn(proof: DrawProof): DrawMismatch | undefined {
  if (proof.algorithm !== DRAW_ALGORITHM) return 'algorithm';
  if (commitmentOf(proof.seed, proof.list) !== proof.commitment) return 'commitment';
  const drawn = drawOrder(proof.seed, proof.list, proof.entropies);
  return drawn.join('\n') === proof.order.join('\n') ? undefined : 'order';
}

function hashOf(lines: readonly string[]): string {
  // A line break inside a line would let two lists have one seal.
  invariant(
    lines.every((line) => !/[\n\r]/.test(line)),
    'a line of a draw holds a line break',
  );
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

function oneLine(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}
