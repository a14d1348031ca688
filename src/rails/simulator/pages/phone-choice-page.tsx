/**
 * Is the page on which somebody chooses the phone to hold, those that wait for an answer first.
 */
import type { VNode } from 'preact';
import { walletText } from '../wallet-number.ts';
import { Layout, type View } from './layout.tsx';
import { wordsFor } from './words.ts';

interface PhoneChoiceProps {
  readonly view: View;
  readonly waiting: readonly string[];
  readonly others: readonly string[];
  /** What was typed and could not be read. */
  readonly mistyped?: string | undefined;
}

export function PhoneChoicePage({ view, waiting, others, mistyped }: PhoneChoiceProps): VNode {
  const words = wordsFor(view.locale);
  return (
    <Layout view={view} heading={words.choosePhone} refresh_s={mistyped === undefined ? undefined : 60}>
      <form method="get" action="/phone/">
        <label for="number">{words.number}</label>
        <input
          id="number"
          name="number"
          inputmode="tel"
          autocomplete="off"
          placeholder="+225 07 00 00 12 34"
          value={mistyped ?? ''}
          aria-describedby={mistyped === undefined ? undefined : 'number-mistake'}
          required
        />
        {mistyped !== undefined && (
          <p class="mistake" id="number-mistake" role="alert">
            {words.numberInvalid}
          </p>
        )}
        <button type="submit">{words.open}</button>
      </form>
      {waiting.length + others.length === 0 && <p>{words.noPhones}</p>}
      <Phones title={words.waitingPhones} wallets={waiting} />
      <Phones title={words.knownPhones} wallets={others} />
    </Layout>
  );
}

function Phones({
  title,
  wallets,
}: {
  readonly title: string;
  readonly wallets: readonly string[];
}): VNode | null {
  if (wallets.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul class="phones">
        {wallets.map((wallet) => (
          <li>
            <a href={`/phone/${wallet}/`}>{walletText(wallet)}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
