/**
 * Tries everything that is configured, step by step, in the order in which a fault would hide the next one.
 *
 * It writes nothing but its own callback, and, on request, one text message and one real payment.
 */
import type { Chance } from '../../../ground/chance.ts';
import { type Clock, systemClock } from '../../../ground/clock.ts';
import { ConfigurationError } from '../../../ground/configuration.ts';
import type { OpenDatabase } from '../../../ground/postgres/database.ts';
import { openDatabase } from '../../../ground/postgres/open-database.ts';
import type { Phone } from '../../../people/phone-number.ts';
import type { OpenProvider } from '../../../rails/open-provider.ts';
import { examineAccess } from '../../../rails/providers/getmipay/examine-access.ts';
import type { AllSettings } from '../../boot-checks.ts';
import type { Check } from '../check.ts';
import { CHECKS } from '../words/checks.ts';
import { judgeProvider } from './judge-provider.ts';
import { tryCallback } from './try-callback.ts';
import { tryClock } from './try-clock.ts';
import { databaseAway, tryDatabase } from './try-database.ts';
import { tryJobs } from './try-jobs.ts';
import { trySms } from './try-sms.ts';

export interface Trial {
  readonly settings: AllSettings;
  readonly provider: OpenProvider;
  readonly clock: Clock;
  readonly chance: Chance;
  /** Lets a moment pass before the next look. */
  readonly pause: () => Promise<void>;
  readonly smsTo?: Phone | undefined;
  /** The real payment, when one was asked for. */
  readonly pay?: ((open: OpenDatabase) => Promise<Check>) | undefined;
}

export async function* runTrial(trial: Trial): AsyncGenerator<Check> {
  const { settings, provider, clock, chance } = trial;
  const { configuration } = provider;
  yield* judgeProvider(await examineAccess(configuration, clock), settings.rails);
  const open = await openOrSay(settings);
  try {
    if ('check' in open) yield open.check;
    const database = 'check' in open ? undefined : open;
    if (database !== undefined) {
      let reached = true;
      for await (const check of tryDatabase(database, settings.ground)) {
        yield check;
        reached &&= check.state !== 'red';
      }
      if (reached) yield await tryJobs(database, clock, trial.pause);
    }
    yield await tryCallback({
      publicUrl: settings.channels.PUBLIC_URL ?? `http://localhost:${settings.channels.PORT}`,
      signature: configuration,
      db: database?.engine === 'postgres' ? database.db : undefined,
      clock,
      chance,
    });
    yield await tryClock(configuration.apiUrl, configuration.webhookTolerance_s, systemClock);
    yield await trySms(settings.channels, trial.smsTo);
    if (trial.pay !== undefined && database !== undefined) yield await trial.pay(database);
  } finally {
    if (!('check' in open)) await open.close();
  }
}

/** What setup looks at before it writes: what would be wrong tomorrow as well. */
export async function* lookAround(
  trial: Omit<Trial, 'smsTo' | 'pay' | 'chance' | 'pause'>,
): AsyncGenerator<Check> {
  const { settings, provider, clock } = trial;
  if (settings.rails.GETMIPAY_API_URL !== undefined) {
    yield* judgeProvider(await examineAccess(provider.configuration, clock), settings.rails);
  }
  if (settings.ground.DATABASE_URL !== undefined) {
    const open = await openOrSay(settings);
    if ('check' in open) yield open.check;
    else {
      try {
        // The schema comes at the first start: here only the server is judged.
        const first = await tryDatabase(open, settings.ground).next();
        if (first.done !== true) yield first.value;
      } finally {
        await open.close();
      }
    }
  }
  if (settings.channels.SMS_GATEWAY_URL !== undefined) yield await trySms(settings.channels, undefined);
}

async function openOrSay(settings: AllSettings): Promise<OpenDatabase | { readonly check: Check }> {
  try {
    return await openDatabase(settings.ground, () => undefined);
  } catch (error) {
    if (error instanceof ConfigurationError && settings.ground.DATABASE_URL === undefined) {
      const { name, inUse, nothingToDo } = CHECKS.database;
      return { check: { name, state: 'amber', seen: inUse, cure: nothingToDo } };
    }
    return { check: databaseAway(error) };
  }
}
