/**
 * Runs the simulated aggregator as a server of its own, with its own port, books and pages.
 *
 * It knows nothing of the product and is reached by HTTP only, so what works against it was not helped by a shortcut.
 * A timer does scripted steps and sends callbacks; without one (`pace_ms: 0`) the caller does it step by step.
 */
import { setTimeout as wait } from 'node:timers/promises';
import fastify from 'fastify';
import type { Chance } from '../../ground/chance.ts';
import { type Clock, SECOND_MS } from '../../ground/clock.ts';
import { makeAccessTokens } from './api/access-token.ts';
import { registerApi } from './api/api.ts';
import { type OpeningFloat, openBooks, type SimulatorBooks } from './books.ts';
import { openBooksFile } from './books-file.ts';
import type { Counter } from './merchant.ts';
import { registerPages } from './pages/pages.tsx';
import { postCallback } from './post-callback.ts';
import { type PostCallback, sendCallbacksOnce } from './send-callbacks-once.ts';
import type { WebhookRecipe } from './signature.ts';

export interface SimulatorOptions {
  /** 0 takes a free port. */
  readonly port: number;
  /** Interface to listen on; this machine only unless told. */
  readonly host?: string;
  readonly clock: Clock;
  readonly chance: Chance;
  /** Address of the pages as the payer's browser sees it; the server's own unless told. */
  readonly publicUrl?: string;
  readonly publicKey: string;
  readonly secretKey: string;
  readonly webhookSecret: string;
  readonly webhookRecipe: WebhookRecipe;
  readonly merchantName?: string;
  /** Where callbacks go for payments that name no address. */
  readonly dashboardUrl?: string;
  /** Append-only file in which the books survive; in memory only unless told. */
  readonly booksFile?: string;
  /** What the merchant's account holds when the books are new, in whole units per currency; nothing unless told. */
  readonly openingFloat?: OpeningFloat;
  /** Fee on a pay-out by catalogue id, in hundredths of a percent of what is asked, on top of it; 0 unless named. */
  readonly payoutFees?: Readonly<Record<string, bigint>>;
  /** How callbacks leave: over HTTP unless a function is given. */
  readonly callbacks?: 'http' | PostCallback;
  /** Time between two looks at scripts and callbacks; 0 looks only when `step` is called. */
  readonly pace_ms?: number;
  /** Told when a step driven by the timer fails; unless given, the process stops, as on any unhandled error. */
  readonly onError?: (error: unknown) => void;
  /** Delay of the answer to magic number 0015. */
  readonly slowAnswer_ms?: number;
}

export interface Simulator {
  /** Where it listens, such as `http://127.0.0.1:4010`. The API is below `/api/v1`. */
  readonly url: string;
  readonly books: SimulatorBooks;
  /** Does what is due now and resolves when it is done; returns how many callbacks were tried. */
  step(): Promise<number>;
  /** Every access token given out so far stops working. */
  revokeTokens(): void;
  close(): Promise<void>;
}

/** Rejects when the port is taken or the books file is damaged. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { clock, chance, publicKey, secretKey } = options;
  const file = options.booksFile === undefined ? undefined : openBooksFile(options.booksFile);
  const books = openBooks({
    clock,
    chance,
    ...file,
    ...(options.openingFloat === undefined ? {} : { openingFloat: options.openingFloat }),
    ...(options.payoutFees === undefined ? {} : { payoutFees: options.payoutFees }),
  });
  const step = oneAtATime(async () => await stepOnce(books, options));
  const closing = new AbortController();
  let url = '';
  const counter: Counter = {
    books,
    clock,
    chance,
    merchant: {
      name: options.merchantName ?? 'Tontine Pro',
      publicKey,
      secretKey,
      dashboardUrl: options.dashboardUrl,
    },
    tokens: makeAccessTokens(clock, publicKey, secretKey),
    publicUrl: () => (options.publicUrl ?? url).replace(/\/+$/, ''),
    waitSlowly: async () => await pause(options.slowAnswer_ms ?? 35 * SECOND_MS, closing.signal),
    deliver: async () => {
      await step();
    },
  };
  const app = fastify({
    bodyLimit: 64 * 1024,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  });
  app.addHook('onRequest', async () => {
    books.tick();
  });
  await registerApi(app, counter);
  await registerPages(app, counter);
  url = await app.listen({ port: options.port, host: options.host ?? '127.0.0.1' });
  const pace_ms = options.pace_ms ?? 250;
  const timer = pace_ms === 0 ? undefined : keepPace(step, pace_ms, options.onError ?? rethrow);
  return {
    url,
    books,
    step,
    revokeTokens: () => counter.tokens.revokeAll(),
    close: async () => {
      clearInterval(timer);
      closing.abort();
      await app.close();
      // A step under way still writes down what it sent.
      await step.idle();
      file?.close();
    },
  };
}

async function stepOnce(books: SimulatorBooks, options: SimulatorOptions): Promise<number> {
  books.tick();
  const { callbacks = 'http' } = options;
  return await sendCallbacksOnce(books, options.clock, {
    limit: 100,
    signing: { secret: options.webhookSecret, recipe: options.webhookRecipe },
    post: callbacks === 'http' ? postCallback : callbacks,
  });
}

/** Steps at a regular pace; a step that takes long is not followed by a crowd of others. */
function keepPace(
  step: () => Promise<number>,
  pace_ms: number,
  onError: (error: unknown) => void,
): NodeJS.Timeout {
  let isBusy = false;
  return setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    step()
      .catch(onError)
      .finally(() => {
        isBusy = false;
      });
  }, pace_ms);
}

function rethrow(error: unknown): never {
  throw error;
}

/** Runs one call after the other: two steps at once would send the same callback twice. */
function oneAtATime(act: () => Promise<number>): { (): Promise<number>; idle(): Promise<void> } {
  let last: Promise<unknown> = Promise.resolve();
  const queued = (): Promise<number> => {
    const mine = last.then(act, act);
    last = mine;
    return mine;
  };
  const idle = async () => {
    await Promise.allSettled([last]);
  };
  return Object.assign(queued, { idle });
}

async function pause(duration_ms: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(duration_ms, undefined, { signal, ref: false });
  } catch (error) {
    // Closing ends the wait; anything else is a mistake.
    if (!signal.aborted) throw error;
  }
}
