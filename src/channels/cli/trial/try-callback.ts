/**
 * Plays the provider: sends a signed callback to the public address, and finds it in our own inbox.
 *
 * It goes the whole way of a real one: name, certificate, proxy, door, signature, database. A second one, whose signature
 * is false, must be refused. Neither names a payment, and the first is put aside at once.
 */
import { request } from 'undici';
import type { Chance } from '../../../ground/chance.ts';
import type { Clock } from '../../../ground/clock.ts';
import type { Db } from '../../../ground/postgres/database.ts';
import { inTransaction } from '../../../ground/postgres/in-transaction.ts';
import { fingerprintOf } from '../../../rails/inbox/callback-arrival.ts';
import { findCallbackByFingerprint, markCallbackDone } from '../../../rails/inbox/provider-callback.rows.ts';
import { type SignatureSettings, signedHeaders } from '../../../rails/providers/getmipay/signature.ts';
import { CALLBACK_PATH } from '../../callback-path.ts';
import type { Check } from '../check.ts';

const PATIENCE_MS = 10_000;

export interface CallbackTrial {
  readonly publicUrl: string;
  readonly signature: Pick<SignatureSettings, 'webhookSecret' | 'webhookRecipe'>;
  /** Absent when its inbox cannot be looked into from here. */
  readonly db: Db | undefined;
  readonly clock: Clock;
  readonly chance: Chance;
}

export async function tryCallback(trial: CallbackTrial): Promise<Check> {
  const name = 'callback';
  const nonce = Buffer.from(trial.chance.bytes(12)).toString('hex');
  const body = Buffer.from(JSON.stringify({ event: 'setup.test', nonce }));
  const url = `${trial.publicUrl.replace(/\/+$/, '')}${CALLBACK_PATH}`;
  const sent = await post(url, body, signedHeaders(trial.signature, body, trial.clock.now()));
  if (sent.status !== 200) return { name, state: 'red', ...whyNot(sent) };
  const place = await findAndPutAside(trial, body);
  if (place === 'elsewhere') {
    return {
      name,
      state: 'red',
      seen: 'answered 200, but it is not in this database',
      cure: 'another installation answers at PUBLIC_URL: compare its DATABASE_URL with this one',
    };
  }
  if (trial.signature.webhookSecret === undefined) {
    return {
      name,
      state: 'amber',
      seen: 'received back, unsigned',
      cure: 'set GETMIPAY_WEBHOOK_SECRET: without it anybody can make us ask the provider',
    };
  }
  const forged = Buffer.from(JSON.stringify({ event: 'setup.test', nonce: `${nonce}00` }));
  const refusal = await post(url, forged, signedHeaders(trial.signature, body, trial.clock.now()));
  if (refusal.status !== 401) {
    return {
      name,
      state: 'red',
      seen: `a forged signature was answered with ${refusal.status}`,
      cure: 'the process at PUBLIC_URL runs with another GETMIPAY_WEBHOOK_SECRET or recipe: restart it with this .env',
    };
  }
  return {
    name,
    state: 'green',
    seen: 'signed, sent to PUBLIC_URL and received back; a forged one was refused',
  };
}

interface Posted {
  readonly status: number;
  /** The name of an error when there was no answer. */
  readonly error?: string;
}

async function post(url: string, body: Uint8Array, headers: Record<string, string>): Promise<Posted> {
  try {
    const answer = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await answer.body.dump();
    return { status: answer.statusCode };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    return { status: 0, error: code ?? (error instanceof Error ? error.name : 'no reason') };
  }
}

function whyNot({ status, error }: Posted): { seen: string; cure: string } {
  if (status === 0) {
    const certificate = /CERT|SSL|TLS|ALTNAME/.test(error ?? '');
    return {
      seen: `no answer from PUBLIC_URL (${error})`,
      cure: certificate
        ? 'the certificate is not good: the provider will refuse it as well'
        : 'start the product, and let PUBLIC_URL lead to it: name, firewall, proxy',
    };
  }
  if (status === 401) {
    return {
      seen: 'our own signature was refused',
      cure: 'the process at PUBLIC_URL runs with another GETMIPAY_WEBHOOK_SECRET or recipe: restart it with this .env',
    };
  }
  return {
    seen: `answered with ${status}`,
    cure: `something else answers there: the proxy must pass ${CALLBACK_PATH} on, without redirecting`,
  };
}

async function findAndPutAside(
  trial: CallbackTrial,
  body: Uint8Array,
): Promise<'here' | 'unknown' | 'elsewhere'> {
  const { db } = trial;
  if (db === undefined) return 'unknown';
  const found = await findCallbackByFingerprint(db, fingerprintOf(body, undefined, true));
  if (found === undefined) return 'elsewhere';
  await inTransaction(db, async (tx) => {
    await markCallbackDone(tx, found.id, 'ignored', undefined, trial.clock.now());
  });
  return 'here';
}
