/**
 * Reads and writes the `statements` and `statement_lines` tables: what providers stated, kept as it was.
 */
import { type Selectable, sql } from 'kysely';
import type { Currency } from '../../ground/money/currency.ts';
import { arrayText } from '../../ground/postgres/array-text.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import type { Environment } from '../provider.ts';
import { type LineKind, lineHash, type StatementLine } from './statement.ts';

interface StatementTable {
  id: string;
  provider: string;
  environment: Environment;
  file_name: string;
  file_hash: Uint8Array;
  lines: number;
  imported_by: string;
  imported_at: Date;
}

interface StatementLineTable {
  id: string;
  statement_id: string;
  provider: string;
  environment: Environment;
  place: number;
  kind: LineKind;
  provider_reference: string;
  currency: Currency;
  amount: bigint;
  fee: bigint;
  effect: bigint;
  happened_at: Date;
  line_hash: Uint8Array;
  copy: number;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    statements: StatementTable;
    statement_lines: StatementLineTable;
  }
}

export interface Statement {
  readonly id: string;
  readonly provider: string;
  readonly environment: Environment;
  readonly fileName: string;
  /** SHA-256 of the file. */
  readonly fileHash: Uint8Array;
  readonly lines: number;
  readonly importedBy: string;
  readonly importedAt: Date;
}

/** Whose statement it is. */
export interface StatementOwner {
  readonly provider: string;
  readonly environment: Environment;
}

/** False when the same file is there already. */
export async function insertStatement(tx: Tx, statement: Statement): Promise<boolean> {
  const inserted = await tx
    .insertInto('statements')
    .values({
      id: statement.id,
      provider: statement.provider,
      environment: statement.environment,
      file_name: statement.fileName,
      file_hash: statement.fileHash,
      lines: statement.lines,
      imported_by: statement.importedBy,
      imported_at: statement.importedAt,
    })
    .onConflict((conflict) => conflict.columns(['provider', 'environment', 'file_hash']).doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function findStatementByHash(
  reader: Reader,
  owner: StatementOwner,
  fileHash: Uint8Array,
): Promise<Statement | undefined> {
  const row = await reader
    .selectFrom('statements')
    .selectAll()
    .where('provider', '=', owner.provider)
    .where('environment', '=', owner.environment)
    .where('file_hash', '=', fileHash)
    .executeTakeFirst();
  return row && toStatement(row);
}

/** Newest first. */
export async function listStatements(
  reader: Reader,
  owner: StatementOwner,
  limit: number,
): Promise<Statement[]> {
  const rows = await reader
    .selectFrom('statements')
    .selectAll()
    .where('provider', '=', owner.provider)
    .where('environment', '=', owner.environment)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toStatement);
}

/** Writes lines that no statement has brought yet; returns how many were new. */
export async function insertStatementLines(
  tx: Tx,
  statement: Statement,
  lines: readonly (StatementLine & { readonly id: string })[],
): Promise<number> {
  const rows = await tx
    .insertInto('statement_lines')
    .values(
      lines.map((line) => ({
        id: line.id,
        statement_id: statement.id,
        provider: statement.provider,
        environment: statement.environment,
        place: line.place,
        kind: line.kind,
        provider_reference: line.reference,
        currency: line.currency,
        amount: line.amount,
        fee: line.fee,
        effect: line.effect,
        happened_at: line.happenedAt,
        line_hash: lineHash(line),
        copy: line.copy,
      })),
    )
    .onConflict((conflict) => conflict.columns(['provider', 'environment', 'line_hash', 'copy']).doNothing())
    .returning('id')
    .execute();
  return rows.length;
}

/** Lines of one provider and currency, all or those of a time, by reference and time. */
export async function listStatementLines(
  reader: Reader,
  owner: StatementOwner & { readonly currency: Currency; readonly from?: Date; readonly before?: Date },
): Promise<StatementLine[]> {
  const { from, before } = owner;
  const rows = await reader
    .selectFrom('statement_lines')
    .selectAll()
    .where('provider', '=', owner.provider)
    .where('environment', '=', owner.environment)
    .where('currency', '=', owner.currency)
    .$if(from !== undefined, (query) => query.where('happened_at', '>=', from ?? new Date(0)))
    .$if(before !== undefined, (query) => query.where('happened_at', '<', before ?? new Date(0)))
    .orderBy('provider_reference')
    .orderBy('happened_at')
    .orderBy('id')
    .execute();
  return rows.map(toLine);
}

/** The lines about these transactions of the provider, by time. */
export async function listLinesOf(
  reader: Reader,
  owner: StatementOwner,
  references: readonly string[],
): Promise<StatementLine[]> {
  if (references.length === 0) return [];
  const rows = await reader
    .selectFrom('statement_lines')
    .selectAll()
    .where('provider', '=', owner.provider)
    .where('environment', '=', owner.environment)
    .where(sql<boolean>`provider_reference = any(${arrayText(references)}::text[])`)
    .orderBy('happened_at')
    .orderBy('id')
    .execute();
  return rows.map(toLine);
}

function toLine(row: Selectable<StatementLineTable>): StatementLine {
  return {
    place: row.place,
    kind: row.kind,
    reference: row.provider_reference,
    currency: row.currency,
    amount: row.amount,
    fee: row.fee,
    effect: row.effect,
    happenedAt: row.happened_at,
    copy: row.copy,
  };
}

function toStatement(row: Selectable<StatementTable>): Statement {
  return {
    id: row.id,
    provider: row.provider,
    environment: row.environment,
    fileName: row.file_name,
    fileHash: row.file_hash,
    lines: row.lines,
    importedBy: row.imported_by,
    importedAt: row.imported_at,
  };
}
