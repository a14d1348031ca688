/**
 * Is the relay that carries text messages in a universe: it refuses some, and its answer may find nobody who waits for it.
 *
 * It remembers what it was given, because what people must never get is the same news twice.
 */
import type { Clock } from '../src/ground/clock.ts';
import type { SmsGateway, SmsMessage } from '../src/people/sms-gateway.ts';
import type { Process } from './crash.ts';

export interface Relay {
  /** What it was given, the oldest first. */
  readonly given: { readonly message: SmsMessage; readonly day: string }[];
  /** The gateway as one process sees it, which may die before it calls or before it hears the answer. */
  seenBy(process: Process): SmsGateway;
}

/** One message in so many is refused. */
const REFUSED = 9;

export function openRelay(clock: Clock): Relay {
  const given: Relay['given'] = [];
  return {
    given,
    seenBy: (process) => ({
      async send(message) {
        process.reach('before call');
        given.push({ message, day: clock.now().toISOString().slice(0, 10) });
        await Promise.resolve();
        process.reach('after call');
        // Without chance of its own: the steps of a universe keep theirs.
        return given.length % REFUSED === 0 ? 'failed' : 'sent';
      },
    }),
  };
}
