/**
 * Opens a session for whoever proves a number by its code or its PIN, and knows the browser again from then on.
 *
 * Both ways end alike, so that neither forgets the device: a stolen phone is told from the person's own by it.
 *
 * Refuses: what `verify-code.ts` and `sign-in-with-pin.ts` refuse.
 */
import type { FastifyRequest } from 'fastify';
import type { Tx } from '../../../ground/postgres/database.ts';
import { inTransaction } from '../../../ground/postgres/in-transaction.ts';
import { type Answer, accepted } from '../../../ground/refusal.ts';
import type { Phone } from '../../../people/phone-number.ts';
import type { PinHasher } from '../../../people/pin-hash.ts';
import { type RecordedDevice, recordDevice } from '../../../people/record-device.ts';
import type { Origin } from '../../../people/session.ts';
import { type SignedIn, signIn } from '../../../people/sign-in.ts';
import { signInWithPin } from '../../../people/sign-in-with-pin.ts';
import { verifyCode } from '../../../people/verify-code.ts';
import { deviceCookie, sessionCookie } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';

/** A login, and the browser that it came from. */
export interface Entered {
  readonly login: SignedIn;
  readonly device: RecordedDevice;
}

export async function enterWithCode(
  request: FastifyRequest,
  door: WebDoor,
  typed: { readonly phone: Phone; readonly code: string | undefined },
): Promise<Answer<Entered>> {
  return await inTransaction(door.db, async (tx): Promise<Answer<Entered>> => {
    const verified = await verifyCode(tx, door.ground, {
      phone: typed.phone,
      purpose: 'login',
      code: typed.code,
      pepper: door.keys.oneTimeCode,
    });
    if (!verified.ok) return verified;
    const login = await signIn(tx, door.ground, {
      verified: verified.value,
      locale: request.visitor.locale,
      origin: originOf(request),
      replaces: request.cookies[sessionCookie(door.secure)],
    });
    return accepted({ login, device: await remember(tx, request, door, login) });
  });
}

export async function enterWithPin(
  request: FastifyRequest,
  door: WebDoor,
  typed: { readonly phone: Phone; readonly pin: string | undefined; readonly hasher: PinHasher },
): Promise<Answer<Entered>> {
  const entered = await signInWithPin(door.db, door.ground, {
    ...typed,
    origin: originOf(request),
    replaces: request.cookies[sessionCookie(door.secure)],
  });
  if (!entered.ok) return entered;
  const login = entered.value;
  const device = await inTransaction(door.db, async (tx) => await remember(tx, request, door, login));
  return accepted({ login, device });
}

async function remember(
  tx: Tx,
  request: FastifyRequest,
  door: WebDoor,
  login: SignedIn,
): Promise<RecordedDevice> {
  const deviceToken = request.cookies[deviceCookie(door.secure)];
  return await recordDevice(tx, door.ground, { personId: login.person.id, deviceToken });
}

function originOf(request: FastifyRequest): Origin {
  const userAgent = request.headers['user-agent'];
  return { ip: request.ip, ...(userAgent === undefined ? {} : { userAgent }) };
}
