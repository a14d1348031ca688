/**
 * Tells where a deposit stands and what to do now; survives being closed, and changes by itself.
 *
 * An outcome that is not known is never called a failure here: the page says that it is being verified and that
 * paying again is not needed. Without a script the browser reads the page again every five seconds, except while the
 * person is typing a code.
 */
import type { Money } from '../../../ground/money/money.ts';
import type { Method } from '../../../rails/provider.ts';
import { type DepositFace, watches } from '../deposit-face.ts';
import { type Frame, Layout, type Live, Main } from '../layout.tsx';
import { Amount } from '../parts/amount.tsx';
import { Facts, Reference } from '../parts/facts.tsx';
import { Icon, type IconName } from '../parts/icons.tsx';
import type { RefusalText } from '../parts/notice.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { paths } from '../paths.ts';
import { moodOf } from '../payment-face.ts';
import { wordsFor } from '../words/words.ts';
import { NextStep } from './next-step.tsx';

export interface TopupStatusPageProps {
  readonly frame: Frame;
  readonly paymentId: string;
  readonly reference: string;
  readonly face: DepositFace;
  readonly method: Method;
  /** Masked for the eye. */
  readonly phoneText: string;
  /** What the payer is asked for. */
  readonly amount: Money;
  readonly fee?: Money;
  /** What arrived in the wallet; present when the deposit succeeded. */
  readonly credited?: Money;
  /** The wallet's balance now; shown when the deposit succeeded. */
  readonly newBalance?: Money;
  /** Why it failed, in the reader's language. */
  readonly reason?: RefusalText;
  /** Until when the payer can approve. */
  readonly expiresAt?: Date;
  /** Where the card page is, for the face `card`. */
  readonly redirectUrl?: string;
  /** For the face `otp`. `again` when an earlier code was refused. */
  readonly otp?: { readonly menu?: string; readonly again: boolean; readonly refusal?: RefusalText };
  /** The address that answers with the fragment; this page's own address when absent. */
  readonly liveUrl?: string;
  /** Anything that differs when the deposit's state does. */
  readonly version: string;
}

export function TopupStatusPage(props: TopupStatusPageProps) {
  const { frame } = props;
  const words = wordsFor(frame.locale).progress;
  return (
    <Layout frame={frame} title={headline(props).title} active="topup" live={liveOf(props)} narrow>
      <p class="over">{words.title}</p>
      <StatusBody {...props} />
    </Layout>
  );
}

/** Only the content, for the script; the same version means that nothing has to be replaced. */
export function TopupStatusFragment(props: TopupStatusPageProps) {
  const words = wordsFor(props.frame.locale).progress;
  return (
    <Main live={liveOf(props) ?? { url: '', version: props.version }} narrow>
      <p class="over">{words.title}</p>
      <StatusBody {...props} />
    </Main>
  );
}

function StatusBody(props: TopupStatusPageProps) {
  const { frame, face } = props;
  const words = wordsFor(frame.locale);
  const { title, text } = headline(props);
  return (
    <>
      <div class={`card status ${moodOf(face)}`}>
        <span class="seal">
          <Icon name={iconOf(face)} size={36} />
        </span>
        <h1>{title}</h1>
        {props.credited === undefined || face !== 'succeeded' ? null : (
          <p class="figure">
            <Amount value={props.credited} locale={frame.locale} signed />
          </p>
        )}
        <p>{text}</p>
        {props.reason === undefined ? null : (
          <p class="reason">
            <strong>{`${words.progress.reason} `}</strong>
            {props.reason.text}
          </p>
        )}
        <NextStep {...props} />
      </div>
      <div class="card">
        <StatusFacts {...props} />
      </div>
    </>
  );
}

function StatusFacts(props: TopupStatusPageProps) {
  const { frame, credited, newBalance, fee } = props;
  const words = wordsFor(frame.locale);
  const shown = (value: Money) => <Amount value={value} locale={frame.locale} />;
  return (
    <Facts
      facts={[
        { name: words.facts.status, value: <StatusChip face={props.face} locale={frame.locale} /> },
        { name: words.facts.amount, value: shown(props.amount) },
        fee && { name: words.facts.fee, value: shown(fee) },
        credited && { name: words.progress.credited, value: shown(credited), strong: true },
        newBalance && { name: words.progress.newBalance, value: shown(newBalance) },
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

function headline({ frame, face, otp }: TopupStatusPageProps): { title: string; text: string } {
  const words = wordsFor(frame.locale).progress;
  return face === 'otp' && otp?.again !== true ? words.otpFirst : words[face];
}

function liveOf(props: TopupStatusPageProps): Live | undefined {
  if (!watches(props.face)) return undefined;
  return { url: props.liveUrl ?? paths.deposit(props.paymentId), version: props.version };
}

function iconOf(face: DepositFace): IconName {
  switch (face) {
    case 'succeeded':
      return 'check';
    case 'failed':
    case 'expired':
    case 'reversed':
      return 'cross';
    case 'review':
      return 'shield';
    case 'card':
      return 'card';
    case 'approval':
    case 'otp':
      return 'phone';
    case 'preparing':
    case 'verifying':
      return 'clock';
  }
}
