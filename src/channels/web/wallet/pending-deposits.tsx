/**
 * Lists the deposits that may still arrive, each one tap away from its waiting page.
 */
import type { Money } from '../../../ground/money/money.ts';
import type { Method } from '../../../rails/provider.ts';
import type { DepositFace } from '../deposit-face.ts';
import type { Frame } from '../layout.tsx';
import { Amount, When } from '../parts/amount.tsx';
import { MethodMark } from '../parts/method-mark.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { paths } from '../paths.ts';
import { wordsFor } from '../words/words.ts';

export interface PendingDeposit {
  readonly paymentId: string;
  readonly amount: Money;
  readonly method: Method;
  readonly face: DepositFace;
  readonly createdAt: Date;
}

interface PendingDepositsProps {
  readonly frame: Frame;
  readonly pending: readonly PendingDeposit[];
}

export function PendingDeposits({ frame, pending }: PendingDepositsProps) {
  if (pending.length === 0) return null;
  const words = wordsFor(frame.locale);
  return (
    <section class="card" aria-labelledby="pending">
      <h2 id="pending">{words.wallet.pendingTitle}</h2>
      <ul class="lines">
        {pending.map((deposit) => (
          <li key={deposit.paymentId}>
            <a class="line" href={paths.deposit(deposit.paymentId)}>
              <MethodMark method={deposit.method} />
              <span>
                <strong>{words.methods[deposit.method]}</strong>
                <small>
                  <When instant={deposit.createdAt} locale={frame.locale} timeZone={frame.timeZone} />
                </small>
                <StatusChip face={deposit.face} locale={frame.locale} />
              </span>
              <Amount value={deposit.amount} locale={frame.locale} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
