/**
 * Writes down which alarms stand: new groups are raised, old ones counted, and what is over is resolved by itself.
 *
 * A group is told to the world when it is new, and again only after its cool-down, so that something which comes and goes
 * every minute is one message and not sixty. One that somebody looks after, or that is silenced, is told to nobody.
 */
import { after, MINUTE_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Db, Tx } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import type { Alert } from './alert.rows.ts';
import {
  findLastTold,
  insertAlert,
  listOpenAlerts,
  lockRules,
  markAlertResolved,
  markAlertSeen,
  markAlertTold,
} from './alert.rows.ts';
import type { AlertChannel } from './alert-delivery.rows.ts';
import { insertDelivery } from './alert-delivery.rows.ts';
import { DELIVER_ALERTS } from './alert-jobs.ts';
import type { AlertRule, Finding, RuleSetting } from './alert-rule.ts';

/** Only a person says that these are over: that the last rows are sound does not mend an older one. */
const NEVER_BY_THEMSELVES: readonly AlertRule[] = ['chain-broken', 'head-differs'];

export interface Findings {
  readonly found: readonly Finding[];
  readonly rules: readonly RuleSetting[];
  /** The ways out that the host configured. */
  readonly channels: readonly AlertChannel[];
  /** False for a look that checks one rule only: then nothing is over because it was not found. */
  readonly complete: boolean;
}

/** Raises what one look of its own has found, and wakes up whoever carries it out. */
export async function raiseApart(
  db: Db,
  ground: Ground,
  channels: readonly AlertChannel[],
  found: readonly Finding[],
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const rules = await lockRules(tx);
    const told = await raiseFindings(tx, ground, { found, rules, channels, complete: false });
    if (told > 0) await ground.queue.enqueue(tx, DELIVER_ALERTS);
  });
}

/** How many alarms were told. The caller has locked the rules. */
export async function raiseFindings(tx: Tx, ground: Ground, findings: Findings): Promise<number> {
  const now = ground.clock.now();
  const open = await listOpenAlerts(tx);
  let told = 0;
  for (const found of findings.found) {
    const known = open.find((alert) => alert.rule === found.rule && alert.subject === found.subject);
    const id = known?.id ?? ground.ids.next('alr');
    if (known === undefined) await insertAlert(tx, { ...found, id, at: now });
    else await markAlertSeen(tx, { id, measured: found.measured, at: now });
    const rule = findings.rules.find((one) => one.rule === found.rule);
    if (rule === undefined || !mayTell(known, now)) continue;
    const last = await findLastTold(tx, found);
    if (last !== undefined && after(last, rule.cooldown_min * MINUTE_MS) > now) continue;
    await markAlertTold(tx, id, now);
    for (const channel of findings.channels)
      await insertDelivery(tx, { alertId: id, channel, toldAt: now, what: 'raised' });
    told += 1;
  }
  if (findings.complete) await resolveGone(tx, open, findings, now);
  return told;
}

function mayTell(known: Alert | undefined, now: Date): boolean {
  if (known === undefined) return true;
  return known.state === 'raised' && (known.silencedUntil === undefined || known.silencedUntil <= now);
}

async function resolveGone(tx: Tx, open: readonly Alert[], findings: Findings, now: Date): Promise<void> {
  for (const alert of open) {
    const stands = findings.found.some(
      (found) => found.rule === alert.rule && found.subject === alert.subject,
    );
    if (stands || NEVER_BY_THEMSELVES.includes(alert.rule)) continue;
    await markAlertResolved(tx, alert.id, 'by itself', now);
    // Who heard of it hears that it is over, once.
    if (alert.toldAt === undefined) continue;
    for (const channel of findings.channels)
      await insertDelivery(tx, { alertId: alert.id, channel, toldAt: now, what: 'resolved' });
  }
}
