/**
 * Takes a statement file of the provider into the books' evidence: whole, or not at all, and each line once.
 *
 * The same bytes again change nothing, and neither does a line that another file has brought already, so overlapping
 * periods may be imported in any order. Two equal lines in one file are two rows: whether the provider meant it is for
 * the comparison (`compare-statement.ts`) to ask.
 *
 * Refuses what `parse-statement.ts` refuses, and `statement-name`.
 */
import { createHash } from 'node:crypto';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import type { Environment } from '../provider.ts';
import { parseStatement } from './parse-statement.ts';
import { findStatementByHash, insertStatement, insertStatementLines } from './statement.rows.ts';
import { insertPeriods } from './statement-period.rows.ts';
import { periodsOf } from './statement-period.ts';

const NAME = refusal(
  'statement-name',
  'invalid',
  'Le fichier doit avoir un nom de 200 signes au plus.',
  'The file must have a name of at most 200 characters.',
);

/** Each row has fourteen values, and a statement of PostgreSQL takes 65 535. */
const ROWS_AT_ONCE = 500;

export interface StatementFile {
  readonly provider: string;
  readonly environment: Environment;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** Id of the operator. */
  readonly by: string;
}

export interface Imported {
  readonly statementId: string;
  /** Lines that nothing had brought before. */
  readonly added: number;
  /** Lines that were known. */
  readonly known: number;
}

export async function importStatement(
  tx: Tx,
  ground: Ground,
  file: StatementFile,
): Promise<Answer<Imported>> {
  const fileName = file.fileName.trim();
  if (fileName === '' || fileName.length > 200) return refused(NAME);
  const parsed = parseStatement(file.bytes);
  if (!parsed.ok) return parsed;
  const lines = parsed.value;
  const fileHash = createHash('sha256').update(file.bytes).digest();
  const statement = {
    id: ground.ids.next('stm'),
    provider: file.provider,
    environment: file.environment,
    fileName,
    fileHash,
    lines: lines.length,
    importedBy: file.by,
    importedAt: ground.clock.now(),
  };
  if (!(await insertStatement(tx, statement))) {
    const earlier = await findStatementByHash(tx, file, fileHash);
    invariant(earlier !== undefined, 'a statement that is there cannot be found');
    return accepted({ statementId: earlier.id, added: 0, known: lines.length });
  }
  await insertPeriods(tx, statement, periodsOf(lines));
  let added = 0;
  for (let place = 0; place < lines.length; place += ROWS_AT_ONCE) {
    const some = lines.slice(place, place + ROWS_AT_ONCE);
    added += await insertStatementLines(
      tx,
      statement,
      some.map((line) => ({ ...line, id: ground.ids.next('stl') })),
    );
  }
  return accepted({ statementId: statement.id, added, known: lines.length - added });
}
