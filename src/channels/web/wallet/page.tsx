/**
 * Shows a member what they have, what is on its way, and what moved last.
 *
 * The large figure is what can be spent, because that is the question people come with. What the books hold beyond
 * it, and what has not arrived yet, is named apart: one number for all three would be a promise that can break.
 */
import type { VNode } from 'preact';
import type { Money } from '../../../ground/money/money.ts';
import { type Frame, Layout } from '../layout.tsx';
import { Amount } from '../parts/amount.tsx';
import { Icon } from '../parts/icons.tsx';
import { paths } from '../paths.ts';
import { wordsFor } from '../words/words.ts';
import { type Movement, Movements } from './movements.tsx';
import { type PendingPayment, PendingPayments } from './pending-payments.tsx';

export interface WalletPageProps {
  readonly frame: Frame;
  readonly name?: string;
  /** What can be spent now. */
  readonly available: Money;
  /** What the books hold, reservations included. */
  readonly balance: Money;
  /** Sum of the deposits that may still arrive. */
  readonly onTheWay: Money;
  readonly pending: readonly PendingPayment[];
  /** The last five, newest first. */
  readonly movements: readonly Movement[];
}

export function WalletPage(props: WalletPageProps) {
  const { frame } = props;
  const words = wordsFor(frame.locale).wallet;
  return (
    <Layout frame={frame} title={words.title} active="wallet">
      <h1>{props.name === undefined ? words.title : words.greeting(props.name)}</h1>
      <div class="overview">
        <BalanceCard {...props} />
        <div>
          <PendingPayments frame={frame} pending={props.pending} />
          <Movements frame={frame} movements={props.movements} />
        </div>
      </div>
    </Layout>
  );
}

function BalanceCard({ frame, available, balance, onTheWay }: WalletPageProps) {
  const words = wordsFor(frame.locale).wallet;
  const reserved = { amount: balance.amount - available.amount, currency: balance.currency };
  return (
    <section class="balance" aria-labelledby="available">
      <h2 id="available">{words.available}</h2>
      <p class="figure">
        <Amount value={available} locale={frame.locale} />
      </p>
      <dl>
        {reserved.amount === 0n ? null : (
          <>
            <Part name={words.books} value={<Amount value={balance} locale={frame.locale} />} />
            <Part name={words.reserved} value={<Amount value={reserved} locale={frame.locale} />} />
          </>
        )}
        {onTheWay.amount === 0n ? null : (
          <Part name={words.onTheWay} value={<Amount value={onTheWay} locale={frame.locale} />} />
        )}
      </dl>
      <p class="moves">
        <a class="button primary" href={paths.topup}>
          <Icon name="plus" />
          {words.topup}
        </a>
        <a class="button" href={paths.withdraw}>
          <Icon name="out" />
          {words.withdraw}
        </a>
      </p>
    </section>
  );
}

function Part({ name, value }: { readonly name: string; readonly value: VNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
