/**
 * Publishes how far our books have come, after making sure that they still are those of which we spoke before.
 *
 * A head is only published once what it covers is on disk: the transaction that announces it waits for that, and every
 * row that it read was committed earlier. Books that do not agree with the newest head are told to people, and nothing
 * is published over it.
 */

import { HOUR_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import { findFence } from '../../ground/ledger/fence.rows.ts';
import type { Db, Reader } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import type { AlertChannel } from '../alerts/alert-delivery.rows.ts';
import { raiseApart } from '../alerts/raise-findings.ts';
import { findTrailHead } from '../audit/audit-entry.rows.ts';
import { convict } from './check-heads.ts';
import { markPublicationBegun, markPublicationDone } from './head-publication.rows.ts';
import type { HeadShelf } from './head-shelf.ts';
import type { HeadFacts } from './published-head.ts';

/** Books in which nothing moves are spoken of all the same, so that silence is always a fault. */
const SPEAK_EVERY_MS = HOUR_MS;

/** Returns how many heads it published: none when nothing moved. */
export async function publishHeadOnce(
  db: Db,
  ground: Ground,
  shelf: HeadShelf,
  channels: readonly AlertChannel[],
): Promise<number> {
  const newest = await shelf.newest();
  const conviction = newest && (await convict(db, newest));
  if (conviction !== undefined) {
    const { chain, seq, reason } = conviction;
    const measured = `nº ${seq}, ${reason}`;
    await raiseApart(db, ground, channels, [{ rule: 'head-differs', subject: chain, measured }]);
    return 0;
  }
  const facts = await announce(db, ground, shelf);
  if (newest?.facts !== undefined && saysTheSame(newest.facts, facts)) return 0;
  await shelf.put(facts);
  await inTransaction(
    db,
    async (tx) => await markPublicationDone(tx, shelf.place, new Date(facts.publishedAt)),
  );
  return 1;
}

/** From here on the heads before bind nobody: for books that were restored. Told for ever, with its reason. */
export async function restartHeads(
  db: Db,
  ground: Pick<Ground, 'clock'>,
  shelf: HeadShelf,
  reason: string,
): Promise<HeadFacts> {
  const facts = { ...(await announce(db, ground, shelf)), restart: reason };
  await shelf.put(facts);
  await inTransaction(
    db,
    async (tx) => await markPublicationDone(tx, shelf.place, new Date(facts.publishedAt)),
  );
  return facts;
}

async function announce(db: Db, ground: Pick<Ground, 'clock'>, shelf: HeadShelf): Promise<HeadFacts> {
  const at = ground.clock.now();
  return await inTransaction(db, async (tx) => {
    const ends = await readEnds(tx);
    await markPublicationBegun(tx, shelf.place, at);
    return { format: 1, publishedAt: at.toISOString(), ...ends };
  });
}

async function readEnds(reader: Reader): Promise<Pick<HeadFacts, 'ledger' | 'trail'>> {
  const ledger = await findFence(reader);
  const trail = await findTrailHead(reader);
  return {
    ledger: { seq: String(ledger.seq), head: ledger.head },
    trail: { seq: String(trail.seq), head: trail.link },
  };
}

function saysTheSame(before: HeadFacts, now: HeadFacts): boolean {
  const age_ms = Date.parse(now.publishedAt) - Date.parse(before.publishedAt);
  return (
    before.ledger.head === now.ledger.head && before.trail.head === now.trail.head && age_ms < SPEAK_EVERY_MS
  );
}
