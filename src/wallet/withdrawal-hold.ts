/**
 * Says until when a withdrawal waits because something about the person changed.
 *
 * Whoever copies a SIM, resets a PIN or signs in from a stolen phone wants the money within the hour. A day gives the
 * person time to notice; the money is set aside meanwhile, and both can see the hour at which the wait ends.
 */
import { after } from '../ground/clock.ts';
import type { KnownDevice } from '../people/device.ts';
import type { Person } from '../people/person.ts';
import type { WithdrawalPolicy } from './withdrawal-policy.ts';

/** What changed. */
export type HoldReason =
  | 'phone-changed' // the person has another number than they signed up with
  | 'pin-replaced' // an existing PIN was replaced; a first PIN makes nobody wait
  | 'new-device'; // the browser is not the person's first, or cannot be recognised

export interface WithdrawalHold {
  /** The first instant at which the withdrawal may be sent. */
  readonly until: Date;
  readonly reason: HoldReason;
}

/** The longest wait that applies at `now`, or nothing. A browser without a known token counts as seen just now. */
export function heldUntil(
  person: Pick<Person, 'phoneChangedAt' | 'pinReplacedAt'>,
  device: KnownDevice | undefined,
  now: Date,
  policy: WithdrawalPolicy,
): WithdrawalHold | undefined {
  const changes: readonly (readonly [HoldReason, Date | undefined])[] = [
    ['phone-changed', person.phoneChangedAt],
    ['pin-replaced', person.pinReplacedAt],
    ['new-device', policy.holdNewDevices ? newSince(device, now) : undefined],
  ];
  let longest: WithdrawalHold | undefined;
  for (const [reason, since] of changes) {
    if (since === undefined) continue;
    const until = after(since, policy.hold_ms);
    if (until > now && (longest === undefined || until > longest.until)) longest = { until, reason };
  }
  return longest;
}

function newSince(device: KnownDevice | undefined, now: Date): Date | undefined {
  if (device === undefined) return now;
  return device.isFirst ? undefined : device.firstSeenAt;
}
