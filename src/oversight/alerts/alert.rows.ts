/**
 * Reads and writes the tables `alert_rules` and `alerts`.
 */
import type { Generated, Selectable } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import type { AlertRule, AlertState, Finding, RuleSetting } from './alert-rule.ts';

interface AlertRuleTable {
  rule: AlertRule;
  threshold: bigint;
  cooldown_min: number;
  enabled: boolean;
  severity: 'page' | 'notice';
}

interface AlertTable {
  id: string;
  rule: AlertRule;
  subject: string;
  measured: string;
  state: AlertState;
  times: Generated<number>;
  first_at: Date;
  last_at: Date;
  told_at: Generated<Date | null>;
  silenced_until: Generated<Date | null>;
  acknowledged_by: Generated<string | null>;
  acknowledged_at: Generated<Date | null>;
  resolved_by: Generated<string | null>;
  resolved_at: Generated<Date | null>;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    alert_rules: AlertRuleTable;
    alerts: AlertTable;
  }
}

export interface Alert {
  readonly id: string;
  readonly rule: AlertRule;
  readonly subject: string;
  readonly measured: string;
  readonly state: AlertState;
  readonly times: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly toldAt: Date | undefined;
  readonly silencedUntil: Date | undefined;
  readonly acknowledgedBy: string | undefined;
  readonly resolvedBy: string | undefined;
  readonly resolvedAt: Date | undefined;
}

export async function listRules(reader: Reader): Promise<RuleSetting[]> {
  return await reader.selectFrom('alert_rules').selectAll().orderBy('rule').execute();
}

/** The same, locked: one process at a time decides what stands. */
export async function lockRules(tx: Tx): Promise<RuleSetting[]> {
  return await tx.selectFrom('alert_rules').selectAll().orderBy('rule').forUpdate().execute();
}

export async function markRule(tx: Tx, setting: Omit<RuleSetting, 'severity'>): Promise<void> {
  await tx
    .updateTable('alert_rules')
    .set({
      threshold: setting.threshold,
      cooldown_min: setting.cooldown_min,
      enabled: setting.enabled,
    })
    .where('rule', '=', setting.rule)
    .execute();
}

/** Those that are not over, the newest first. */
export async function listOpenAlerts(reader: Reader): Promise<Alert[]> {
  const rows = await reader
    .selectFrom('alerts')
    .selectAll()
    .where('state', '<>', 'resolved')
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  return rows.map(toAlert);
}

export async function listResolvedAlerts(reader: Reader, limit: number): Promise<Alert[]> {
  const rows = await reader
    .selectFrom('alerts')
    .selectAll()
    .where('state', '=', 'resolved')
    .orderBy('resolved_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toAlert);
}

export async function findAlerts(reader: Reader, ids: readonly string[]): Promise<Map<string, Alert>> {
  if (ids.length === 0) return new Map();
  const rows = await reader.selectFrom('alerts').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, toAlert(row)]));
}

export async function lockOpenAlert(tx: Tx, id: string): Promise<Alert | undefined> {
  const row = await tx
    .selectFrom('alerts')
    .selectAll()
    .where('id', '=', id)
    .where('state', '<>', 'resolved')
    .forUpdate()
    .executeTakeFirst();
  return row && toAlert(row);
}

/** When this group was last told to the world, whichever row it was then. */
export async function findLastTold(reader: Reader, finding: Finding): Promise<Date | undefined> {
  const row = await reader
    .selectFrom('alerts')
    .select('told_at')
    .where('rule', '=', finding.rule)
    .where('subject', '=', finding.subject)
    .where('told_at', 'is not', null)
    .orderBy('told_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.told_at ?? undefined;
}

export async function insertAlert(
  tx: Tx,
  alert: Finding & { readonly id: string; readonly at: Date },
): Promise<void> {
  await tx
    .insertInto('alerts')
    .values({
      id: alert.id,
      rule: alert.rule,
      subject: alert.subject,
      measured: alert.measured,
      state: 'raised',
      first_at: alert.at,
      last_at: alert.at,
    })
    .execute();
}

export async function markAlertSeen(
  tx: Tx,
  seen: { readonly id: string; readonly measured: string; readonly at: Date },
): Promise<void> {
  await tx
    .updateTable('alerts')
    .set((row) => ({ measured: seen.measured, last_at: seen.at, times: row('times', '+', 1) }))
    .where('id', '=', seen.id)
    .execute();
}

export async function markAlertTold(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('alerts').set({ told_at: at }).where('id', '=', id).execute();
}

export async function markAlertAcknowledged(tx: Tx, id: string, by: string, at: Date): Promise<void> {
  await tx
    .updateTable('alerts')
    .set({ state: 'acknowledged', acknowledged_by: by, acknowledged_at: at })
    .where('id', '=', id)
    .execute();
}

export async function markAlertSilenced(tx: Tx, id: string, until: Date): Promise<void> {
  await tx.updateTable('alerts').set({ silenced_until: until }).where('id', '=', id).execute();
}

export async function markAlertResolved(tx: Tx, id: string, by: string, at: Date): Promise<void> {
  await tx
    .updateTable('alerts')
    .set({ state: 'resolved', resolved_by: by, resolved_at: at })
    .where('id', '=', id)
    .execute();
}

export async function countRaisedAlerts(reader: Reader): Promise<number> {
  const row = await reader
    .selectFrom('alerts')
    .select((eb) => eb.fn.countAll<bigint>().as('raised'))
    .where('state', '=', 'raised')
    .executeTakeFirst();
  return Number(row?.raised ?? 0);
}

function toAlert(row: Selectable<AlertTable>): Alert {
  return {
    id: row.id,
    rule: row.rule,
    subject: row.subject,
    measured: row.measured,
    state: row.state,
    times: row.times,
    firstAt: row.first_at,
    lastAt: row.last_at,
    toldAt: row.told_at ?? undefined,
    silencedUntil: row.silenced_until ?? undefined,
    acknowledgedBy: row.acknowledged_by ?? undefined,
    resolvedBy: row.resolved_by ?? undefined,
    resolvedAt: row.resolved_at ?? undefined,
  };
}
