/**
 * Keeps the codes that were sent, in the table `login_codes`. One number has at most one open code per purpose; the
 * ended ones stay a while, because the limits are counted from them.
 */
import { type Generated, type RawBuilder, sql } from 'kysely';
import type { Reader, Tx } from '../ground/postgres/database.ts';
import { hashedTexts, hashedValue } from '../ground/seal/sealing.rows.ts';
import { type CodeEnding, type CodePurpose, TRIES_PER_CODE } from './login-code.ts';

interface LoginCodeTable {
  id: string;
  /** The number's keyed hash, or the number while an older version may serve. */
  phone: string;
  prefix: Generated<string | null>;
  /** A number that a destination's code names is hashed as well. */
  purpose: string;
  code_hash: Uint8Array;
  ip: string;
  created_at: Date;
  expires_at: Date;
  tries: number;
  last_tried_at: Date | null;
  ending: CodeEnding | null;
  ended_at: Date | null;
}

declare module '../ground/postgres/database.ts' {
  interface Database {
    login_codes: LoginCodeTable;
  }
}

/** Country and operator: what an alarm groups by. */
const PREFIX_SIGNS = 7;
const DESTINATION = 'destination:';

function numbersOf(reader: Reader, phone: string): string[] {
  return hashedTexts(reader, { kind: 'phone', text: phone });
}

function purposesOf(reader: Reader, purpose: CodePurpose): string[] {
  if (!purpose.startsWith(DESTINATION)) return [purpose];
  return numbersOf(reader, purpose.slice(DESTINATION.length)).map((number) => `${DESTINATION}${number}`);
}

function purposeValue(reader: Reader, purpose: CodePurpose): RawBuilder<string> {
  if (!purpose.startsWith(DESTINATION)) return sql`${purpose}`;
  const number = hashedValue(reader, { kind: 'phone', text: purpose.slice(DESTINATION.length) });
  return sql`${DESTINATION}::text || ${number}`;
}

export interface NewLoginCode {
  readonly id: string;
  readonly phone: string;
  readonly purpose: CodePurpose;
  readonly codeHash: Uint8Array;
  readonly ip: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export async function insertLoginCode(tx: Tx, code: NewLoginCode): Promise<void> {
  await tx
    .insertInto('login_codes')
    .values({
      id: code.id,
      phone: hashedValue(tx, { kind: 'phone', text: code.phone }),
      prefix: code.phone.slice(0, PREFIX_SIGNS),
      purpose: purposeValue(tx, code.purpose),
      code_hash: code.codeHash,
      ip: code.ip,
      created_at: code.createdAt,
      expires_at: code.expiresAt,
      tries: 0,
      last_tried_at: null,
      ending: null,
      ended_at: null,
    })
    .execute();
}

/**
 * Spends one try of the open code, before anything is compared: parallel guesses wait for each other at this row and
 * none is free. Nothing comes back when no code is open, or it is too old, or its tries are spent.
 */
export async function markCodeTried(
  tx: Tx,
  attempt: { phone: string; purpose: CodePurpose; at: Date },
): Promise<{ id: string; codeHash: Uint8Array; tries: number } | undefined> {
  const row = await tx
    .updateTable('login_codes')
    .set((code) => ({ tries: code('tries', '+', 1), last_tried_at: attempt.at }))
    .where('phone', 'in', numbersOf(tx, attempt.phone))
    .where('purpose', 'in', purposesOf(tx, attempt.purpose))
    .where('ending', 'is', null)
    .where('expires_at', '>', attempt.at)
    .where('tries', '<', TRIES_PER_CODE)
    .returning(['id', 'code_hash', 'tries'])
    .executeTakeFirst();
  return row && { id: row.id, codeHash: row.code_hash, tries: row.tries };
}

export async function markCodeEnded(
  tx: Tx,
  end: { id: string; ending: CodeEnding; at: Date },
): Promise<void> {
  await tx
    .updateTable('login_codes')
    .set({ ending: end.ending, ended_at: end.at })
    .where('id', '=', end.id)
    .where('ending', 'is', null)
    .execute();
}

/** Ends whatever code is open for the number and purpose, because a newer one is about to be sent. */
export async function markCodesReplaced(
  tx: Tx,
  replacement: { phone: string; purpose: CodePurpose; at: Date },
): Promise<void> {
  await tx
    .updateTable('login_codes')
    .set({ ending: 'replaced', ended_at: replacement.at })
    .where('phone', 'in', numbersOf(tx, replacement.phone))
    .where('purpose', 'in', purposesOf(tx, replacement.purpose))
    .where('ending', 'is', null)
    .execute();
}

/** Misses of a number over the codes tried since `since`; a try that was right is none. `except` leaves one code out. */
export async function countMisses(
  reader: Reader,
  phone: string,
  since: Date,
  except?: string,
): Promise<number> {
  const rows = await reader
    .selectFrom('login_codes')
    .select(['id', 'tries', 'ending'])
    .where('phone', 'in', numbersOf(reader, phone))
    .where('last_tried_at', '>', since)
    .execute();
  return rows
    .filter((row) => row.id !== except)
    .reduce((sum, row) => sum + row.tries - (row.ending === 'used' ? 1 : 0), 0);
}

/** How many codes were sent to one number since `since`, whatever their purpose. */
export async function countCodesToNumber(reader: Reader, phone: string, since: Date): Promise<number> {
  return await countCodes(reader, 'phone', numbersOf(reader, phone), since);
}

/** How many codes one network address asked for since `since`. */
export async function countCodesFromAddress(reader: Reader, ip: string, since: Date): Promise<number> {
  return await countCodes(reader, 'ip', [ip], since);
}

/** Deletes codes made before `before`, at most `limit`; returns how many. */
export async function deleteCodesBefore(tx: Tx, before: Date, limit: number): Promise<number> {
  const gone = await tx
    .deleteFrom('login_codes')
    .where(
      'id',
      'in',
      tx
        .selectFrom('login_codes')
        .select('id')
        .where('created_at', '<', before)
        .orderBy('created_at')
        .limit(limit),
    )
    .returning('id')
    .execute();
  return gone.length;
}

export async function deleteCodesOf(tx: Tx, phone: string): Promise<void> {
  await tx.deleteFrom('login_codes').where('phone', 'in', numbersOf(tx, phone)).execute();
}

async function countCodes(
  reader: Reader,
  column: 'phone' | 'ip',
  values: readonly string[],
  since: Date,
): Promise<number> {
  const row = await reader
    .selectFrom('login_codes')
    .select((code) => code.fn.countAll<bigint>().as('sent'))
    .where(column, 'in', values)
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(row.sent);
}

/** How many codes went to numbers that begin alike, since an instant; the most first. */
export async function countCodesByPrefix(
  reader: Reader,
  since: Date,
): Promise<{ readonly prefix: string; readonly sent: number }[]> {
  const found = await sql<{
    prefix: string;
    sent: bigint;
  }>`select coalesce(prefix, left(phone, 7)) as prefix, count(*) as sent
    from login_codes where created_at >= ${since}::timestamptz
    group by 1 order by 2 desc limit 20`.execute(reader);
  return found.rows.map((row) => ({ prefix: row.prefix, sent: Number(row.sent) }));
}

/** Codes of numbers that an older version wrote: they live for minutes, and whoever waits for one asks again. */
export async function deletePlainCodes(tx: Tx): Promise<void> {
  await sql`delete from login_codes where left(phone, 1) = '+'`.execute(tx);
}
