/**
 * Is the screen of one simulated phone: messages to decide on, the operator's code menu, and what was received.
 *
 * It asks for itself again every five seconds while nothing waits; with a message on the screen it holds still, or the
 * secret code would vanish while it is typed.
 */
import type { VNode } from 'preact';
import { moneyText } from '../../../ground/money/money-text.ts';
import type { Transaction } from '../transaction.ts';
import { walletText } from '../wallet-number.ts';
import { Layout, StateMark, timeText, type View } from './layout.tsx';
import { type Words, wordsFor } from './words.ts';

export type Notice = keyof Words['notices'];

interface PhoneScreenProps {
  readonly view: View;
  readonly wallet: string;
  readonly merchantName: string;
  readonly pushes: readonly Transaction[];
  /** Newest first. */
  readonly received: readonly Transaction[];
  readonly code?: string | undefined;
  readonly notice?: Notice | undefined;
}

const REFRESH_S = 5;

export function PhoneScreenPage(props: PhoneScreenProps): VNode {
  const { view, wallet, pushes, received, code, notice } = props;
  const words = wordsFor(view.locale);
  return (
    <Layout view={view} heading={walletText(wallet)} refresh_s={pushes.length === 0 ? REFRESH_S : undefined}>
      <div class="phone">
        {notice !== undefined && <p role="status">{words.notices[notice]}</p>}
        {pushes.length === 0 && <p class="quiet">{words.nothingToConfirm}</p>}
        {pushes.map((push) => (
          <Push push={push} {...props} words={words} />
        ))}
        <section>
          <h2>{words.menuTitle}</h2>
          <p class="quiet">{words.menuIntro}</p>
          {code !== undefined && (
            <p role="status">
              {words.yourCode} <strong class="code">{code}</strong>
            </p>
          )}
          <form method="post" action={`/phone/${wallet}/code/`}>
            <button type="submit" class="second">
              {words.makeCode}
            </button>
          </form>
        </section>
        {received.length > 0 && (
          <section>
            <h2>{words.received}</h2>
            <ul class="messages">
              {received.map((transaction) => (
                <Message transaction={transaction} {...props} words={words} />
              ))}
            </ul>
          </section>
        )}
      </div>
    </Layout>
  );
}

type Inside = PhoneScreenProps & { readonly words: Words };

function Push({ push, view, wallet, merchantName, words }: Inside & { readonly push: Transaction }): VNode {
  const amount = moneyText(push.asked, 'page', view.locale);
  const field = `pin-${push.reference}`;
  return (
    <section class="push">
      <h2>{words.asksToPay(amount, merchantName)}</h2>
      {push.description !== '' && <p>{push.description}</p>}
      <p class="reference">{push.reference}</p>
      <form method="post" action={`/phone/${wallet}/${push.reference}/`}>
        <label for={field}>{words.pin}</label>
        <input id={field} name="pin" type="password" inputmode="numeric" autocomplete="off" maxlength={6} />
        <button type="submit" name="decision" value="approve">
          {words.approve}
        </button>
        <button type="submit" name="decision" value="refuse" class="second">
          {words.refuse}
        </button>
        <button type="submit" name="decision" value="ignore" class="second">
          {words.ignore}
        </button>
      </form>
    </section>
  );
}

function Message({
  transaction,
  view,
  merchantName,
  words,
}: Inside & { readonly transaction: Transaction }): VNode {
  const amount = moneyText(transaction.moved, 'page', view.locale);
  const isIn = transaction.direction === 'in';
  const sentence = isIn ? words.paidTo : words.receivedFrom;
  return (
    <li>
      <p>{sentence(amount, merchantName)}</p>
      <p class="quiet">
        <StateMark state={transaction.state} names={isIn ? words.states : words.payoutStates} /> ·{' '}
        {timeText(transaction.updatedAt, view.locale)}
      </p>
      <p class="reference">{transaction.reference}</p>
    </li>
  );
}
