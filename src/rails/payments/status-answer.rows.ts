/**
 * Reads and writes the `status_answers` table: what the provider said each time it was asked about a payment.
 */
import { type Generated, sql } from 'kysely';
import { columnText } from '../../ground/postgres/array-text.ts';
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import type { KeptAnswer, StatusVerdict } from './status-verdict.ts';

interface StatusAnswerTable {
  payment_id: string;
  place: number;
  source: KeptAnswer['source'];
  verdict: StatusVerdict;
  word: string;
  paid: string | null;
  second_reference: string | null;
  http_status: number | null;
  took_ms: number | null;
  excerpt: string | null;
  times: Generated<number>;
  first_at: Date;
  last_at: Date;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    status_answers: StatusAnswerTable;
  }
}

/**
 * Adds an answer to each of these payments, or counts the last one once more where it is the same again. Each payment
 * stands in the list once, and the caller holds its row.
 */
export async function insertStatusAnswers(tx: Tx, answers: readonly KeptAnswer[], now: Date): Promise<void> {
  await sql`/* keep: status-answers */ with told as (
      select * from unnest(${columnText(answers, ({ paymentId }) => paymentId)}::text[],
        ${columnText(answers, ({ source }) => source)}::text[],
        ${columnText(answers, ({ verdict }) => verdict)}::text[],
        ${columnText(answers, ({ word }) => word)}::text[],
        ${columnText(answers, ({ paid }) => paid)}::text[],
        ${columnText(answers, ({ secondReference }) => secondReference)}::text[],
        ${columnText(answers, ({ httpStatus }) => httpStatus?.toString())}::int[],
        ${columnText(answers, ({ took_ms }) => took_ms?.toString())}::int[],
        ${columnText(answers, ({ excerpt }) => excerpt)}::text[])
        as t (payment_id, source, verdict, word, paid, second_reference, http_status, took_ms, excerpt)),
    seen as (
      select told.*, before.place, (before.source, before.verdict, before.word, before.paid,
          before.second_reference, before.http_status) is not distinct from (told.source, told.verdict, told.word,
          told.paid, told.second_reference, told.http_status) as again
      from told left join lateral (select * from status_answers s where s.payment_id = told.payment_id
        order by place desc limit 1) before on true),
    counted as (
      update status_answers s set times = s.times + 1, last_at = greatest(s.last_at, ${now}::timestamptz),
        took_ms = seen.took_ms, excerpt = seen.excerpt
      from seen where seen.again and s.payment_id = seen.payment_id and s.place = seen.place)
    insert into status_answers (payment_id, place, source, verdict, word, paid, second_reference, http_status, took_ms,
      excerpt, first_at, last_at)
    select payment_id, coalesce(place, 0) + 1, source, verdict, word, paid, second_reference, http_status,
      took_ms, excerpt, ${now}::timestamptz, ${now}::timestamptz from seen where not again`.execute(tx);
}

export interface StatusAnswerStory extends KeptAnswer {
  /** How often the same was said, one time after the other. */
  readonly times: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

const MOST_SHOWN = 200;

/** Oldest first; of very many the newest. */
export async function listStatusAnswersOf(reader: Reader, paymentId: string): Promise<StatusAnswerStory[]> {
  const rows = await reader
    .selectFrom('status_answers')
    .selectAll()
    .where('payment_id', '=', paymentId)
    .orderBy('place', 'desc')
    .limit(MOST_SHOWN)
    .execute();
  return rows.toReversed().map((row) => ({
    paymentId: row.payment_id,
    source: row.source,
    verdict: row.verdict,
    word: row.word,
    paid: row.paid ?? undefined,
    secondReference: row.second_reference ?? undefined,
    httpStatus: row.http_status ?? undefined,
    took_ms: row.took_ms ?? undefined,
    excerpt: row.excerpt ?? undefined,
    times: row.times,
    firstAt: row.first_at,
    lastAt: row.last_at,
  }));
}
