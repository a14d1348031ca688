/**
 * Reads and writes the `provider_commands` table: the outbox.
 *
 * A command is one instruction to a provider. It waits, is claimed with a lease, and ends with what the provider
 * answered. A lease that runs out means that the process died between sending and writing: the answer is unknown.
 */
import type { Generated } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';

export type CommandState =
  | 'waiting' // to be sent once due
  | 'sending' // claimed; a lease says until when
  | 'accepted' // the provider took it
  | 'rejected' // the provider refused it before anything moved
  | 'unknown' // the answer was lost
  | 'cancelled' // called off before anybody sent it
  | 'not-sent'; // proven never to have reached the provider

interface ProviderCommandTable {
  id: string;
  payment_id: string;
  attempt: number;
  state: CommandState;
  due_at: Date;
  lease_until: Date | null;
  evidence: string | null;
  created_at: Date;
  finished_at: Date | null;
  balance_before: Generated<bigint | null>;
  balance_after: Generated<bigint | null>;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    provider_commands: ProviderCommandTable;
  }
}

export interface Command {
  readonly id: string;
  readonly paymentId: string;
  readonly attempt: number;
}

export interface CommandToInsert extends Command {
  readonly createdAt: Date;
  /** Given when the inserter sends it itself at once: the command starts as claimed. */
  readonly leaseUntil?: Date;
  /** When it may be sent; default at once. */
  readonly dueAt?: Date;
}

export async function insertCommand(tx: Tx, command: CommandToInsert): Promise<void> {
  await tx
    .insertInto('provider_commands')
    .values({
      id: command.id,
      payment_id: command.paymentId,
      attempt: command.attempt,
      state: command.leaseUntil === undefined ? 'waiting' : 'sending',
      due_at: command.dueAt ?? command.createdAt,
      lease_until: command.leaseUntil ?? null,
      evidence: null,
      created_at: command.createdAt,
      finished_at: null,
    })
    .execute();
}

/** Claims up to `limit` due commands under a lease; others skip them meanwhile. */
export async function claimCommands(tx: Tx, now: Date, leaseUntil: Date, limit: number): Promise<Command[]> {
  const due = await tx
    .selectFrom('provider_commands')
    .select(['id', 'payment_id', 'attempt'])
    .where('state', '=', 'waiting')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  for (const row of due) await lease(tx, row.id, leaseUntil);
  return due.map((row) => ({ id: row.id, paymentId: row.payment_id, attempt: row.attempt }));
}

/** Commands whose sender did not come back in time. Not locked: whoever ends one asks `markFinished` whether it still runs. */
export async function listAbandonedCommands(reader: Reader, now: Date, limit: number): Promise<Command[]> {
  const rows = await reader
    .selectFrom('provider_commands')
    .select(['id', 'payment_id', 'attempt'])
    .where('state', '=', 'sending')
    .where('lease_until', '<=', now)
    .orderBy('lease_until')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: row.id, paymentId: row.payment_id, attempt: row.attempt }));
}

export type FinishedState = Exclude<CommandState, 'waiting' | 'sending'>;

/** Writes the end of a command that is still being sent; false when it was given up meanwhile. */
export async function markFinished(
  tx: Tx,
  id: string,
  state: FinishedState,
  evidence: string | undefined,
  now: Date,
): Promise<boolean> {
  const updated = await tx
    .updateTable('provider_commands')
    .set({ state, evidence: evidence ?? null, lease_until: null, finished_at: now })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

async function lease(tx: Tx, id: string, leaseUntil: Date): Promise<void> {
  await tx
    .updateTable('provider_commands')
    .set({ state: 'sending', lease_until: leaseUntil })
    .where('id', '=', id)
    .execute();
}

/** The number that the next instruction of a payment gets. */
export async function findNextAttempt(tx: Tx, paymentId: string): Promise<number> {
  const row = await tx
    .selectFrom('provider_commands')
    .select((eb) => eb.fn.max('attempt').as('last'))
    .where('payment_id', '=', paymentId)
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}

/** Calls off the waiting instruction of a payment; false when there is none or somebody is sending it. */
export async function markWaitingCancelled(tx: Tx, paymentId: string, now: Date): Promise<boolean> {
  const waiting = await tx
    .selectFrom('provider_commands')
    .select('id')
    .where('payment_id', '=', paymentId)
    .where('state', '=', 'waiting')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (waiting === undefined) return false;
  await tx
    .updateTable('provider_commands')
    .set({ state: 'cancelled', finished_at: now })
    .where('id', '=', waiting.id)
    .execute();
  return true;
}

/** Puts a claimed instruction back, to be sent later: nothing has left. */
export async function markPostponed(tx: Tx, id: string, dueAt: Date): Promise<void> {
  await tx
    .updateTable('provider_commands')
    .set({ state: 'waiting', lease_until: null, due_at: dueAt })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .execute();
}

/** Keeps what the provider held for us before or after a pay-out: evidence when its answer was lost. */
export async function markBalanceSeen(
  tx: Tx,
  id: string,
  seen: { readonly before?: bigint; readonly after?: bigint },
): Promise<void> {
  if (seen.before === undefined && seen.after === undefined) return;
  await tx
    .updateTable('provider_commands')
    .set({
      ...(seen.before === undefined ? {} : { balance_before: seen.before }),
      ...(seen.after === undefined ? {} : { balance_after: seen.after }),
    })
    .where('id', '=', id)
    .execute();
}

export interface CommandStory extends Command {
  readonly state: CommandState;
  readonly evidence: string | undefined;
  readonly createdAt: Date;
  readonly finishedAt: Date | undefined;
  readonly balanceBefore: bigint | undefined;
  readonly balanceAfter: bigint | undefined;
}

/** Every instruction of one payment, the first one first. */
export async function listCommandsOf(reader: Reader, paymentId: string): Promise<CommandStory[]> {
  const rows = await reader
    .selectFrom('provider_commands')
    .selectAll()
    .where('payment_id', '=', paymentId)
    .orderBy('attempt')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    paymentId: row.payment_id,
    attempt: row.attempt,
    state: row.state,
    evidence: row.evidence ?? undefined,
    createdAt: row.created_at,
    finishedAt: row.finished_at ?? undefined,
    balanceBefore: row.balance_before ?? undefined,
    balanceAfter: row.balance_after ?? undefined,
  }));
}
