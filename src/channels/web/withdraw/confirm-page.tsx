/**
 * Shows what a withdrawal takes, sends and leaves, and asks for the proof that its owner wants exactly that.
 *
 * The proof depends on what is known: a new number needs a code first, a person without a PIN needs one, everybody
 * else types it. The number is written in full: a masked one hides the mistake that sends money to a stranger.
 */
import type { Money } from '../../../ground/money/money.ts';
import type { Method } from '../../../rails/provider.ts';
import { type Frame, Layout } from '../layout.tsx';
import { Amount } from '../parts/amount.tsx';
import { Facts } from '../parts/facts.tsx';
import { Csrf } from '../parts/field.tsx';
import { MethodMark } from '../parts/method-mark.tsx';
import { Notice, RefusalNotice, type RefusalText } from '../parts/notice.tsx';
import { paths } from '../paths.ts';
import { formatDateTime, wordsFor } from '../words/words.ts';
import type { HeldBecause } from './held-because.ts';
import { ProofStep } from './proof-step.tsx';

/** What is asked for next. */
export type Proof =
  | 'code' // the code that allows a number to which this person never sent money
  | 'no-pin' // a PIN must be chosen first
  | 'pin'; // the PIN, for this withdrawal and no other

export interface WithdrawConfirmPageProps {
  readonly frame: Frame;
  readonly paymentId: string;
  readonly proof: Proof;
  readonly method: Method;
  /** E.164, as the form sends it back. */
  readonly phone: string;
  /** The same for the eye, in full. */
  readonly phoneText: string;
  /** The person's own number, masked: where the code went. */
  readonly ownPhoneText: string;
  /** What the recipient gets. */
  readonly amount: Money;
  readonly fee: Money;
  /** What is taken from the wallet. */
  readonly total: Money;
  /** What can be spent afterwards; absent when the wallet holds too little. */
  readonly remains?: Money;
  /** Until when the proof is taken. */
  readonly expiresAt: Date;
  /** Present when the money would wait before it leaves. */
  readonly held?: { readonly until: Date; readonly because: HeldBecause };
  readonly refusals?: {
    readonly pin?: RefusalText;
    readonly code?: RefusalText;
    readonly form?: RefusalText;
  };
}

export function WithdrawConfirmPage(props: WithdrawConfirmPageProps) {
  const { frame } = props;
  const words = wordsFor(frame.locale).withdrawConfirm;
  return (
    <Layout frame={frame} title={words.title} active="withdraw" narrow>
      <h1>{words.title}</h1>
      <RefusalNotice refusal={props.refusals?.form} locale={frame.locale} />
      <HeldNotice {...props} />
      <div class="card">
        <p class="with-icon">
          <MethodMark method={props.method} />
          <span>
            <strong>{wordsFor(frame.locale).methods[props.method]}</strong>
            <small>
              <span class="unseen">{words.to} </span>
              {props.phoneText}
            </small>
          </span>
        </p>
        <Figures {...props} />
        <ProofStep {...props} />
      </div>
      <form method="post" action={paths.withdraw} class="aside">
        <Csrf token={frame.csrf} />
        <input type="hidden" name="phone" value={props.phone} />
        <input type="hidden" name="method" value={props.method} />
        <input type="hidden" name="amount" value={String(props.amount.amount)} />
        <button type="submit" name="change" value="1">
          {words.change}
        </button>
      </form>
    </Layout>
  );
}

function HeldNotice({ frame, held }: WithdrawConfirmPageProps) {
  if (held === undefined) return null;
  const { withdrawConfirm, holdReasons } = wordsFor(frame.locale);
  const when = formatDateTime(held.until, frame.locale, frame.timeZone);
  const text = `${withdrawConfirm.heldUntil(when)} ${holdReasons[held.because]}`;
  return <Notice kind="warning" text={text} locale={frame.locale} />;
}

function Figures({ frame, amount, fee, total, remains }: WithdrawConfirmPageProps) {
  const words = wordsFor(frame.locale).withdrawConfirm;
  const shown = (value: Money) => <Amount value={value} locale={frame.locale} />;
  return (
    <Facts
      facts={[
        { name: words.receives, value: shown(amount), strong: true },
        { name: words.fee, value: fee.amount === 0n ? words.noFee : shown(fee) },
        { name: words.total, value: shown(total) },
        remains && { name: words.remains, value: shown(remains) },
      ]}
    />
  );
}
