import { describe, expect, test } from 'vitest';
import { SECOND_MS } from '../../../ground/clock.ts';
import {
  CALLBACK_URL,
  PAYIN_HEADERS,
  PAYOUT_HEADERS,
  payinBody,
  send,
  type TestSimulator,
  testSimulator,
} from '../testing/test-simulator.ts';

interface Created {
  readonly data: { readonly transaction_reference: string; readonly soleaspay_reference: string };
}

async function payin(simulator: TestSimulator, ending = '1234'): Promise<Created['data']> {
  const answer = await simulator.callJwt('/payins', payinBody(ending), PAYIN_HEADERS);
  return ((await answer.json()) as Created).data;
}

const CREATED = {
  transaction_reference: expect.stringMatching(/^MPAYIN_[A-Z0-9]{12}$/),
  soleaspay_reference: expect.stringMatching(/^MLS[0-9a-f]{12}[A-Z]$/),
  amount: 5_000,
  fee_amount: 85,
  net_amount: 4_915,
  currency: 'XOF',
  status: 'pending',
  service_used: '30',
  service_name: 'MOMO CI',
  otp_required: false,
  payment_url: null,
};

describe('a pay-in', () => {
  test.each(['/payins', '/payments/payin'])(
    'on %s answers as documented, in the newer generation',
    async (path) => {
      const simulator = await testSimulator();
      const answer = await simulator.callJwt(path, payinBody(), PAYIN_HEADERS);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ success: true, message: expect.any(String), data: CREATED });
    },
  );

  test.each(['/payins', '/payments/payin'])(
    'on %s repeats five fields for the older clients',
    async (path) => {
      const simulator = await testSimulator();
      const blank = { customer_name: '', customer_email: '', description: '' };
      const answer = await simulator.call(path, payinBody('1234', blank), PAYIN_HEADERS);
      const body = (await answer.json()) as Created & { reference: string };
      expect(body).toEqual({
        success: true,
        message: expect.any(String),
        data: CREATED,
        reference: body.data.transaction_reference,
        status: 'pending',
        amount: 5_000,
        currency: 'XOF',
        created_at: '2026-01-05T08:00:00.000Z',
      });
    },
  );

  test('by card leads to the hosted page', async () => {
    const simulator = await testSimulator({ publicUrl: 'https://pay.test/' });
    const answer = await simulator.callJwt('/payins', payinBody(), { operation: '2', service: '71' });
    const { data } = (await answer.json()) as Created;
    expect(data).toMatchObject({ payment_url: `https://pay.test/card/${data.transaction_reference}/` });
  });

  test('without its own address uses the one of the dashboard', async () => {
    const simulator = await testSimulator({ dashboardUrl: 'http://merchant.test/dashboard/' });
    await simulator.call('/payins', payinBody('0001', { callback_url: undefined }), PAYIN_HEADERS);
    await simulator.call('/payins', payinBody('0001'), PAYIN_HEADERS);
    await simulator.step();
    expect(simulator.received.map(({ url }) => url)).toEqual([
      'http://merchant.test/dashboard/',
      CALLBACK_URL,
    ]);
  });

  test.each<[string, object | string, Record<string, string>, number, string]>([
    ['no operation', payinBody(), { service: '30' }, 400, 'INVALID_OPERATION'],
    ['the operation of a pay-out', payinBody(), PAYOUT_HEADERS, 400, 'INVALID_OPERATION'],
    ['no service', payinBody(), { operation: '2' }, 400, 'SERVICE_REQUIRED'],
    ['an unknown service', payinBody(), { operation: '2', service: '99' }, 422, 'SERVICE_NOT_FOUND'],
    ['no amount', payinBody('1234', { amount: undefined }), PAYIN_HEADERS, 400, 'VALIDATION_ERROR'],
    ['a negative amount', payinBody('1234', { amount: -100 }), PAYIN_HEADERS, 400, 'VALIDATION_ERROR'],
    ['an amount with decimals', payinBody('1234', { amount: 500.5 }), PAYIN_HEADERS, 400, 'VALIDATION_ERROR'],
    ['an amount as a text', payinBody('1234', { amount: '5000' }), PAYIN_HEADERS, 400, 'VALIDATION_ERROR'],
    ['99 francs', payinBody('1234', { amount: 99 }), PAYIN_HEADERS, 400, 'VALIDATION_ERROR'],
    ['too much', payinBody('1234', { amount: 1_500_001 }), PAYIN_HEADERS, 422, 'AMOUNT_OUT_OF_RANGE'],
    [
      'a currency in small letters',
      payinBody('1234', { currency: 'xof' }),
      PAYIN_HEADERS,
      400,
      'VALIDATION_ERROR',
    ],
    ['an unknown currency', payinBody('1234', { currency: 'NGN' }), PAYIN_HEADERS, 400, 'VALIDATION_ERROR'],
    ['another currency', payinBody('1234', { currency: 'XAF' }), PAYIN_HEADERS, 422, 'CURRENCY_MISMATCH'],
    ['no wallet', payinBody('1234', { wallet: undefined }), PAYIN_HEADERS, 400, 'VALIDATION_ERROR'],
    ['a foreign wallet', payinBody('1234', { wallet: '33612345678' }), PAYIN_HEADERS, 422, 'INVALID_WALLET'],
    ['no description', payinBody('1234', { description: '' }), PAYIN_HEADERS, 400, 'VALIDATION_ERROR'],
    ['no name', payinBody('1234', { customer_name: undefined }), PAYIN_HEADERS, 400, 'VALIDATION_ERROR'],
    [
      'a long name',
      payinBody('1234', { customer_name: 'é'.repeat(256) }),
      PAYIN_HEADERS,
      400,
      'VALIDATION_ERROR',
    ],
    [
      'a bad address',
      payinBody('1234', { callback_url: 'not-a-url' }),
      PAYIN_HEADERS,
      400,
      'VALIDATION_ERROR',
    ],
    [
      'a file address',
      payinBody('1234', { callback_url: 'file:///etc/x' }),
      PAYIN_HEADERS,
      400,
      'VALIDATION_ERROR',
    ],
    ['a bad e-mail', payinBody('1234', { customer_email: 'awa' }), PAYIN_HEADERS, 400, 'VALIDATION_ERROR'],
    ['half of a JSON', '{"amount":', PAYIN_HEADERS, 400, 'INVALID_JSON'],
    ['a list', '[]', PAYIN_HEADERS, 400, 'INVALID_JSON'],
  ])('with %s is refused and creates nothing', async (_name, body, headers, status, code) => {
    const simulator = await testSimulator();
    const keys = { public_apikey: 'gmp_pk_rehearsal', private_secretkey: 'gmp_sk_rehearsal' };
    const auth = (await (await simulator.call('/action/auth', keys)).json()) as { data: { token: string } };
    const answer = await send(simulator, '/payins', body, {
      authorization: `Bearer ${auth.data.token}`,
      ...headers,
    });
    expect([answer.status, await answer.json()]).toEqual([
      status,
      { success: false, message: expect.any(String), error_code: code },
    ]);
    expect(simulator.books.list()).toEqual([]);
  });

  test.each<[string, Record<string, string>, number, string | undefined]>([
    ['no code', {}, 422, 'OTP_REQUIRED'],
    ['the wrong code', { otp: '0000' }, 422, 'OTP_INVALID'],
    ['an expired code', { otp: '9999' }, 422, 'OTP_EXPIRED'],
    ['a code', { otp: '482913' }, 200, undefined],
  ])('by Orange Money with %s', async (_name, headers, status, code) => {
    const simulator = await testSimulator();
    const asked = { operation: '2', service: '3', ...headers };
    const answer = await simulator.callJwt('/payins', payinBody('1234', { wallet: '0700001234' }), asked);
    expect(answer.status).toBe(status);
    expect(((await answer.json()) as { error_code?: string }).error_code).toBe(code);
  });
});

describe('a status', () => {
  test.each(['/transaction-check', '/payments/direct-status'])(
    'by %s answers as documented',
    async (path) => {
      const simulator = await testSimulator();
      const { transaction_reference, soleaspay_reference } = await payin(simulator);
      const question = {
        order_id: transaction_reference,
        pay_id: soleaspay_reference,
        operation: '2',
        service: '30',
      };
      const data = {
        order_id: transaction_reference,
        pay_id: soleaspay_reference,
        status: 'pending',
        amount: 5_000,
        currency: 'XOF',
        created_at: '2026-01-05T08:00:00.000Z',
      };
      const newer = await simulator.callJwt(path, question);
      expect(await newer.json()).toEqual({ success: true, message: expect.any(String), data });
      const older = await simulator.call(path, question);
      expect(await older.json()).toMatchObject({ data, reference: transaction_reference, status: 'pending' });
    },
  );

  test.each(['/payments/:reference', '/payments/:reference/status'])(
    'by GET %s, under either reference',
    async (path) => {
      const simulator = await testSimulator();
      const created = await payin(simulator);
      simulator.clock.advance(65 * SECOND_MS);
      for (const reference of [created.transaction_reference, created.soleaspay_reference]) {
        const answer = await simulator.call(path.replace(':reference', reference));
        expect(await answer.json()).toMatchObject({
          success: true,
          reference: created.transaction_reference,
          data: {
            reference: created.transaction_reference,
            soleaspay_reference: created.soleaspay_reference,
            amount: 5_000,
            currency: 'XOF',
            status: 'pending',
            description: 'Recharge',
            created_at: '2026-01-05T08:00:00.000Z',
            updated_at: '2026-01-05T08:00:00.000Z',
            polling_attempts: 2,
            last_polling_at: '2026-01-05T08:01:00.000Z',
          },
        });
      }
    },
  );

  test('asked with the references of two payments is not found', async () => {
    const simulator = await testSimulator();
    const [one, other] = [await payin(simulator), await payin(simulator, '4321')];
    const question = { order_id: one.transaction_reference, pay_id: other.soleaspay_reference };
    const answer = await simulator.call('/transaction-check', question);
    expect([answer.status, await answer.json()]).toMatchObject([
      404,
      { error_code: 'TRANSACTION_NOT_FOUND' },
    ]);
  });

  test.each<[string, object, number]>([
    ['without a reference', { pay_id: 'MLS1' }, 400],
    ['without the other', { order_id: 'MPAYIN_1' }, 400],
    ['of nothing', { order_id: 'MPAYIN_1', pay_id: 'MLS1' }, 404],
  ])('%s is refused', async (_name, question, status) => {
    const simulator = await testSimulator();
    expect((await simulator.call('/payments/direct-status', question)).status).toBe(status);
  });

  test('can be made to lie, and tells the truth again', async () => {
    const simulator = await testSimulator();
    const { transaction_reference, soleaspay_reference } = await payin(simulator, '0001');
    const question = { order_id: transaction_reference, pay_id: soleaspay_reference };
    simulator.books.pretend(transaction_reference, 'failed');
    const lie = await simulator.call('/transaction-check', question);
    expect(await lie.json()).toMatchObject({ data: { status: 'failed' } });
    simulator.books.pretend(transaction_reference);
    const truth = await simulator.call('/transaction-check', question);
    expect(await truth.json()).toMatchObject({ data: { status: 'success' } });
  });
});
