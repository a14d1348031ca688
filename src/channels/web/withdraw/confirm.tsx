/**
 * Opens the page on which a withdrawal is proven to be wanted, and takes the proofs: the code of a new number, the PIN.
 *
 * The page can be left, reloaded and reached again by the back button: what is shown is always read from the request,
 * and a request that was confirmed leads on to its withdrawal instead of asking again.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '../../../ground/identifiers.ts';
import { readBalance } from '../../../ground/ledger/balance.ts';
import { money } from '../../../ground/money/money.ts';
import { inTransaction } from '../../../ground/postgres/in-transaction.ts';
import type { Answer, Refusal } from '../../../ground/refusal.ts';
import { findDevice } from '../../../people/find-device.ts';
import { formatPhone, maskPhone, storedPhone } from '../../../people/phone-number.ts';
import { argonHasher } from '../../../people/pin-hash.ts';
import { verifyCode } from '../../../people/verify-code.ts';
import { BALANCE_INSUFFICIENT } from '../../../rails/payments/disburse.ts';
import { confirmDestination } from '../../../wallet/confirm-destination.ts';
import { confirmWithdrawal } from '../../../wallet/confirm-withdrawal.ts';
import { isConfirmedDestination } from '../../../wallet/destination.ts';
import { walletAccount } from '../../../wallet/wallet.ts';
import { heldUntil } from '../../../wallet/withdrawal-hold.ts';
import { findWithdrawalRequest } from '../../../wallet/withdrawal-request.rows.ts';
import { awaitsPin, REQUEST_LAPSED, type WithdrawalRequest } from '../../../wallet/withdrawal-request.ts';
import type { Assets } from '../assets.ts';
import { sendError } from '../errors/route.tsx';
import { formFields } from '../form-fields.ts';
import { given } from '../given.ts';
import { paths } from '../paths.ts';
import { sendPage, statusOf } from '../send-page.ts';
import { requireSignIn, signedInOf } from '../signed-in.ts';
import { deviceCookie, frameOf, leaveFlash, refusalText } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import { wordsFor } from '../words/words.ts';
import { WithdrawConfirmPage } from './confirm-page.tsx';
import { HELD_BECAUSE } from './held-because.ts';
import { destinationPurpose, sendDestinationCode } from './send-destination-code.ts';

type FieldName = 'pin' | 'code' | 'form';

interface No {
  readonly field: FieldName;
  readonly no: Refusal;
}

export function registerWithdrawConfirm(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const guarded = { onRequest: requireSignIn };
  const page = paths.withdrawalConfirm(':id').replace('%3A', ':');
  const code = paths.withdrawalCode(':id').replace('%3A', ':');

  app.get(page, guarded, async (request, reply) => {
    const wish = await ownRequest(request, door);
    if (wish === undefined) return await sendError(request, reply, 404, assets, door);
    return await showConfirmation(request, reply, wish, undefined, door, assets);
  });

  app.post(page, guarded, async (request, reply) => {
    const wish = await ownRequest(request, door);
    if (wish === undefined) return await sendError(request, reply, 404, assets, door);
    return await takePin(request, reply, wish, formFields(request, ['pin']).pin, door, assets);
  });

  app.get(code, guarded, async (request, reply) => {
    const { id } = request.params as { id: string };
    return await reply.redirect(paths.withdrawalConfirm(id), 302);
  });

  app.post(code, guarded, async (request, reply) => {
    const wish = await ownRequest(request, door);
    if (wish === undefined) return await sendError(request, reply, 404, assets, door);
    if (!awaitsPin(wish, door.ground.clock.now())) {
      return await showConfirmation(request, reply, wish, undefined, door, assets);
    }
    const { code: typed, resend } = formFields(request, ['code', 'resend']);
    const answer =
      resend === undefined
        ? await takeCode(request, wish, typed, door)
        : await sendAgain(request, reply, wish, door);
    if (answer.ok) return await reply.redirect(paths.withdrawalConfirm(wish.paymentId), 303);
    return await showConfirmation(request, reply, wish, { field: 'code', no: answer.refusal }, door, assets);
  });
}

/** Confirms with a PIN as typed; ends on the withdrawal's own page, or on the confirmation with what was refused. */
export async function takePin(
  request: FastifyRequest,
  reply: FastifyReply,
  wish: WithdrawalRequest,
  pin: string | undefined,
  door: WebDoor,
  assets: Assets,
): Promise<FastifyReply> {
  const confirmed = await confirmWithdrawal(door.db, door.ground, door.rails, {
    personId: signedInOf(request).person.id,
    paymentId: wish.paymentId,
    pin,
    hasher: argonHasher(door.keys.pin),
    deviceToken: request.cookies[deviceCookie(door.secure)],
    policy: door.withdrawals,
  });
  if (confirmed.ok) return await reply.redirect(paths.withdrawal(wish.paymentId), 303);
  const { refusal: no } = confirmed;
  if (no.kind === 'absent') return await sendError(request, reply, 404, assets, door);
  if (no.code === REQUEST_LAPSED.code) return await startAgain(request, reply, wish, door);
  const field = no.code.startsWith('pin-') && no.code !== 'pin-not-set' ? 'pin' : 'form';
  return await showConfirmation(request, reply, wish, { field, no }, door, assets);
}

/** The visitor's own request behind the address, or nothing. */
export async function ownRequest(
  request: FastifyRequest,
  door: WebDoor,
): Promise<WithdrawalRequest | undefined> {
  const { id } = request.params as { id?: unknown };
  if (!isId('pay', id)) return undefined;
  return await findWithdrawalRequest(door.db, { paymentId: id, personId: signedInOf(request).person.id });
}

/** A wrong code is an answer that must be kept: its try was spent. */
async function takeCode(
  request: FastifyRequest,
  wish: WithdrawalRequest,
  code: string | undefined,
  door: WebDoor,
): Promise<Answer<undefined>> {
  const { person } = signedInOf(request);
  return await inTransaction(door.db, async (tx): Promise<Answer<undefined>> => {
    const verified = await verifyCode(tx, door.ground, {
      phone: storedPhone(person.phone),
      purpose: destinationPurpose(wish.phone),
      code,
      pepper: door.keys.oneTimeCode,
    });
    if (!verified.ok) return verified;
    return await confirmDestination(tx, door.ground, {
      personId: person.id,
      phone: wish.phone,
      verified: verified.value,
    });
  });
}

async function sendAgain(
  request: FastifyRequest,
  reply: FastifyReply,
  wish: WithdrawalRequest,
  door: WebDoor,
): Promise<Answer<'sent'>> {
  const sent = await sendDestinationCode(request, door, signedInOf(request).person, wish.phone);
  const text = wordsFor(request.visitor.locale).withdrawConfirm.resent;
  if (sent.ok) leaveFlash(reply, door, { kind: 'success', text });
  return sent;
}

/** Ten minutes are over: the form again, with what was wished. */
async function startAgain(
  request: FastifyRequest,
  reply: FastifyReply,
  wish: WithdrawalRequest,
  door: WebDoor,
): Promise<FastifyReply> {
  const text = wordsFor(request.visitor.locale).withdraw.lapsed;
  leaveFlash(reply, door, { kind: 'warning', text });
  const wished = { phone: wish.phone, method: wish.method, amount: String(wish.amount) };
  return await reply.redirect(`${paths.withdraw}?${new URLSearchParams(wished).toString()}`, 303);
}

async function showConfirmation(
  request: FastifyRequest,
  reply: FastifyReply,
  wish: WithdrawalRequest,
  no: No | undefined,
  door: WebDoor,
  assets: Assets,
): Promise<FastifyReply> {
  const now = door.ground.clock.now();
  if (wish.state === 'confirmed') return await reply.redirect(paths.withdrawal(wish.paymentId), 303);
  if (!awaitsPin(wish, now)) return await startAgain(request, reply, wish, door);
  const { person } = signedInOf(request);
  const total = wish.amount + wish.fee;
  const available = (await readBalance(door.db, walletAccount(person)))?.available ?? 0n;
  const isKnown = await isConfirmedDestination(door.db, person, wish.phone);
  const deviceToken = request.cookies[deviceCookie(door.secure)];
  const device = await findDevice(door.db, { personId: person.id, deviceToken });
  const hold = heldUntil(person, device, now, door.withdrawals);
  const short = no === undefined && available < total;
  const shown = short ? ({ field: 'form', no: BALANCE_INSUFFICIENT } as const) : no;
  const page = (
    <WithdrawConfirmPage
      frame={frameOf(request, reply, door, assets)}
      paymentId={wish.paymentId}
      proof={isKnown ? (person.hasPin ? 'pin' : 'no-pin') : 'code'}
      method={wish.method}
      phone={wish.phone}
      phoneText={formatPhone(wish.phone)}
      ownPhoneText={maskPhone(person.phone)}
      amount={money(wish.amount, wish.currency)}
      fee={money(wish.fee, wish.currency)}
      total={money(total, wish.currency)}
      expiresAt={wish.expiresAt}
      {...given({
        remains: available < total ? undefined : money(available - total, wish.currency),
        held: hold && { until: hold.until, because: HELD_BECAUSE[hold.reason] },
        refusals: shown && { [shown.field]: refusalText(request, shown.no) },
      })}
    />
  );
  return await sendPage(reply, page, no === undefined ? 200 : statusOf(no.no.kind));
}
