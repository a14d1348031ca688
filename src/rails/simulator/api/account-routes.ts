/**
 * Answers the calls about the merchant's account: token, key check, balance, services, conversion.
 */
import type { FastifyInstance } from 'fastify';
import { type Currency, isCurrency } from '../../../ground/money/currency.ts';
import type { Counter } from '../merchant.ts';
import { isSameText } from '../signature.ts';
import { ApiError } from './api-error.ts';
import { authenticate } from './authenticate.ts';
import { convert } from './convert.ts';
import { readObject } from './read-request.ts';
import { envelope, servicesWire, type Wire } from './wire.ts';

/** The currencies of the countries served; a merchant has a float in each. */
const HELD: readonly Currency[] = ['XOF', 'XAF'];

export function accountRoutes(app: FastifyInstance, counter: Counter): void {
  const { merchant, books, tokens } = counter;

  app.post('/action/auth', async (request) => {
    const { public_apikey, private_secretkey } = readObject(request);
    if (!isKey(public_apikey, merchant.publicKey) || !isKey(private_secretkey, merchant.secretKey)) {
      throw new ApiError(401, 'INVALID_CREDENTIALS', 'The keys are invalid.');
    }
    const { token, expiresAt } = tokens.issue();
    return envelope('Authentication successful', {
      token,
      expires_at: expiresAt.toISOString(),
      token_type: 'bearer',
      token_format: 'JWT',
    });
  });

  app.post('/action/check-api-key', async (request) => {
    const body = readObject(request);
    const key = body.secret_apikey ?? body.public_apikey;
    if (!isKey(key, merchant.secretKey) && !isKey(key, merchant.publicKey)) {
      throw new ApiError(401, 'API_KEY_INVALID', 'The API key is invalid.');
    }
    return envelope('API key is valid', keyWire(counter, String(key)));
  });

  app.get<{ Querystring: { currency?: string } }>('/balance', async (request) => {
    authenticate(counter, request);
    const { currency = 'XOF' } = request.query;
    if (!isCurrency(currency)) throw new ApiError(400, 'VALIDATION_ERROR', 'The currency is not supported.');
    return envelope('Balance retrieved', {
      balance: Number(books.balance(currency).amount),
      currency,
      merchant_name: merchant.name,
      balances: HELD.map((held) => ({ currency: held, balance: Number(books.balance(held).amount) })),
    });
  });

  app.get('/services', async (request) => {
    authenticate(counter, request);
    return envelope('Services retrieved', servicesWire());
  });

  app.get<{ Querystring: { amount?: string; from?: string; to?: string } }>(
    '/convert-currency',
    async (request) => {
      authenticate(counter, request);
      const { amount = '', from = '', to = '' } = request.query;
      const converted = convert(amount, from, to);
      if (converted === undefined) {
        throw new ApiError(400, 'VALIDATION_ERROR', 'The amount or a currency is invalid.');
      }
      return envelope('Currency converted', { amount: converted, currency: to });
    },
  );
}

function isKey(given: unknown, expected: string): boolean {
  return typeof given === 'string' && isSameText(given, expected);
}

function keyWire({ merchant, books, clock }: Counter, key: string): Wire {
  const first = books.list()[0]?.createdAt ?? clock.now();
  return {
    api_key: {
      id: 1,
      key: `${key.slice(0, 6)}…`,
      status: 'active',
      is_active: true,
      activated_at: first.toISOString(),
      last_used_at: clock.now().toISOString(),
      has_been_rotated: false,
      rotation_count: 0,
    },
    merchant: {
      id: 1,
      business_name: merchant.name,
      kyc_status: 'approved',
      kyc_status_label: 'Approved',
      status: 'active',
      is_active: true,
      can_transact: true,
    },
  };
}
