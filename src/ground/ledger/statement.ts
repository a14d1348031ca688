/**
 * Lists the movements of an account, newest first, with the balance after each.
 *
 * The balance after a line is written with the line and never summed again, so page one hundred costs what page one
 * costs. Holds are not in it: they move nothing until they are posted.
 */
import type { Uuid } from '../identifiers.ts';
import type { Reader } from '../postgres/database.ts';
import { type AccountId, accountKind, CHART } from './account.ts';
import { listMovements } from './transfer.rows.ts';
import type { TransferKind } from './transfer.ts';

export interface StatementLine {
  readonly seq: bigint;
  readonly transferId: Uuid;
  readonly kind: TransferKind;
  /** Positive when the account grew, negative when it shrank, seen from the side on which it grows. */
  readonly amount: bigint;
  /** What was posted on the account right after this line. */
  readonly balance: bigint;
  readonly counterpart: AccountId;
  readonly journalId: string;
  readonly journalKind: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly reference?: string;
}

export interface StatementPage {
  /** Only lines with a smaller seq: that of the last line of the page before. */
  readonly before?: bigint;
  /** At most so many lines. */
  readonly limit: number;
}

const AFTER_EVERYTHING = 2n ** 63n - 1n;

export async function listStatement(
  reader: Reader,
  id: AccountId,
  page: StatementPage,
): Promise<StatementLine[]> {
  const rows = await listMovements(reader, id, page.before ?? AFTER_EVERYTHING, page.limit);
  const { normalSide } = CHART[accountKind(id)];
  return rows.map((row) => ({
    seq: row.seq,
    transferId: row.id,
    kind: row.kind,
    amount: row.side === normalSide ? row.amount : -row.amount,
    balance: normalSide === 'credit' ? row.after : -row.after,
    counterpart: row.counterpart,
    journalId: row.journal_id,
    journalKind: row.journal_kind,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    ...(row.reference === null ? {} : { reference: row.reference }),
  }));
}
