/**
 * Asks for the three things a withdrawal needs: the number that receives, where it arrives, the amount.
 *
 * The amount typed is what arrives, and the fee comes on top: whoever sends 10 000 to a sister wants her to have
 * 10 000. Nothing leaves here, and no secret is asked for: the next page shows the figures first.
 */
import type { Money } from '../../../ground/money/money.ts';
import { moneyText } from '../../../ground/money/money-text.ts';
import type { Method } from '../../../rails/provider.ts';
import { type Frame, Layout } from '../layout.tsx';
import { Amount } from '../parts/amount.tsx';
import { Csrf, Field } from '../parts/field.tsx';
import { RefusalNotice, type RefusalText } from '../parts/notice.tsx';
import { paths } from '../paths.ts';
import type { MethodChoice } from '../topup/method-choice.ts';
import { MethodChoices } from '../topup/method-choices.tsx';
import { formatBasisPoints, wordsFor } from '../words/words.ts';

export interface WithdrawFormPageProps {
  readonly frame: Frame;
  /** Made when the page is drawn; comes back as `payment_id`. */
  readonly paymentId: string;
  /** What can be spent now. */
  readonly available: Money;
  /** The most that can arrive once the fee is paid; absent when nothing can. */
  readonly most?: Money;
  /** The host's fee in hundredths of a percent. */
  readonly feeBasisPoints: number;
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

export function WithdrawFormPage(props: WithdrawFormPageProps) {
  const { frame, refusals, values, feeBasisPoints } = props;
  const words = wordsFor(frame.locale).withdraw;
  return (
    <Layout frame={frame} title={words.title} active="withdraw" narrow>
      <h1>{words.title}</h1>
      <p class="lead">
        {words.available} <Amount value={props.available} locale={frame.locale} />
      </p>
      <RefusalNotice refusal={refusals?.form} locale={frame.locale} />
      <form method="post" action={paths.withdraw} class="card">
        {/* The first button is what the Enter key presses; without it Enter would withdraw everything. */}
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
          wording={words}
        />
        <Field
          name="amount"
          inputMode="numeric"
          autoComplete="off"
          label={words.amount}
          hint={
            feeBasisPoints === 0
              ? words.amountHintFree
              : words.amountHint(formatBasisPoints(feeBasisPoints, frame.locale))
          }
          value={values.amount}
          refusal={refusals?.amount}
          maxLength={20}
          large
          grouped
        >
          <Everything frame={frame} most={props.most} />
        </Field>
        <button type="submit" class="primary">
          {words.next}
        </button>
        <p class="hint centred">{words.nothingYet}</p>
      </form>
    </Layout>
  );
}

/** Fills the largest amount in: by the script at once, otherwise by asking for the form again with it. */
function Everything({ frame, most }: { readonly frame: Frame; readonly most: Money | undefined }) {
  if (most === undefined) return null;
  const text = wordsFor(frame.locale).withdraw.all(moneyText(most, 'page', frame.locale));
  return (
    <div class="quick">
      <button type="submit" name="quick" value={String(most.amount)} data-fills="f-amount" formNoValidate>
        {text}
      </button>
    </div>
  );
}
