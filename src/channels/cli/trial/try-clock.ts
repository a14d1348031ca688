/**
 * Compares our clock with the provider's, by the date that its server puts on an answer.
 *
 * Signatures carry a time: a clock that is wrong by minutes refuses every true callback, one by one, without a word.
 */
import { request } from 'undici';
import type { Clock } from '../../../ground/clock.ts';
import type { Check } from '../check.ts';
import { CHECKS } from '../words/checks.ts';

/** A server's date has whole seconds, and the answer travels: below this nothing can be said. */
const SEEMS_EQUAL_S = 5;
const PATIENCE_MS = 10_000;

export function judgeSkew(skew_s: number, tolerance_s: number): Check {
  const { name, behind, ahead, cure } = CHECKS.clock;
  const seen = (skew_s < 0 ? behind : ahead)(Math.abs(Math.round(skew_s)));
  if (Math.abs(skew_s) <= SEEMS_EQUAL_S) return { name, state: 'green', seen };
  return { name, state: Math.abs(skew_s) * 2 > tolerance_s ? 'red' : 'amber', seen, cure };
}

/** Seconds by which our clock is ahead; throws when the server cannot be asked or puts no date on its answer. */
export async function readSkew(url: string, clock: Clock): Promise<number> {
  const answer = await request(url, { method: 'GET', signal: AbortSignal.timeout(PATIENCE_MS) });
  await answer.body.dump();
  const told = Date.parse(String(answer.headers.date ?? ''));
  if (Number.isNaN(told)) throw new Error('no date on the answer');
  // The date was cut to a whole second: half of one is the fairest guess.
  return (clock.now().getTime() - told) / 1000 - 0.5;
}

export async function tryClock(apiUrl: string, tolerance_s: number, clock: Clock): Promise<Check> {
  try {
    return judgeSkew(await readSkew(apiUrl, clock), tolerance_s);
  } catch (error) {
    const { name, unknown, look } = CHECKS.clock;
    const why = error instanceof Error ? error.message : CHECKS.noReason;
    return { name, state: 'amber', seen: unknown(why), cure: look };
  }
}
