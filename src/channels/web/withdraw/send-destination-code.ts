/**
 * Sends the code that allows a new recipient, to the person's own phone: whoever only has the session never sees it.
 */
import type { FastifyRequest } from 'fastify';
import type { Answer } from '../../../ground/refusal.ts';
import type { DestinationPurpose } from '../../../people/login-code.ts';
import type { Person } from '../../../people/person.ts';
import { storedPhone } from '../../../people/phone-number.ts';
import { sendCode } from '../send-code.ts';
import type { WebDoor } from '../web-door.ts';

/** A code for this number (E.164) is wrong for every other one. */
export function destinationPurpose(phone: string): DestinationPurpose {
  return `destination:${phone}`;
}

export async function sendDestinationCode(
  request: FastifyRequest,
  door: WebDoor,
  person: Person,
  phone: string,
): Promise<Answer<'sent'>> {
  return await sendCode(request, door, storedPhone(person.phone), destinationPurpose(phone));
}
