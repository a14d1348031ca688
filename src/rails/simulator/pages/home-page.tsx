/**
 * Is the simulator's first page: what it is, what the merchant has, and the numbers that decide outcomes.
 */
import type { VNode } from 'preact';
import type { Money } from '../../../ground/money/money.ts';
import { moneyText } from '../../../ground/money/money-text.ts';
import type { MagicNumber } from '../behaviour.ts';
import { MAGIC_NUMBERS } from '../magic-numbers.ts';
import { PAYOUT_NUMBERS } from '../payout-numbers.ts';
import { walletText } from '../wallet-number.ts';
import { Layout, type View } from './layout.tsx';
import { ACCEPTED_CARD, cardText, REFUSED_CARD } from './test-cards.ts';
import { wordsFor } from './words.ts';

export function HomePage({ view, float }: { readonly view: View; readonly float: readonly Money[] }): VNode {
  const words = wordsFor(view.locale);
  return (
    <Layout view={view} heading={words.title}>
      <p>{words.intro}</p>
      <p>
        <a class="button" href="/phone/">
          {words.openPhone}
        </a>
      </p>
      <h2>{words.float}</h2>
      {float.map((amount) => (
        <p class="amount">
          {moneyText(amount, 'page', view.locale)} <small class="quiet">{amount.currency}</small>
        </p>
      ))}
      <p>
        <a href="/books/">{words.topUpLink}</a>
      </p>
      <h2>{words.magicTitle}</h2>
      <p>{words.magicIntro}</p>
      <NumberTable view={view} title={words.payinNumbers} numbers={MAGIC_NUMBERS} />
      <NumberTable view={view} title={words.payoutNumbers} numbers={PAYOUT_NUMBERS} />
      <p>
        {words.example} : <span class="code">{walletText(exampleOf('0001'))}</span>
      </p>
      <h2>{words.codesTitle}</h2>
      <p>{words.codesIntro}</p>
      <h2>{words.cardsTitle}</h2>
      <ul>
        <li>
          <span class="code">{cardText(ACCEPTED_CARD)}</span> {words.cardAccepted}
        </li>
        <li>
          <span class="code">{cardText(REFUSED_CARD)}</span> {words.cardRefused}
        </li>
      </ul>
    </Layout>
  );
}

function NumberTable({
  view,
  title,
  numbers,
}: {
  readonly view: View;
  readonly title: string;
  readonly numbers: readonly MagicNumber[];
}): VNode {
  const words = wordsFor(view.locale);
  return (
    <table>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.ending}</th>
          <th scope="col">{words.outcome}</th>
        </tr>
      </thead>
      <tbody>
        {numbers.map((number) => (
          <tr>
            <th scope="row">
              <a href={`/phone/${exampleOf(number.ending)}/`}>{number.ending}</a>
            </th>
            <td>{number[view.locale]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A mobile number of Côte d'Ivoire with this ending. */
function exampleOf(ending: string): string {
  return `225070000${ending}`;
}
