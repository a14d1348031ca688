/**
 * Tells where the money of a withdrawal is, and what to do now: almost always nothing.
 *
 * It survives being closed and changes by itself. What is not known is never called a failure here, and a queue of ours
 * is never put on the person. Without a script the browser reads the page again every five seconds.
 */
import type { Money } from '../../../ground/money/money.ts';
import type { Method } from '../../../rails/provider.ts';
import { type Frame, Layout, type Live, Main } from '../layout.tsx';
import { Amount } from '../parts/amount.tsx';
import { Facts, Reference } from '../parts/facts.tsx';
import { Icon, type IconName } from '../parts/icons.tsx';
import type { RefusalText } from '../parts/notice.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { paths } from '../paths.ts';
import { moodOf } from '../payment-face.ts';
import { type WithdrawalFace, watchesWithdrawal } from '../withdrawal-face.ts';
import { wordsFor } from '../words/words.ts';
import type { HeldBecause } from './held-because.ts';
import { PayoutStep } from './payout-step.tsx';

export interface WithdrawStatusPageProps {
  readonly frame: Frame;
  readonly paymentId: string;
  readonly reference: string;
  readonly face: WithdrawalFace;
  readonly method: Method;
  /** Masked for the eye. */
  readonly phoneText: string;
  /** What the recipient is sent. */
  readonly amount: Money;
  readonly fee: Money;
  /** What is set aside, was taken, or was given back: amount and fee. */
  readonly total: Money;
  /** What can be spent now; shown once it is over. */
  readonly available?: Money;
  /** Present for the face `held`. */
  readonly held?: { readonly until: Date; readonly because: HeldBecause };
  /** Why it failed, in the reader's language. */
  readonly reason?: RefusalText;
  /** True while nothing was sent. */
  readonly mayCancel?: boolean;
  /** True when people look for a lost answer. */
  readonly peopleLook?: boolean;
  /** True when it arrived after the money had been given back. */
  readonly owed?: boolean;
  /** The operator's own page, where it wants the recipient to continue there. */
  readonly redirectUrl?: string;
  /** The address that answers with the fragment; this page's own address when absent. */
  readonly liveUrl?: string;
  /** Anything that differs when the withdrawal's state does. */
  readonly version: string;
}

export function WithdrawStatusPage(props: WithdrawStatusPageProps) {
  const { frame } = props;
  const words = wordsFor(frame.locale).payout;
  return (
    <Layout frame={frame} title={words[props.face].title} active="withdraw" live={liveOf(props)} narrow>
      <p class="over">{words.title}</p>
      <StatusBody {...props} />
    </Layout>
  );
}

/** Only the content, for the script; the same version means that nothing has to be replaced. */
export function WithdrawStatusFragment(props: WithdrawStatusPageProps) {
  const words = wordsFor(props.frame.locale).payout;
  return (
    <Main live={liveOf(props) ?? { url: '', version: props.version }} narrow>
      <p class="over">{words.title}</p>
      <StatusBody {...props} />
    </Main>
  );
}

function StatusBody(props: WithdrawStatusPageProps) {
  const { frame, face } = props;
  const { title, text } = wordsFor(frame.locale).payout[face];
  return (
    <>
      <div class={`card status ${moodOf(face)}`}>
        <span class="seal">
          <Icon name={ICONS[face]} size={36} />
        </span>
        <h1>{title}</h1>
        <p class="figure">
          <Amount value={props.amount} locale={frame.locale} />
        </p>
        <p>{text}</p>
        <PayoutStep {...props} />
      </div>
      <div class="card">
        <StatusFacts {...props} />
      </div>
    </>
  );
}

function StatusFacts(props: WithdrawStatusPageProps) {
  const { frame, face, available } = props;
  const words = wordsFor(frame.locale);
  const shown = (value: Money) => <Amount value={value} locale={frame.locale} />;
  return (
    <Facts
      facts={[
        { name: words.facts.status, value: <StatusChip face={face} locale={frame.locale} /> },
        { name: words.withdrawConfirm.receives, value: shown(props.amount) },
        {
          name: words.facts.fee,
          value: props.fee.amount === 0n ? words.withdrawConfirm.noFee : shown(props.fee),
        },
        // What came late was never taken: it is owed, without the fee.
        props.owed === true
          ? { name: words.payout.due, value: shown(props.amount), strong: true }
          : { name: totalName(words, face), value: shown(props.total), strong: true },
        available && { name: words.payout.newBalance, value: shown(available) },
        { name: words.facts.method, value: words.methods[props.method] },
        { name: words.facts.phone, value: props.phoneText },
        {
          name: words.facts.reference,
          value: <Reference text={props.reference} copy={words.facts.copy} copied={words.facts.copied} />,
        },
      ]}
    />
  );
}

function totalName(words: ReturnType<typeof wordsFor>, face: WithdrawalFace): string {
  if (face === 'arrived') return words.withdrawConfirm.total;
  return moodOf(face) === 'bad' ? words.payout.given : words.payout.reserved;
}

function liveOf(props: WithdrawStatusPageProps): Live | undefined {
  if (!watchesWithdrawal(props.face)) return undefined;
  return { url: props.liveUrl ?? paths.withdrawal(props.paymentId), version: props.version };
}

const ICONS: Readonly<Record<WithdrawalFace, IconName>> = {
  held: 'shield',
  queued: 'list',
  sending: 'out',
  card: 'card',
  sent: 'clock',
  checked: 'shield',
  arrived: 'check',
  refused: 'cross',
  cancelled: 'cross',
  returned: 'back',
};
