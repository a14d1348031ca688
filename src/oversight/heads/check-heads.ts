/**
 * Holds our books against heads that were published before, and names the first head with which they do not agree.
 */
import { findLink } from '../../ground/ledger/transfer.rows.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { listTrail } from '../audit/audit-entry.rows.ts';
import type { HeadShelf, ShelvedHead } from './head-shelf.ts';
import type { ChainName, HeadFacts } from './published-head.ts';

export interface HeadConviction {
  /** The file of the published head. */
  readonly name: string;
  readonly chain: ChainName;
  readonly seq: bigint;
  readonly reason:
    | 'not-ours' // the file was changed, or another installation wrote it
    | 'missing' // our books do not reach as far as they once did
    | 'differs'; // at this place another row stands than the one that was published
}

export type HeadsVerdict =
  | { readonly ok: true; readonly checked: number; readonly newestAt: Date | undefined }
  | { readonly ok: false; readonly conviction: HeadConviction };

/** Two months of days: whoever keeps the newest heads from us still has to keep all of these. */
export const DAYS_CHECKED = 60;

export async function checkHeads(reader: Reader, shelf: HeadShelf, days: number): Promise<HeadsVerdict> {
  const heads = await shelf.list(days);
  for (const head of heads) {
    const conviction = await convict(reader, head);
    if (conviction !== undefined) return { ok: false, conviction };
  }
  const newest = heads[0]?.facts?.publishedAt;
  return { ok: true, checked: heads.length, newestAt: newest === undefined ? undefined : new Date(newest) };
}

/** Nothing when our books say the same. */
export async function convict(reader: Reader, head: ShelvedHead): Promise<HeadConviction | undefined> {
  const { name, facts } = head;
  if (facts === undefined) return { name, chain: 'ledger', seq: 0n, reason: 'not-ours' };
  return (
    (await compare(name, 'ledger', facts, async (seq) => await findLink(reader, seq))) ??
    (await compare(name, 'trail', facts, async (seq) => (await listTrail(reader, seq - 1n, 1))[0]?.link))
  );
}

async function compare(
  name: string,
  chain: ChainName,
  facts: HeadFacts,
  linkAt: (seq: bigint) => Promise<string | undefined>,
): Promise<HeadConviction | undefined> {
  const seq = BigInt(facts[chain].seq);
  if (seq === 0n) return undefined;
  const ours = await linkAt(seq);
  if (ours === facts[chain].head) return undefined;
  return { name, chain, seq, reason: ours === undefined ? 'missing' : 'differs' };
}
