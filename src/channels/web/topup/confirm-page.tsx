/**
 * Shows what a deposit will cost and bring before anything is debited, and asks for the operator's code if needed.
 *
 * The person agrees to these figures: they are the same that the books will compare with the provider's answer.
 */

import type { Money } from '../../../ground/money/money.ts';
import { moneyText } from '../../../ground/money/money-text.ts';
import type { Method } from '../../../rails/provider.ts';
import { type Frame, Layout } from '../layout.tsx';
import { Amount } from '../parts/amount.tsx';
import { Facts } from '../parts/facts.tsx';
import { Csrf } from '../parts/field.tsx';
import { Icon } from '../parts/icons.tsx';
import { MethodMark } from '../parts/method-mark.tsx';
import { RefusalNotice, type RefusalText } from '../parts/notice.tsx';
import { paths } from '../paths.ts';
import { wordsFor } from '../words/words.ts';
import { OtpField } from './otp-field.tsx';

export interface TopupConfirmPageProps {
  readonly frame: Frame;
  readonly paymentId: string;
  /** The form's values, sent back as they were. */
  readonly values: { readonly phone: string; readonly method: Method; readonly amount: string };
  readonly phoneText: string;
  /** What the phone or card is asked for. */
  readonly pays: Money;
  /** The announced fee; absent when the provider does not announce one. */
  readonly fee?: Money;
  /** What arrives in the wallet; absent together with the fee. */
  readonly receives?: Money;
  /** True when the host bears the fee. */
  readonly feeBorne?: boolean;
  /** Present when a code of the operator's menu goes along; `menu` is what to dial, such as `#144*82#`. */
  readonly otp?: { readonly menu?: string; readonly refusal?: RefusalText };
  readonly refusal?: RefusalText;
}

export function TopupConfirmPage(props: TopupConfirmPageProps) {
  const { frame, values } = props;
  const all = wordsFor(frame.locale);
  const words = all.confirm;
  const method = all.methods[values.method];
  return (
    <Layout frame={frame} title={words.title} active="topup" narrow>
      <h1>{words.title}</h1>
      <RefusalNotice refusal={props.refusal} locale={frame.locale} />
      <form method="post" action={paths.topupConfirm} class="card">
        <Csrf token={frame.csrf} />
        <input type="hidden" name="payment_id" value={props.paymentId} />
        <input type="hidden" name="phone" value={values.phone} />
        <input type="hidden" name="method" value={values.method} />
        <input type="hidden" name="amount" value={values.amount} />
        <p class="with-icon">
          <MethodMark method={values.method} />
          <span>
            <strong>{method}</strong>
            <small>{props.phoneText}</small>
          </span>
        </p>
        <Quote {...props} />
        {props.otp === undefined ? null : <OtpField frame={frame} method={method} {...props.otp} />}
        <p class="hint with-icon">
          <Icon name={values.method === 'visa' ? 'card' : 'phone'} size={20} />
          {values.method === 'visa' ? words.cardNext : words.phoneNext(method)}
        </p>
        <button type="submit" class="primary">
          {words.confirm(moneyText(props.pays, 'page', frame.locale))}
        </button>
        <button type="submit" formAction={paths.topup} name="change" value="1" formNoValidate>
          {words.change}
        </button>
      </form>
    </Layout>
  );
}

function Quote({ frame, pays, fee, receives, feeBorne = false }: TopupConfirmPageProps) {
  const words = wordsFor(frame.locale).confirm;
  const shown = (value: Money) => <Amount value={value} locale={frame.locale} />;
  return (
    <Facts
      facts={[
        { name: words.pay, value: shown(pays) },
        { name: words.fee, value: feeBorne ? words.feeByPlatform : feeText(fee) },
        {
          name: words.receive,
          value: receives === undefined ? words.receiveAbout : shown(receives),
          strong: true,
        },
      ]}
    />
  );

  function feeText(known: Money | undefined) {
    if (known === undefined) return words.feeLater;
    return known.amount === 0n ? words.noFee : shown(known);
  }
}
