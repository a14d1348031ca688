/**
 * Remembers the services for a quarter of an hour, and the last good list when GetMiPay does not answer.
 *
 * A page must not wait for the provider, nor lose its methods because one question went unanswered. A service that is
 * missing once is believed to be still there; missing from two answers, it takes no new payment.
 */
import { type Clock, MINUTE_MS, SECOND_MS } from '../../../ground/clock.ts';
import type { Service, ServiceList } from '../../provider.ts';

const FRESH_MS = 15 * MINUTE_MS;
/** After an unanswered question, so that a provider that is down does not slow every page. */
const PAUSE_AFTER_FAILURE_MS = 15 * SECOND_MS;
const MISSING_READS = 2;

interface Remembered {
  readonly service: Service;
  /** In how many answers in a row it was missing. */
  readonly missing: number;
}

/** `read` gives the services at present, or nothing when they cannot be had. */
export function rememberServices(
  read: () => Promise<readonly Service[] | undefined>,
  clock: Clock,
): () => Promise<ServiceList> {
  let remembered: readonly Remembered[] = [];
  // Never read: as old as can be, so that whoever looks at the age sees it.
  let fetchedAt = new Date(0);
  let askAgainAt_ms = 0;
  let asking: Promise<void> | undefined;

  const ask = async (): Promise<void> => {
    const services = await read();
    const now = clock.now();
    if (services === undefined) {
      const hasCopy = remembered.length > 0;
      askAgainAt_ms = hasCopy ? now.getTime() + PAUSE_AFTER_FAILURE_MS : 0;
      return;
    }
    remembered = merge(remembered, services);
    fetchedAt = now;
    askAgainAt_ms = now.getTime() + FRESH_MS;
  };

  return async () => {
    if (clock.now().getTime() >= askAgainAt_ms) {
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      await asking;
    }
    return { services: remembered.map(asOffered), fetchedAt };
  };
}

function merge(before: readonly Remembered[], present: readonly Service[]): readonly Remembered[] {
  const ids = new Set(present.map((service) => service.id));
  const gone = before.filter(({ service }) => !ids.has(service.id));
  return [
    ...present.map((service) => ({ service, missing: 0 })),
    ...gone.map(({ service, missing }) => ({ service, missing: missing + 1 })),
  ];
}

function asOffered({ service, missing }: Remembered): Service {
  return missing >= MISSING_READS ? { ...service, active: false } : service;
}
