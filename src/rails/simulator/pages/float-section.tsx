/**
 * Shows what the merchant's account holds and was brought, with the form that brings more.
 *
 * Without money in it no pay-out can be rehearsed; here it is brought by hand, as by a bank transfer to the real one.
 */
import type { VNode } from 'preact';
import type { Money } from '../../../ground/money/money.ts';
import { moneyText } from '../../../ground/money/money-text.ts';
import type { TopUp } from '../float.ts';
import { timeText, type View } from './layout.tsx';
import { wordsFor } from './words.ts';

export interface FloatSectionProps {
  readonly view: View;
  readonly float: readonly Money[];
  /** Newest first. */
  readonly topUps: readonly TopUp[];
  /** Money was brought just now. */
  readonly hasNotice: boolean;
  /** The amount that was typed and could not be brought. */
  readonly mistyped?: string | undefined;
}

export function FloatSection({ view, float, topUps, hasNotice, mistyped }: FloatSectionProps): VNode {
  const words = wordsFor(view.locale);
  return (
    <section>
      <h2>{words.float}</h2>
      {hasNotice && <p role="status">{words.toppedUp}</p>}
      {float.map((amount) => (
        <p class="amount">
          {moneyText(amount, 'page', view.locale)} <small class="quiet">{amount.currency}</small>
        </p>
      ))}
      <form method="post" action="/books/float/">
        <div class="pair">
          <div>
            <label for="amount">{words.topUpAmount}</label>
            <input
              id="amount"
              name="amount"
              inputmode="numeric"
              autocomplete="off"
              maxlength={15}
              placeholder="100 000"
              value={mistyped ?? ''}
              aria-describedby={mistyped === undefined ? undefined : 'amount-mistake'}
              required
            />
          </div>
          <div>
            <label for="currency">{words.currency}</label>
            <select id="currency" name="currency">
              {float.map(({ currency }) => (
                <option value={currency}>{currency}</option>
              ))}
            </select>
          </div>
        </div>
        {mistyped !== undefined && (
          <p class="mistake" id="amount-mistake" role="alert">
            {words.topUpMistake}
          </p>
        )}
        <button type="submit">{words.topUp}</button>
      </form>
      {topUps.length > 0 && (
        <ul class="quiet">
          {topUps.map(({ at, amount, cause }) => (
            <li>
              {timeText(at, view.locale)} · {moneyText(amount, 'page', view.locale)} (
              {words.topUpCauses[cause]})
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
