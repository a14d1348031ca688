/**
 * Is the hosted card page, to which the product sends whoever pays or is paid so that no card number ever reaches it.
 *
 * It takes the two test cards only and says so before anything is typed: somebody who takes a rehearsal for the real
 * thing must not leave a real card number here.
 */
import type { VNode } from 'preact';
import { moneyText } from '../../../ground/money/money-text.ts';
import type { Transaction } from '../transaction.ts';
import { Layout, StateMark, type View } from './layout.tsx';
import { wordsFor } from './words.ts';

interface CardPageProps {
  readonly view: View;
  readonly transaction: Transaction;
  readonly merchantName: string;
  readonly returnUrl: string | undefined;
  /** The number typed is none of the test cards. It is not shown again. */
  readonly isMistyped: boolean;
}

export function CardPage(props: CardPageProps): VNode {
  const { view, transaction, merchantName, returnUrl } = props;
  const words = wordsFor(view.locale);
  const isPayout = transaction.direction === 'out';
  const amount = moneyText(transaction.asked, 'page', view.locale);
  return (
    <Layout view={view} heading={isPayout ? words.cardPayoutTitle : words.cardTitle}>
      <p class="warning">{words.cardWarning}</p>
      <p class="amount">
        {isPayout ? words.receivedFrom(amount, merchantName) : words.paidTo(amount, merchantName)}
      </p>
      <p class="reference">{transaction.reference}</p>
      {transaction.state === 'pending' ? (
        <CardForm {...props} />
      ) : (
        <p>
          {words.cardDone} <StateMark state={transaction.state} names={words.states} />
        </p>
      )}
      {returnUrl !== undefined && (
        <p>
          <a href={returnUrl}>{words.backToMerchant}</a>
        </p>
      )}
    </Layout>
  );
}

function CardForm({ view, transaction, isMistyped }: CardPageProps): VNode {
  const words = wordsFor(view.locale);
  const amount = moneyText(transaction.asked, 'page', view.locale);
  return (
    <form method="post" action={`/card/${transaction.reference}/`}>
      <label for="card_number">{words.cardNumber}</label>
      <input
        id="card_number"
        name="card_number"
        inputmode="numeric"
        autocomplete="off"
        maxlength={23}
        placeholder="4242 4242 4242 4242"
        aria-describedby={isMistyped ? 'card-mistake' : undefined}
      />
      {isMistyped && (
        <p class="mistake" id="card-mistake" role="alert">
          {words.cardUnknown}
        </p>
      )}
      <div class="pair">
        <div>
          <label for="expiry">{words.cardExpiry}</label>
          <input id="expiry" name="expiry" autocomplete="off" maxlength={5} placeholder="12/30" />
        </div>
        <div>
          <label for="code">{words.cardCode}</label>
          <input
            id="code"
            name="code"
            inputmode="numeric"
            autocomplete="off"
            maxlength={4}
            placeholder="123"
          />
        </div>
      </div>
      <button type="submit" name="decision" value="pay">
        {transaction.direction === 'out' ? words.receive(amount) : words.pay(amount)}
      </button>
      <button type="submit" name="decision" value="cancel" class="second">
        {words.cancel}
      </button>
    </form>
  );
}
