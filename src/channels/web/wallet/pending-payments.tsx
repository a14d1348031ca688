/**
 * Lists the payments that are not over, each one tap away from its own page.
 */
import { type Money, money } from '../../../ground/money/money.ts';
import type { Direction, Method } from '../../../rails/provider.ts';
import type { Frame } from '../layout.tsx';
import { Amount, When } from '../parts/amount.tsx';
import { MethodMark } from '../parts/method-mark.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { paths } from '../paths.ts';
import type { PaymentFace } from '../payment-face.ts';
import { wordsFor } from '../words/words.ts';

export interface PendingPayment {
  readonly paymentId: string;
  readonly direction: Direction;
  /** What is asked of the payer, or sent to the recipient. */
  readonly amount: Money;
  readonly method: Method;
  readonly face: PaymentFace;
  readonly createdAt: Date;
}

interface PendingPaymentsProps {
  readonly frame: Frame;
  readonly pending: readonly PendingPayment[];
}

export function PendingPayments({ frame, pending }: PendingPaymentsProps) {
  if (pending.length === 0) return null;
  const words = wordsFor(frame.locale);
  return (
    <section class="card" aria-labelledby="pending">
      <h2 id="pending">{words.wallet.pendingTitle}</h2>
      <ul class="lines">
        {pending.map((payment) => (
          <li key={payment.paymentId}>
            <OnePayment frame={frame} payment={payment} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OnePayment({ frame, payment }: { readonly frame: Frame; readonly payment: PendingPayment }) {
  const words = wordsFor(frame.locale);
  const isIn = payment.direction === 'in';
  const signed = isIn ? payment.amount : money(-payment.amount.amount, payment.amount.currency);
  return (
    <a class="line" href={isIn ? paths.deposit(payment.paymentId) : paths.withdrawal(payment.paymentId)}>
      <MethodMark method={payment.method} />
      <span>
        <strong>
          {`${isIn ? words.wallet.pendingIn : words.wallet.pendingOut} · ${words.methods[payment.method]}`}
        </strong>
        <small>
          <When instant={payment.createdAt} locale={frame.locale} timeZone={frame.timeZone} />
        </small>
        <StatusChip face={payment.face} locale={frame.locale} />
      </span>
      <Amount value={signed} locale={frame.locale} signed />
    </a>
  );
}
