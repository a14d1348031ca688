/**
 * Makes one real payment through the running product, as a person would: asked for, sent by the worker, settled.
 *
 * It goes through the books like any other, into the wallet of the number that pays, so that nothing of it has to be
 * explained later. It is done on request only, after a yes: it is real money.
 */
import { after, MINUTE_MS } from '../../../ground/clock.ts';
import type { Ground } from '../../../ground/ground.ts';
import { money } from '../../../ground/money/money.ts';
import { moneyText } from '../../../ground/money/money-text.ts';
import type { Db } from '../../../ground/postgres/database.ts';
import { inTransaction } from '../../../ground/postgres/in-transaction.ts';
import { findPersonByPhone } from '../../../people/person.rows.ts';
import type { Phone } from '../../../people/phone-number.ts';
import { findPayment } from '../../../rails/payments/payment.rows.ts';
import { METHODS } from '../../../rails/provider.ts';
import type { Rails } from '../../../rails/rails.ts';
import { quoteDeposit } from '../../../wallet/quote-deposit.ts';
import { requestDeposit } from '../../../wallet/request-deposit.ts';
import type { Check } from '../check.ts';

const PATIENCE_MS = 4 * MINUTE_MS;

export interface RealPayment {
  readonly payer: Phone;
  readonly method: string;
  /** As typed. */
  readonly amount: string;
  /** Asks whether it may happen, with the sentence that says what will. */
  readonly agreed: (sentence: string) => Promise<boolean>;
  /** Lets a little time pass before the next look. */
  readonly pause: () => Promise<void>;
}

export async function tryRealPayment(
  db: Db,
  ground: Ground,
  rails: Rails,
  wish: RealPayment,
): Promise<Check> {
  const failed = (seen: string, cure: string): Check => ({ name: 'real payment', state: 'red', seen, cure });
  const owner = await findPersonByPhone(db, wish.payer.e164);
  if (owner === undefined) {
    return failed(
      'nobody with this number has an account',
      'log in once with it: the money goes to its wallet',
    );
  }
  const method = METHODS.find((one) => one === wish.method);
  if (method === undefined) return failed('no such method', `--method is one of ${METHODS.join(', ')}`);
  const quoted = await quoteDeposit(rails, {
    owner,
    payerCountry: wish.payer.country,
    method,
    amount: wish.amount,
  });
  if (!quoted.ok) return failed(quoted.refusal.en, 'see the table of services');
  const asked = moneyText(money(quoted.value.quote.amount, quoted.value.currency), 'ascii', 'en');
  if (!(await wish.agreed(`${asked} of real money will be asked of this phone (${method}).`))) {
    return {
      name: 'real payment',
      state: 'amber',
      seen: 'not agreed to; nothing was asked',
      cure: '--yes agrees',
    };
  }
  const paymentId = ground.ids.next('pay');
  const started = await inTransaction(db, async (tx) =>
    requestDeposit(tx, ground, rails, { owner, paymentId, phone: wish.payer.e164, quote: quoted.value }),
  );
  if (!started.ok) return failed(started.refusal.en, 'mend that and try again');
  return await watch(db, ground, wish, paymentId);
}

async function watch(db: Db, ground: Ground, wish: RealPayment, paymentId: string): Promise<Check> {
  const deadline = after(ground.clock.now(), PATIENCE_MS);
  for (;;) {
    const payment = await findPayment(db, paymentId);
    const seen = `${payment?.reference ?? paymentId} is ${payment?.state ?? 'gone'}`;
    if (payment?.state === 'succeeded') return { name: 'real payment', state: 'green', seen };
    if (payment?.state === 'failed' || payment?.state === 'review') {
      return { name: 'real payment', state: 'red', seen, cure: 'its page in the history says why' };
    }
    if (ground.clock.now() > deadline) {
      return {
        name: 'real payment',
        state: 'amber',
        seen,
        cure: 'approve it on the phone; if it stays so, look whether a worker runs. The product goes on asking',
      };
    }
    await wish.pause();
  }
}
