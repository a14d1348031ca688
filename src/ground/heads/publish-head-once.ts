/**
 * Publishes the head of the chain outside the database, once for each change, after the one before was compared.
 *
 * On books that disagree with what was published nothing more is published: a new head would be the forger's.
 */
import type { Clock } from '../clock.ts';
import { findFence } from '../ledger/fence.rows.ts';
import type { Reader } from '../postgres/database.ts';
import { compareHead, convicts, type HeadComparison } from './compare-head.ts';
import { type HeadShelf, putHead, readLastHead } from './head-shelf.ts';

export async function publishHeadOnce(
  reader: Reader,
  { clock }: { readonly clock: Clock },
  shelf: HeadShelf,
): Promise<HeadComparison> {
  const compared = await compareHead(reader, await readLastHead(shelf));
  if (convicts(compared.verdict)) return compared;
  const { seq, head } = await findFence(reader);
  if (seq > compared.seq) await putHead(shelf, { seq, head, at: clock.now() });
  return compared;
}
