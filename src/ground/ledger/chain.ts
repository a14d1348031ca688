/**
 * Computes the hash chain that runs through the journal.
 *
 * Each link covers the link before it and every column of its row, so nobody can change, remove or insert a row
 * without breaking every later link. It is written here a second time, apart from the database's own `next_link`: an
 * auditor who recomputes the chain must not have to trust the database that is audited.
 */
import { createHash } from 'node:crypto';
import type { ChainRow } from './transfer.rows.ts';

/** The head before the first row: 32 zero bytes, in hexadecimal digits. */
export const GENESIS = '0'.repeat(64);

/** The head after this row, 64 hexadecimal digits. */
export function linkAfter(head: string, row: Omit<ChainRow, 'link'>): string {
  const lines = [
    row.seq,
    row.id,
    row.kind,
    row.debit,
    row.credit,
    row.amount,
    row.debit_after,
    row.credit_after,
    row.pending_id ?? '-',
    row.journal_id,
    row.journal_kind,
    row.occurred_us,
    row.recorded_us,
    // The only free text comes last, so that no two rows have the same bytes.
    row.reference ?? '',
  ];
  return createHash('sha256').update(Buffer.from(head, 'hex')).update(lines.join('\n'), 'utf8').digest('hex');
}
