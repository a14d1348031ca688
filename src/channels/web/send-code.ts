/**
 * Makes a code and sends it by text message, to log in or to allow a number.
 *
 * The message leaves after the transaction: a code that was not kept must not be sent, and sending may be slow.
 */
import type { FastifyRequest } from 'fastify';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { type Answer, refusal, refused } from '../../ground/refusal.ts';
import { CODE_LIMITS, type CodePurpose } from '../../people/login-code.ts';
import { codeNotice } from '../../people/notices.ts';
import type { Phone } from '../../people/phone-number.ts';
import { requestCode } from '../../people/request-code.ts';
import type { WebDoor } from './web-door.ts';

const SMS_FAILED = refusal(
  'sms-failed',
  'unavailable',
  'Le SMS n’a pas pu partir. Réessayez dans un instant.',
  'The text message could not be sent. Try again in a moment.',
);

/** To `phone`, in the visitor's language. Refuses what `requestCode` refuses, and `sms-failed`. */
export async function sendCode(
  request: FastifyRequest,
  door: WebDoor,
  phone: Phone,
  purpose: CodePurpose,
): Promise<Answer<'sent'>> {
  const asked = await inTransaction(
    door.db,
    async (tx) =>
      await requestCode(tx, door.ground, {
        phone,
        purpose,
        ip: request.ip,
        pepper: door.keys.oneTimeCode,
        limits: { ...CODE_LIMITS, perDay: door.smsDailyBudget },
      }),
  );
  if (!asked.ok) return asked;
  const text = codeNotice(asked.value.code, purpose, request.visitor.locale);
  const outcome = await door.sms.send({ to: phone.e164, text });
  return outcome === 'sent' ? { ok: true, value: 'sent' } : refused(SMS_FAILED);
}
