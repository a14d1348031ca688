/**
 * Finds out why a withdrawal was made to wait, from the hour at which its wait ends.
 *
 * The row of the payment keeps the hour and not the reason. Each reason counts from its own moment, so the hour tells
 * which one it was; when none fits any more, because something changed again since, the page names no wrong one.
 */
import { after } from '../../../ground/clock.ts';
import type { KnownDevice } from '../../../people/device.ts';
import type { Person } from '../../../people/person.ts';
import type { HoldReason } from '../../../wallet/withdrawal-hold.ts';

export type HeldBecause =
  | 'phone' // the person has another number than they signed up with
  | 'pin' // an existing PIN was replaced
  | 'device' // the browser was new
  | 'unknown'; // one of these

export const HELD_BECAUSE: Readonly<Record<HoldReason, HeldBecause>> = {
  'phone-changed': 'phone',
  'pin-replaced': 'pin',
  'new-device': 'device',
};

interface Held {
  readonly createdAt: Date;
  /** When it may leave. */
  readonly until: Date;
}

/** `device` is the browser that looks now, which need not be the one that asked. */
export function heldBecause(
  held: Held,
  person: Pick<Person, 'phoneChangedAt' | 'pinReplacedAt'>,
  device: KnownDevice | undefined,
  hold_ms: number,
): HeldBecause {
  const counts: readonly (readonly [HeldBecause, Date | undefined])[] = [
    ['phone', person.phoneChangedAt],
    ['pin', person.pinReplacedAt],
    ['device', device?.firstSeenAt],
    ['device', held.createdAt],
  ];
  const found = counts.find(
    ([, since]) => since !== undefined && after(since, hold_ms).getTime() === held.until.getTime(),
  );
  return found?.[0] ?? 'unknown';
}
