/**
 * Reads everything that anyone needs to draw a revealed draw again, as `docs/verify-draw.mjs` takes it.
 *
 * Before the reveal there is no proof to read: the seed of a draw that is only sealed never leaves the database.
 */
import type { Reader } from '../../ground/postgres/database.ts';
import { invariant } from '../../ground/refusal.ts';
import { type Draw, findSeed, listEntropies } from './draw.rows.ts';
import { type DrawProof, entropyLine } from './draw.ts';

export async function readDrawProof(reader: Reader, draw: Draw): Promise<DrawProof | undefined> {
  if (draw.state !== 'revealed' || draw.result === null) return undefined;
  const seed = await findSeed(reader, draw.id);
  invariant(seed !== undefined, `draw ${draw.id} lost its seed`);
  const words = await listEntropies(reader, draw.id);
  return {
    algorithm: draw.algorithm,
    commitment: draw.commitment,
    seed,
    list: draw.entries,
    entropies: words.map(({ membershipId, entropy }) => entropyLine(membershipId, entropy)),
    order: draw.result,
  };
}
