/**
 * Walks the whole ledger and the whole trail, and raises an alarm that names the first broken row.
 */
import type { Ground } from '../../ground/ground.ts';
import { verifyChain } from '../../ground/ledger/verify-chain.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { verifyTrail } from '../audit/verify-trail.ts';
import type { AlertChannel } from './alert-delivery.rows.ts';
import type { Finding } from './alert-rule.ts';
import { raiseApart } from './raise-findings.ts';

/** Always 0: the next walk is the next night's. */
export async function verifyChainsOnce(
  db: Db,
  ground: Ground,
  channels: readonly AlertChannel[],
): Promise<number> {
  const ledger = await verifyChain(db);
  const trail = await verifyTrail(db);
  const found: Finding[] = [];
  if (!ledger.ok) found.push(broken('ledger', ledger.brokenSeq));
  if (!trail.ok) found.push(broken('trail', trail.brokenSeq));
  if (found.length === 0) return 0;
  await raiseApart(db, ground, channels, found);
  return 0;
}

function broken(chain: string, seq: bigint): Finding {
  return { rule: 'chain-broken', subject: chain, measured: `nº ${seq}` };
}
