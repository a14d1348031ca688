/**
 * Stops sending creates for a while when GetMiPay has been out of reach several times in a row.
 *
 * Each create that is lost is a person who waits and perhaps a human who must look; when the provider is down it is
 * kinder to say so at once. What the breaker holds back was not sent, and is said so. It never stands before a
 * question about a payment: those are how money is found again.
 *
 * cockatiel counts and lets one trial through; how long it stays open is measured on the product's own clock, which
 * cockatiel cannot be given.
 */
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhenResult } from 'cockatiel';
import { type Clock, SECOND_MS } from '../../../ground/clock.ts';
import type { AuthorisedOutcome } from './authorised-api.ts';

const FAILURES_IN_A_ROW = 5;
const OPEN_FOR_MS = 30 * SECOND_MS;

export type CreateBreaker = (create: () => Promise<AuthorisedOutcome>) => Promise<AuthorisedOutcome>;

/** One per direction: pay-outs often stand still while pay-ins work. */
export function openCreateBreaker(clock: Clock): CreateBreaker {
  let openedAt = clock.now();
  const policy = circuitBreaker(handleWhenResult(isUnavailable), {
    halfOpenAfter: 0,
    breaker: new ConsecutiveBreaker(FAILURES_IN_A_ROW),
  });
  policy.onBreak(() => {
    openedAt = clock.now();
  });
  const holdsBack = (): boolean => {
    // One trial is on its way: its outcome decides for the others.
    if (policy.state === CircuitState.HalfOpen) return true;
    const open_ms = clock.now().getTime() - openedAt.getTime();
    // A clock that was set back must not keep it open for longer than it was opened for.
    return policy.state === CircuitState.Open && open_ms >= 0 && open_ms < OPEN_FOR_MS;
  };
  return async (create) =>
    holdsBack() ? { outcome: 'not-sent', evidence: 'breaker-open' } : policy.execute(create);
}

function isUnavailable(result: unknown): boolean {
  const outcome = result as AuthorisedOutcome;
  if (outcome.outcome === 'unauthorised') return false;
  return outcome.outcome !== 'response' || outcome.status >= 500 || outcome.status === 429;
}
