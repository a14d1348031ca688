/**
 * Puts a report together: what was settled in the period, beside what was asked for in it.
 */
import type { Reader } from '../../ground/postgres/database.ts';
import { type AskedRow, listAsked, listSettled, type SettledRow } from './report.rows.ts';
import type { ReportLine, ReportPeriod } from './report.ts';

/** In the order of direction, currency and key. */
export async function readReport(reader: Reader, period: ReportPeriod): Promise<ReportLine[]> {
  const settled = new Map((await listSettled(reader, period)).map((row) => [nameOf(row), row]));
  const asked = new Map((await listAsked(reader, period)).map((row) => [nameOf(row), row]));
  const names = [...new Set([...settled.keys(), ...asked.keys()])].toSorted();
  return names.flatMap((name) => {
    const line = lineOf(settled.get(name), asked.get(name));
    return line === undefined ? [] : [line];
  });
}

function nameOf({ direction, currency, key }: SettledRow | AskedRow): string {
  return `${direction} ${currency} ${key}`;
}

function lineOf(settled: SettledRow | undefined, asked: AskedRow | undefined): ReportLine | undefined {
  const of = settled ?? asked;
  if (of === undefined) return undefined;
  const over = asked === undefined ? 0n : asked.succeeded + asked.ended;
  return {
    key: of.key,
    currency: of.currency,
    direction: of.direction,
    payments: settled?.payments ?? 0n,
    volume: settled?.volume ?? 0n,
    moved: settled?.moved ?? 0n,
    providerFees: settled?.provider_fees ?? 0n,
    hostFees: settled?.host_fees ?? 0n,
    reversed: settled?.reversed ?? 0n,
    reversedMoved: settled?.reversed_moved ?? 0n,
    asked: asked?.asked ?? 0n,
    success: asked === undefined || over === 0n ? undefined : Number(asked.succeeded) / Number(over),
  };
}
