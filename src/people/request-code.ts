/**
 * Makes a code for a phone number, within the limits; the caller sends it once the transaction has committed.
 *
 * It never looks whether the number is registered, so nothing in its answer can tell. The limits are looked at twice:
 * first without a lock, so that a flood on one number waits for nobody, then under the lock of the day's row, so that
 * parallel requests cannot all be the third one. A new code ends the earlier one, and forgives none of its misses.
 *
 * Refuses: code-too-many-sends, code-locked, code-too-many-from-address, code-budget-spent.
 */
import { after } from '../ground/clock.ts';
import { recordEvent } from '../ground/events/record-event.ts';
import type { Ground } from '../ground/ground.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { type Answer, accepted, type Refusal, refusal, refused } from '../ground/refusal.ts';
import {
  countCodesFromAddress,
  countCodesToNumber,
  countMisses,
  insertLoginCode,
  markCodesReplaced,
} from './login-code.rows.ts';
import {
  CODE_LIFE_MS,
  type CodeLimits,
  type CodePurpose,
  drawCode,
  hashCode,
  MISSES_PER_NUMBER,
  MISSES_WINDOW_MS,
  PER_ADDRESS_WINDOW_MS,
  PER_NUMBER_DAILY_WINDOW_MS,
  PER_NUMBER_WINDOW_MS,
} from './login-code.ts';
import { CODE_LOCKED } from './login-code-refusals.ts';
import type { Phone } from './phone-number.ts';
import { lockSmsDay, markSmsSent } from './sms-day.rows.ts';

export interface RequestCode {
  readonly phone: Phone;
  readonly purpose: CodePurpose;
  /** The network address that asks. */
  readonly ip: string;
  readonly pepper: Uint8Array;
  readonly limits: CodeLimits;
}

export interface RequestedCode {
  readonly codeId: string;
  /** For the message and for nothing else: it is kept nowhere in clear. */
  readonly code: string;
}

export async function requestCode(
  tx: Tx,
  ground: Ground,
  request: RequestCode,
): Promise<Answer<RequestedCode>> {
  const { phone, purpose, ip, pepper, limits } = request;
  const now = ground.clock.now();
  const early = await findLimit(tx, request, now);
  if (early !== undefined) return refused(early);
  const day = now.toISOString().slice(0, 10);
  const sentToday = await lockSmsDay(tx, day);
  const late = await findLimit(tx, request, now);
  if (late !== undefined) return refused(late);
  if (sentToday >= limits.perDay) return refused(BUDGET_SPENT);
  const codeId = ground.ids.next('cod');
  const code = drawCode(ground.chance);
  await markCodesReplaced(tx, { phone: phone.e164, purpose, at: now });
  await insertLoginCode(tx, {
    id: codeId,
    phone: phone.e164,
    purpose,
    codeHash: hashCode(pepper, purpose, phone.e164, code),
    ip,
    createdAt: now,
    expiresAt: after(now, CODE_LIFE_MS),
  });
  await markSmsSent(tx, day);
  if (sentToday + 1 === limits.perDay) {
    await recordEvent(tx, ground, { name: 'sms.budget-spent', subjectId: day });
  }
  return accepted({ codeId, code });
}

async function findLimit(tx: Tx, request: RequestCode, now: Date): Promise<Refusal | undefined> {
  const { phone, ip, limits } = request;
  const misses = await countMisses(tx, phone.e164, after(now, -MISSES_WINDOW_MS));
  if (misses >= MISSES_PER_NUMBER) return CODE_LOCKED;
  const lately = await countCodesToNumber(tx, phone.e164, after(now, -PER_NUMBER_WINDOW_MS));
  if (lately >= limits.perNumber) return TOO_MANY_SENDS;
  const daily = await countCodesToNumber(tx, phone.e164, after(now, -PER_NUMBER_DAILY_WINDOW_MS));
  if (daily >= limits.perNumberDaily) return TOO_MANY_SENDS_TODAY;
  const fromAddress = await countCodesFromAddress(tx, ip, after(now, -PER_ADDRESS_WINDOW_MS));
  if (fromAddress >= limits.perAddressHourly) return TOO_MANY_FROM_ADDRESS;
  return undefined;
}

const TOO_MANY_SENDS = refusal(
  'code-too-many-sends',
  'too-many',
  'Plusieurs codes ont déjà été envoyés à ce numéro. Attendez un quart d’heure, puis recommencez.',
  'Several codes were already sent to this number. Wait a quarter of an hour, then try again.',
);
const TOO_MANY_SENDS_TODAY = refusal(
  'code-too-many-sends',
  'too-many',
  'Trop de codes ont été envoyés à ce numéro en 24 heures. Réessayez demain.',
  'Too many codes were sent to this number in 24 hours. Try again tomorrow.',
);
const TOO_MANY_FROM_ADDRESS = refusal(
  'code-too-many-from-address',
  'too-many',
  'Beaucoup de codes ont été demandés depuis votre réseau. Réessayez dans une heure, ou utilisez votre code PIN.',
  'Many codes were requested from your network. Try again in an hour, or use your PIN.',
);
const BUDGET_SPENT = refusal(
  'code-budget-spent',
  'unavailable',
  'Nous ne pouvons plus envoyer de SMS aujourd’hui. Utilisez votre code PIN, ou réessayez demain.',
  'We cannot send any more text messages today. Use your PIN, or try again tomorrow.',
);
