/**
 * Opens the way of a withdrawal: the form, then the request that the PIN will answer.
 *
 * Nothing that the browser sends back is believed: the quote is made here, and the request is bound to it. After the
 * request the browser is sent to a page of its own, so that going back or reloading never sends anything again.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '../../../ground/identifiers.ts';
import { readBalance } from '../../../ground/ledger/balance.ts';
import { money } from '../../../ground/money/money.ts';
import { inTransaction } from '../../../ground/postgres/in-transaction.ts';
import { lockName } from '../../../ground/postgres/lock-name.ts';
import { type Answer, accepted, type Refusal, refusal } from '../../../ground/refusal.ts';
import type { Person } from '../../../people/person.ts';
import { formatPhone, type Phone, parsePhone, storedPhone } from '../../../people/phone-number.ts';
import { FORM_TOO_OLD } from '../../../rails/payments/collect.ts';
import { BALANCE_INSUFFICIENT } from '../../../rails/payments/disburse.ts';
import type { Method, Service } from '../../../rails/provider.ts';
import { isConfirmedDestination } from '../../../wallet/destination.ts';
import {
  largestWithdrawal,
  listWithdrawalOptions,
  quoteWithdrawal,
  WITHDRAWAL_METHOD_UNAVAILABLE,
  type WithdrawalQuote,
} from '../../../wallet/quote-withdrawal.ts';
import { requestWithdrawal } from '../../../wallet/request-withdrawal.ts';
import { currencyOf, walletAccount } from '../../../wallet/wallet.ts';
import { findWithdrawalRequest } from '../../../wallet/withdrawal-request.rows.ts';
import type { WithdrawalRequest } from '../../../wallet/withdrawal-request.ts';
import type { Assets } from '../assets.ts';
import { formFields, queryFields } from '../form-fields.ts';
import { given } from '../given.ts';
import { paths } from '../paths.ts';
import { sendPage, statusOf } from '../send-page.ts';
import { requireSignIn, signedInOf } from '../signed-in.ts';
import { hintedMethod, methodOf } from '../typed-method.ts';
import { frameOf, leaveFlash, refusalText } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import { registerWithdrawConfirm, takePin } from './confirm.tsx';
import { WithdrawFormPage } from './form-page.tsx';
import { sendDestinationCode } from './send-destination-code.ts';
import { registerWithdrawStatus } from './status.tsx';

interface Typed {
  readonly phone: string | undefined;
  readonly method: Method | undefined;
  readonly amount: string | undefined;
  readonly paymentId: string | undefined;
}

interface Understood {
  readonly phone: Phone;
  readonly quote: WithdrawalQuote;
}

interface Asked {
  readonly request: WithdrawalRequest;
  readonly isNew: boolean;
}

type FieldName = 'phone' | 'method' | 'amount' | 'form';

/** What was refused, and the field under which it is said. */
interface No {
  readonly field: FieldName;
  readonly no: Refusal;
}

const METHOD_MISSING = refusal(
  'withdrawal-method-missing',
  'invalid',
  'Choisissez où l’argent doit arriver.',
  'Choose where the money should arrive.',
);

export function registerWithdraw(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const guarded = { onRequest: requireSignIn };

  app.get(paths.withdraw, guarded, async (request, reply) => {
    const wished = queryFields(request, ['phone', 'method', 'amount']);
    const typed = { ...wished, method: methodOf(wished.method), paymentId: undefined };
    return await showForm(request, reply, typed, undefined, door, assets);
  });

  app.post(paths.withdraw, guarded, async (request, reply) => {
    const fields = formFields(request, ['phone', 'method', 'amount', 'payment_id', 'pin', 'change', 'quick']);
    const typed = { ...fields, method: methodOf(fields.method), paymentId: fields.payment_id };
    // Back from the confirmation, to change something; or the button that only fills the amount in.
    if (fields.change !== undefined || fields.quick !== undefined) {
      const filled = { ...typed, amount: fields.quick ?? typed.amount };
      return await showForm(request, reply, filled, undefined, door, assets);
    }
    const asked = await readAndAsk(signedInOf(request).person, typed, door);
    if ('no' in asked) return await showForm(request, reply, typed, asked, door, assets);
    await allowDestination(request, reply, asked, door);
    // Clients without our pages may send the PIN together with the rest.
    if (fields.pin !== undefined) {
      return await takePin(request, reply, asked.request, fields.pin, door, assets);
    }
    return await reply.redirect(paths.withdrawalConfirm(asked.request.paymentId), 303);
  });

  registerWithdrawConfirm(app, door, assets);
  registerWithdrawStatus(app, door, assets);
}

async function readAndAsk(person: Person, typed: Typed, door: WebDoor): Promise<Asked | No> {
  const understood = await understand(person, typed, door);
  if ('no' in understood) return understood;
  const { paymentId } = typed;
  if (!isId('pay', paymentId)) return { field: 'form', no: FORM_TOO_OLD };
  const asked = await ask(person, paymentId, understood, door);
  return asked.ok ? asked.value : { field: 'form', no: asked.refusal };
}

async function understand(person: Person, typed: Typed, door: WebDoor): Promise<Understood | No> {
  const phone = parsePhone(typed.phone, person.country);
  if (!phone.ok) return { field: 'phone', no: phone.refusal };
  if (typed.method === undefined) return { field: 'method', no: METHOD_MISSING };
  const quote = await quoteWithdrawal(door.rails, door.withdrawals, {
    owner: person,
    destinationCountry: phone.value.country,
    method: typed.method,
    amount: typed.amount,
    available: await availableOf(person, door),
  });
  if (quote.ok) return { phone: phone.value, quote: quote.value };
  return { field: fieldOf(quote.refusal), no: quote.refusal };
}

function fieldOf(no: Refusal): FieldName {
  if (no.code.startsWith('amount-') || no.code === BALANCE_INSUFFICIENT.code) return 'amount';
  return no.code === WITHDRAWAL_METHOD_UNAVAILABLE.code ? 'method' : 'phone';
}

/** The request of this form, and whether this call made it: a second click must not send a second code. */
async function ask(
  person: Person,
  paymentId: string,
  { phone, quote }: Understood,
  door: WebDoor,
): Promise<Answer<Asked>> {
  return await inTransaction(door.db, async (tx): Promise<Answer<Asked>> => {
    await lockName(tx, `withdrawal form ${paymentId}`);
    const earlier = await findWithdrawalRequest(tx, { paymentId, personId: person.id });
    const made = await requestWithdrawal(tx, door.ground, { person, paymentId, phone: phone.e164, quote });
    return made.ok ? accepted({ request: made.value, isNew: earlier === undefined }) : made;
  });
}

/** Sends the code that a new recipient needs; when it cannot leave, the next page says so and offers another. */
async function allowDestination(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Asked,
  door: WebDoor,
): Promise<void> {
  const { person } = signedInOf(request);
  const { phone } = asked.request;
  if (!asked.isNew || (await isConfirmedDestination(door.db, person, phone))) return;
  const sent = await sendDestinationCode(request, door, person, phone);
  if (sent.ok) return;
  leaveFlash(reply, door, { kind: 'error', text: refusalText(request, sent.refusal).text });
}

async function availableOf(person: Person, door: WebDoor): Promise<bigint> {
  return (await readBalance(door.db, walletAccount(person)))?.available ?? 0n;
}

async function showForm(
  request: FastifyRequest,
  reply: FastifyReply,
  typed: Typed,
  no: No | undefined,
  door: WebDoor,
  assets: Assets,
): Promise<FastifyReply> {
  const { person } = signedInOf(request);
  const currency = currencyOf(person.country);
  const available = await availableOf(person, door);
  const typedPhone = parsePhone(typed.phone, person.country);
  const recipient = typedPhone.ok ? typedPhone.value : storedPhone(person.phone);
  const options = await listWithdrawalOptions(door.rails, recipient.country);
  const offered = options.map((service) => service.method);
  const chosen = typed.method ?? hintedMethod(recipient, offered);
  const most = mostOf(options, chosen, available, door);
  // A form that was refused before anything was written keeps its id; every other one starts anew.
  const keepsId = no !== undefined && no.field !== 'form' && isId('pay', typed.paymentId);
  const feeBasisPoints = door.withdrawals.withdrawalFeeBasisPoints;
  const page = (
    <WithdrawFormPage
      frame={frameOf(request, reply, door, assets)}
      paymentId={keepsId && typed.paymentId ? typed.paymentId : door.ground.ids.next('pay')}
      available={money(available, currency)}
      feeBasisPoints={feeBasisPoints}
      methods={options.map((service) => ({
        method: service.method,
        min: money(service.minAmount, service.currency),
        max: money(service.maxAmount, service.currency),
        feeBasisPoints,
        needsOtp: false,
      }))}
      values={given({
        phone: typed.phone ?? formatPhone(person.phone),
        method: chosen,
        amount: typed.amount,
      })}
      {...given({
        most: most === undefined ? undefined : money(most, currency),
        refusals: no && { [no.field]: refusalText(request, no.no) },
      })}
    />
  );
  return await sendPage(reply, page, no === undefined ? 200 : statusOf(no.no.kind));
}

/** By the chosen method, or by whichever lets most through while none is chosen. */
function mostOf(
  options: readonly Service[],
  chosen: Method | undefined,
  available: bigint,
  door: WebDoor,
): bigint | undefined {
  const amounts = options
    .filter((service) => chosen === undefined || service.method === chosen)
    .flatMap((service) => largestWithdrawal(service, available, door.withdrawals) ?? []);
  return amounts.length === 0 ? undefined : amounts.reduce((most, one) => (one > most ? one : most));
}
