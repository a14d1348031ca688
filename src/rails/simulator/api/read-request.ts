/**
 * Reads what a caller of the API sent, and refuses what the documentation does not allow.
 *
 * Shape errors answer 400 and name the field; what a service cannot do is for the books to refuse. The older generation
 * lets clients leave out the description and the customer's name, which its official clients do.
 */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isCurrency } from '../../../ground/money/currency.ts';
import { money } from '../../../ground/money/money.ts';
import type { Direction } from '../../provider.ts';
import type { PaymentRequest } from '../payment-request.ts';
import { ApiError } from './api-error.ts';
import type { Generation } from './authenticate.ts';

const httpUrl = z.url({ protocol: /^https?$/ });
const text = z.string().max(255);
const blankAsAbsent = <S extends z.ZodType>(shape: S) =>
  z.preprocess((value) => (value === '' || value === null ? undefined : value), shape.optional());

const paymentBody = z.object({
  amount: z.number().int().min(100).max(Number.MAX_SAFE_INTEGER),
  currency: z.string().regex(/^[A-Z]{3}$/),
  wallet: z.string().min(1).max(32),
  description: blankAsAbsent(text),
  customer_name: blankAsAbsent(text),
  customer_email: blankAsAbsent(z.email()),
  callback_url: blankAsAbsent(httpUrl),
  return_url: blankAsAbsent(httpUrl),
});

const statusBody = z.object({
  order_id: z.string().min(1).max(64),
  pay_id: z.string().min(1).max(64),
  operation: z.string().optional(),
  service: z.string().optional(),
});

export type StatusQuestion = z.output<typeof statusBody>;

const OPERATIONS: Readonly<Record<Direction, string>> = { in: '2', out: '4' };

/** The JSON object in the body. Refuses (400) anything else. */
export function readObject(request: FastifyRequest): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Unreadable and not an object are the same mistake to the caller.
  }
  throw new ApiError(400, 'INVALID_JSON', 'The body must be a JSON object.');
}

/** Refuses (400) a wrong operation header, a missing service header, and fields out of shape. */
export function readPayment(
  request: FastifyRequest,
  direction: Direction,
  generation: Generation,
): PaymentRequest {
  const { operation, service, otp } = request.headers;
  if (operation !== OPERATIONS[direction]) {
    throw new ApiError(400, 'INVALID_OPERATION', `The header operation must be "${OPERATIONS[direction]}".`);
  }
  if (typeof service !== 'string' || service === '') {
    throw new ApiError(400, 'SERVICE_REQUIRED', 'The header service is required.');
  }
  const body = parse(paymentBody, readObject(request));
  if (generation === 'jwt') {
    for (const field of ['description', 'customer_name'] as const) {
      if (body[field] === undefined) throw invalidField(field, 'is required');
    }
  }
  if (!isCurrency(body.currency)) throw invalidField('currency', 'is not supported');
  return {
    direction,
    service,
    wallet: body.wallet,
    amount: money(BigInt(body.amount), body.currency),
    description: body.description ?? '',
    customerName: body.customer_name ?? '',
    callbackUrl: body.callback_url,
    returnUrl: body.return_url,
    otp: typeof otp === 'string' && otp !== '' ? otp : undefined,
  };
}

/** Refuses (400) a question without its two references. */
export function readStatusQuestion(request: FastifyRequest): StatusQuestion {
  return parse(statusBody, readObject(request));
}

function parse<S extends z.ZodType>(shape: S, value: unknown): z.output<S> {
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw invalidField(issue?.path.join('.') ?? 'body', issue?.message ?? 'is invalid');
}

function invalidField(field: string, complaint: string): ApiError {
  return new ApiError(400, 'VALIDATION_ERROR', `The field ${field} is invalid: ${complaint}.`);
}
