/**
 * Makes one real payment through the running product, as a person would: asked for, sent by the worker, settled.
 *
 * It goes through the books like any other, into the wallet of the number that pays, so that nothing of it has to be
 * explained later. It is done on request only, after a yes: it is real money.
 */
import { after, MINUTE_MS } from '../../../ground/clock.ts';
import type { Ground } from '../../../ground/ground.ts';
import { money } from '../../../ground/money/money.ts';
import type { Db } from '../../../ground/postgres/database.ts';
import { inTransaction } from '../../../ground/postgres/in-transaction.ts';
import type { Sentence } from '../../../ground/refusal.ts';
import { findPersonByPhone } from '../../../people/person.rows.ts';
import type { Phone } from '../../../people/phone-number.ts';
import { findPayment } from '../../../rails/payments/payment.rows.ts';
import { METHODS } from '../../../rails/provider.ts';
import type { Rails } from '../../../rails/rails.ts';
import { quoteDeposit } from '../../../wallet/quote-deposit.ts';
import { requestDeposit } from '../../../wallet/request-deposit.ts';
import type { Check } from '../check.ts';
import { CHECKS } from '../words/checks.ts';
import { amountSaid } from './judge-provider.ts';

const PATIENCE_MS = 4 * MINUTE_MS;

export interface RealPayment {
  readonly payer: Phone;
  readonly method: string;
  /** As typed. */
  readonly amount: string;
  /** Asks whether it may happen, with the sentence that says what will. */
  readonly agreed: (sentence: Sentence) => Promise<boolean>;
  /** Lets a little time pass before the next look. */
  readonly pause: () => Promise<void>;
}

export async function tryRealPayment(
  db: Db,
  ground: Ground,
  rails: Rails,
  wish: RealPayment,
): Promise<Check> {
  const { name, ...said } = CHECKS.realPayment;
  const failed = (seen: Sentence, cure: Sentence): Check => ({ name, state: 'red', seen, cure });
  const owner = await findPersonByPhone(db, wish.payer.e164);
  if (owner === undefined) return failed(said.nobody, said.logIn);
  const method = METHODS.find((one) => one === wish.method);
  if (method === undefined) return failed(said.noMethod, said.methods(METHODS.join(', ')));
  const quoted = await quoteDeposit(rails, {
    owner,
    payerCountry: wish.payer.country,
    method,
    amount: wish.amount,
  });
  if (!quoted.ok) return failed(quoted.refusal, said.seeServices);
  const asked = amountSaid(money(quoted.value.quote.amount, quoted.value.currency));
  if (!(await wish.agreed(said.agree(asked, method)))) {
    return { name, state: 'amber', seen: said.notAgreed, cure: said.yes };
  }
  const paymentId = ground.ids.next('pay');
  const started = await inTransaction(db, async (tx) =>
    requestDeposit(tx, ground, rails, { owner, paymentId, phone: wish.payer.e164, quote: quoted.value }),
  );
  if (!started.ok) return failed(started.refusal, said.mend);
  return await watch(db, ground, wish, paymentId);
}

async function watch(db: Db, ground: Ground, wish: RealPayment, paymentId: string): Promise<Check> {
  const { name, ...said } = CHECKS.realPayment;
  const deadline = after(ground.clock.now(), PATIENCE_MS);
  for (;;) {
    const payment = await findPayment(db, paymentId);
    const seen = said.seen(payment?.reference ?? paymentId, payment?.state ?? said.gone);
    if (payment?.state === 'succeeded') return { name, state: 'green', seen };
    if (payment?.state === 'failed' || payment?.state === 'review') {
      return { name, state: 'red', seen, cure: said.history };
    }
    if (ground.clock.now() > deadline) return { name, state: 'amber', seen, cure: said.approve };
    await wish.pause();
  }
}
