/**
 * Compares our clock with the provider's, by the date that its server puts on an answer.
 *
 * Signatures carry a time: a clock that is wrong by minutes refuses every true callback, one by one, without a word.
 */
import { request } from 'undici';
import type { Clock } from '../../../ground/clock.ts';
import type { Check } from '../check.ts';

/** A server's date has whole seconds, and the answer travels: below this nothing can be said. */
const SEEMS_EQUAL_S = 5;
const PATIENCE_MS = 10_000;

export function judgeSkew(skew_s: number, tolerance_s: number): Check {
  const seen = `${Math.abs(Math.round(skew_s))} s ${skew_s < 0 ? 'behind' : 'ahead of'} the provider`;
  const cure = 'let the machine keep its time by NTP (timedatectl set-ntp true)';
  if (Math.abs(skew_s) <= SEEMS_EQUAL_S) return { name: 'clock', state: 'green', seen };
  return { name: 'clock', state: Math.abs(skew_s) * 2 > tolerance_s ? 'red' : 'amber', seen, cure };
}

export async function tryClock(apiUrl: string, tolerance_s: number, clock: Clock): Promise<Check> {
  const unknown = (why: string): Check => ({
    name: 'clock',
    state: 'amber',
    seen: `not compared: ${why}`,
    cure: 'look by hand whether the machine keeps its time by NTP (timedatectl)',
  });
  try {
    const answer = await request(apiUrl, { method: 'GET', signal: AbortSignal.timeout(PATIENCE_MS) });
    await answer.body.dump();
    const told = Date.parse(String(answer.headers.date ?? ''));
    if (Number.isNaN(told)) return unknown('the provider puts no date on its answers');
    // The date was cut to a whole second: half of one is the fairest guess.
    return judgeSkew((clock.now().getTime() - told) / 1000 - 0.5, tolerance_s);
  } catch (error) {
    return unknown(error instanceof Error ? error.name : 'no reason');
  }
}
