/**
 * Takes the PIN for one requested withdrawal and, if it is right, sets the money aside and sends it on its way (W2–W4).
 *
 * The PIN is computed before the transaction, because it is slow. Then one transaction uses the request up and makes
 * the hold, the payment and its instruction, or none of them. Of fifty copies of one form the first makes the payment
 * and the others find it: all have the same answer. A refusal leaves no trace, so that the person may recharge and
 * confirm again while the request lasts; only the wrong PIN stays counted.
 *
 * Refuses: `withdrawal-absent` (none, or somebody else's), every refusal of `verifyPin`, `withdrawal-request-lapsed`,
 * `withdrawal-destination-unconfirmed`, every refusal of `check-own-ceilings.ts` and `check-destination-velocity.ts`, `withdrawal-method-unavailable`,
 * and every refusal of `disburse`.
 */
import type { Ground } from '../ground/ground.ts';
import { answerUndone, Undone } from '../ground/postgres/answer-in-transaction.ts';
import type { Db, Tx } from '../ground/postgres/database.ts';
import { inTransaction } from '../ground/postgres/in-transaction.ts';
import { lockName } from '../ground/postgres/lock-name.ts';
import { type Answer, accepted, invariant, type Refusal, refusal, refused } from '../ground/refusal.ts';
import { findDevice } from '../people/find-device.ts';
import { findPerson } from '../people/person.rows.ts';
import type { Person } from '../people/person.ts';
import type { PinHasher } from '../people/pin-hash.ts';
import { verifyPin } from '../people/verify-pin.ts';
import { WITHDRAWAL_ABSENT } from '../rails/payments/cancel-disbursement.ts';
import { disburse } from '../rails/payments/disburse.ts';
import { findPayment } from '../rails/payments/payment.rows.ts';
import type { Payment } from '../rails/payments/payment.ts';
import type { Service } from '../rails/provider.ts';
import type { Rails } from '../rails/rails.ts';
import { checkDestinationVelocity } from './check-destination-velocity.ts';
import { checkOwnCeilings } from './check-own-ceilings.ts';
import { isConfirmedDestination } from './destination.ts';
import { WITHDRAWAL_METHOD_UNAVAILABLE } from './quote-withdrawal.ts';
import { walletAccount } from './wallet.ts';
import { heldUntil } from './withdrawal-hold.ts';
import type { WithdrawalPolicy } from './withdrawal-policy.ts';
import {
  findWithdrawalRequest,
  lockWithdrawalRequest,
  markRequestConfirmed,
} from './withdrawal-request.rows.ts';
import { awaitsPin, REQUEST_LAPSED, type WithdrawalRequest } from './withdrawal-request.ts';

export interface ConfirmWithdrawal {
  readonly personId: string;
  readonly paymentId: string;
  /** As typed. */
  readonly pin: unknown;
  readonly hasher: PinHasher;
  /** What the browser's device cookie holds, if anything. */
  readonly deviceToken: unknown;
  readonly policy: WithdrawalPolicy;
}

/** Opens its own transactions, because the computation is slow: never call it inside one. */
export async function confirmWithdrawal(
  db: Db,
  ground: Ground,
  rails: Rails,
  asked: ConfirmWithdrawal,
): Promise<Answer<Payment>> {
  const request = await findWithdrawalRequest(db, asked);
  if (request === undefined) return refused(WITHDRAWAL_ABSENT);
  const proven = await verifyPin(db, ground, asked);
  if (!proven.ok) return proven;
  const { services } = await rails.provider.listServices();
  const service = services.find((candidate) => candidate.id === request.serviceId);
  return await answerUndone(
    async () =>
      await inTransaction(db, async (tx) => accepted(await useUp(tx, ground, rails, asked, service))),
  );
}

async function useUp(
  tx: Tx,
  ground: Ground,
  rails: Rails,
  asked: ConfirmWithdrawal,
  service: Service | undefined,
): Promise<Payment> {
  const request = await lockWithdrawalRequest(tx, asked);
  invariant(request !== undefined, `withdrawal request ${asked.paymentId} disappeared`);
  if (request.state === 'confirmed') {
    const payment = await findPayment(tx, request.paymentId);
    invariant(
      payment !== undefined,
      `withdrawal request ${request.paymentId} was confirmed without a payment`,
    );
    return payment;
  }
  const now = ground.clock.now();
  if (!awaitsPin(request, now)) throw new Undone(REQUEST_LAPSED);
  const person = await findPerson(tx, asked.personId);
  invariant(person !== undefined, 'a withdrawal request belongs to nobody');
  // Always in this order: two people who send to each other must not wait for each other.
  await lockName(tx, `withdrawal ${person.id}`);
  await lockName(tx, `payout ${request.phone}`);
  const reason = await whyNot(tx, request, person, now);
  if (reason !== undefined) throw new Undone(reason);
  if (service === undefined || !takes(service, request)) throw new Undone(WITHDRAWAL_METHOD_UNAVAILABLE);
  await markRequestConfirmed(tx, request.paymentId, now);
  const device = await findDevice(tx, asked);
  const hold = heldUntil(person, device, now, asked.policy);
  // Last, because the ledger's lock is held from there to the commit.
  const payment = await disburse(tx, ground, rails, {
    paymentId: request.paymentId,
    ownerId: person.id,
    accountId: walletAccount(person),
    service,
    phone: request.phone,
    amount: request.amount,
    fee: request.fee,
    ...(hold === undefined ? {} : { heldUntil: hold.until }),
  });
  if (!payment.ok) throw new Undone(payment.refusal);
  return payment.value;
}

async function whyNot(
  tx: Tx,
  request: WithdrawalRequest,
  person: Person,
  now: Date,
): Promise<Refusal | undefined> {
  const { phone, currency } = request;
  if (!(await isConfirmedDestination(tx, person, phone))) return DESTINATION_UNCONFIRMED;
  const amount = { amount: request.amount, currency };
  const own = await checkOwnCeilings(tx, { person, amount, now });
  return own ?? (await checkDestinationVelocity(tx, { phone, amount, now }));
}

/** The provider's list may have changed since the request. */
function takes(service: Service, request: WithdrawalRequest): boolean {
  return (
    service.active &&
    service.withdrawals &&
    service.method === request.method &&
    service.currency === request.currency &&
    request.amount >= service.minAmount &&
    request.amount <= service.maxAmount &&
    request.amount % service.amountStep === 0n
  );
}

export const DESTINATION_UNCONFIRMED = refusal(
  'withdrawal-destination-unconfirmed',
  'denied',
  'Confirmez d’abord ce numéro avec le code que nous envoyons sur votre propre téléphone.',
  'First confirm this number with the code that we send to your own phone.',
);
