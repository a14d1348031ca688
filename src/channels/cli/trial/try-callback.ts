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
import type { Sentence } from '../../../ground/refusal.ts';
import { fingerprintOf } from '../../../rails/inbox/callback-arrival.ts';
import { findCallbackByFingerprint, markCallbackDone } from '../../../rails/inbox/provider-callback.rows.ts';
import { type SignatureSettings, signedHeaders } from '../../../rails/providers/getmipay/signature.ts';
import { CALLBACK_PATH } from '../../callback-path.ts';
import type { Check } from '../check.ts';
import { CHECKS } from '../words/checks.ts';

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
  const { name, ...said } = CHECKS.callback;
  const nonce = Buffer.from(trial.chance.bytes(12)).toString('hex');
  const body = Buffer.from(JSON.stringify({ event: 'setup.test', nonce }));
  const url = `${trial.publicUrl.replace(/\/+$/, '')}${CALLBACK_PATH}`;
  const sent = await post(url, body, signedHeaders(trial.signature, body, trial.clock.now()));
  if (sent.status !== 200) return { name, state: 'red', ...whyNot(sent) };
  const place = await findAndPutAside(trial, body);
  if (place === 'elsewhere') return { name, state: 'red', seen: said.elsewhere, cure: said.compare };
  if (trial.signature.webhookSecret === undefined) {
    return { name, state: 'amber', seen: said.unsigned, cure: said.setSecret };
  }
  const forged = Buffer.from(JSON.stringify({ event: 'setup.test', nonce: `${nonce}00` }));
  const refusal = await post(url, forged, signedHeaders(trial.signature, body, trial.clock.now()));
  if (refusal.status !== 401) {
    return { name, state: 'red', seen: said.forged(refusal.status), cure: said.restart };
  }
  return { name, state: 'green', seen: said.good };
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

function whyNot({ status, error }: Posted): { seen: Sentence; cure: Sentence } {
  const said = CHECKS.callback;
  if (status === 0) {
    const certificate = /CERT|SSL|TLS|ALTNAME/.test(error ?? '');
    return { seen: said.silent(error ?? CHECKS.noReason), cure: certificate ? said.certificate : said.start };
  }
  if (status === 401) return { seen: said.refused, cure: said.restart };
  return { seen: said.answered(status), cure: said.proxy(CALLBACK_PATH) };
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
