/**
 * Finds the payment behind an address, for its owner only: somebody else's is as absent as one that does not exist.
 */
import type { FastifyRequest } from 'fastify';
import { isId } from '../../ground/identifiers.ts';
import { findPayment } from '../../rails/payments/payment.rows.ts';
import type { Payment } from '../../rails/payments/payment.ts';
import type { Direction } from '../../rails/provider.ts';
import { signedInOf } from './signed-in.ts';
import type { WebDoor } from './web-door.ts';

/** The payment named by the address's `id`; nothing when it goes the other way than `direction`, if one is given. */
export async function ownPayment(
  request: FastifyRequest,
  door: WebDoor,
  direction?: Direction,
): Promise<Payment | undefined> {
  const { id } = request.params as { id?: unknown };
  if (!isId('pay', id)) return undefined;
  const payment = await findPayment(door.db, id);
  if (payment?.ownerId !== signedInOf(request).person.id) return undefined;
  return direction === undefined || payment.direction === direction ? payment : undefined;
}
