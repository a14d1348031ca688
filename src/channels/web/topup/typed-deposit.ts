/**
 * Reads what the pages of a deposit send, and understands it: who pays, how much, by what, and at which fee.
 *
 * Nothing that the browser sends back is believed: the quote is made again at every step.
 */
import type { FastifyRequest } from 'fastify';
import type { Refusal } from '../../../ground/refusal.ts';
import type { Person } from '../../../people/person.ts';
import { type Phone, parsePhone } from '../../../people/phone-number.ts';
import type { Method } from '../../../rails/provider.ts';
import type { Rails } from '../../../rails/rails.ts';
import { type DepositQuote, METHOD_UNAVAILABLE, quoteDeposit } from '../../../wallet/quote-deposit.ts';
import { formFields } from '../form-fields.ts';
import { methodOf } from '../typed-method.ts';

export interface TypedDeposit {
  readonly phone: string | undefined;
  readonly method: Method | undefined;
  readonly amount: string | undefined;
  readonly paymentId: string | undefined;
  readonly otp: string | undefined;
}

export interface UnderstoodDeposit {
  readonly phone: Phone;
  readonly quote: DepositQuote;
}

/** What is refused, and beside which field that is said. */
export interface RefusedDeposit {
  readonly field: 'phone' | 'method' | 'amount' | 'form';
  readonly no: Refusal;
}

export function readTypedDeposit(request: FastifyRequest): TypedDeposit {
  const fields = formFields(request, ['phone', 'method', 'amount', 'payment_id', 'otp']);
  return {
    phone: fields.phone,
    method: methodOf(fields.method),
    amount: fields.amount,
    paymentId: fields.payment_id,
    otp: fields.otp,
  };
}

export async function understandDeposit(
  rails: Rails,
  person: Person,
  typed: TypedDeposit,
): Promise<UnderstoodDeposit | RefusedDeposit> {
  const phone = parsePhone(typed.phone, person.country);
  if (!phone.ok) return { field: 'phone', no: phone.refusal };
  if (typed.method === undefined) return { field: 'method', no: METHOD_UNAVAILABLE };
  const quote = await quoteDeposit(rails, {
    owner: person,
    payerCountry: phone.value.country,
    method: typed.method,
    amount: typed.amount,
  });
  if (quote.ok) return { phone: phone.value, quote: quote.value };
  return { field: fieldOf(quote.refusal), no: quote.refusal };
}

function fieldOf(no: Refusal): RefusedDeposit['field'] {
  if (no.code.startsWith('amount-')) return 'amount';
  return no.code === METHOD_UNAVAILABLE.code ? 'method' : 'phone';
}
