/**
 * Asks for the three things a deposit needs: the number that pays, the way of paying, the amount.
 *
 * The form carries the payment's id from the moment it is drawn, so that a double click, a reload or a second try
 * after a lost answer is the same payment. Nothing is debited here: the next page shows the fee first.
 */

import type { Currency } from '../../../ground/money/currency.ts';
import { money } from '../../../ground/money/money.ts';
import { amountText, moneyText } from '../../../ground/money/money-text.ts';
import type { Method } from '../../../rails/provider.ts';
import { type Frame, Layout } from '../layout.tsx';
import { Csrf, Field } from '../parts/field.tsx';
import { RefusalNotice, type RefusalText } from '../parts/notice.tsx';
import { paths } from '../paths.ts';
import { wordsFor } from '../words/words.ts';
import type { MethodChoice } from './method-choice.ts';
import { MethodChoices } from './method-choices.tsx';

export interface TopupFormPageProps {
  readonly frame: Frame;
  /** Made when the page is drawn; comes back as `payment_id`. */
  readonly paymentId: string;
  readonly currency: Currency;
  readonly methods: readonly MethodChoice[];
  /** What was typed, or what to propose; given back unchanged after a refusal. */
  readonly values: { readonly phone?: string; readonly method?: Method; readonly amount?: string };
  readonly refusals?: {
    readonly phone?: RefusalText;
    readonly method?: RefusalText;
    readonly amount?: RefusalText;
    readonly form?: RefusalText;
  };
}

/** In francs; a currency of another size gets its own list. */
export const QUICK_AMOUNTS: Readonly<Record<Currency, readonly bigint[]>> = {
  XOF: [2_000n, 5_000n, 10_000n, 25_000n],
  XAF: [2_000n, 5_000n, 10_000n, 25_000n],
  GNF: [20_000n, 50_000n, 100_000n, 250_000n],
  EUR: [500n, 1_000n, 2_000n, 5_000n],
  USD: [500n, 1_000n, 2_000n, 5_000n],
};

export function TopupFormPage(props: TopupFormPageProps) {
  const { frame, refusals, values } = props;
  const words = wordsFor(frame.locale).topup;
  return (
    <Layout frame={frame} title={words.title} active="topup" narrow>
      <h1>{words.title}</h1>
      <RefusalNotice refusal={refusals?.form} locale={frame.locale} />
      <form method="post" action={paths.topup} class="card">
        {/* The first button is what the Enter key presses; without it Enter would choose a quick amount. */}
        <button type="submit" class="unseen" tabIndex={-1} aria-hidden="true">
          {words.next}
        </button>
        <Csrf token={frame.csrf} />
        <input type="hidden" name="payment_id" value={props.paymentId} />
        <Field
          name="phone"
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          label={words.phone}
          hint={words.phoneHint}
          value={values.phone}
          refusal={refusals?.phone}
          maxLength={30}
        />
        <MethodChoices
          frame={frame}
          methods={props.methods}
          chosen={values.method}
          refusal={refusals?.method}
        />
        <Field
          name="amount"
          inputMode="numeric"
          autoComplete="off"
          label={words.amount}
          hint={words.amountHint}
          value={values.amount}
          refusal={refusals?.amount}
          maxLength={20}
          large
          grouped
        >
          <QuickAmounts frame={frame} currency={props.currency} />
        </Field>
        <button type="submit" class="primary">
          {words.next}
        </button>
        <p class="hint centred">{words.nothingYet}</p>
      </form>
    </Layout>
  );
}

/**
 * Buttons that fill the amount in: by the script at once, otherwise by sending the form with `quick`, which draws it
 * again with this amount and checks nothing.
 */
function QuickAmounts({ frame, currency }: { readonly frame: Frame; readonly currency: Currency }) {
  const words = wordsFor(frame.locale).topup;
  return (
    <fieldset class="quick">
      <legend class="unseen">{words.quick}</legend>
      {QUICK_AMOUNTS[currency].map((amount) => {
        const text = moneyText(money(amount, currency), 'page', frame.locale);
        return (
          <button
            key={text}
            type="submit"
            name="quick"
            value={String(amount)}
            data-fills="f-amount"
            aria-label={words.quickAmount(text)}
            formNoValidate
          >
            {amountText(money(amount, currency), 'page', frame.locale)}
          </button>
        );
      })}
    </fieldset>
  );
}
