/**
 * Is the proof of one deposit or withdrawal: all that is known of it, and a code by which anyone can check it.
 */
import type { Money } from '../../../ground/money/money.ts';
import type { Direction, Method } from '../../../rails/provider.ts';
import { type Frame, Layout } from '../layout.tsx';
import { Amount, When } from '../parts/amount.tsx';
import { Facts, Reference } from '../parts/facts.tsx';
import { Icon } from '../parts/icons.tsx';
import { Mark } from '../parts/logo.tsx';
import { Notice } from '../parts/notice.tsx';
import { Qr } from '../parts/qr.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { paths } from '../paths.ts';
import type { PaymentFace } from '../payment-face.ts';
import { wordsFor } from '../words/words.ts';

export interface ReceiptPageProps {
  readonly frame: Frame;
  readonly paymentId: string;
  readonly reference: string;
  readonly direction: Direction;
  readonly face: PaymentFace;
  readonly createdAt: Date;
  readonly settledAt?: Date;
  /** What the payer was asked for, or what the recipient was sent. */
  readonly amount: Money;
  readonly fee?: Money;
  /** What a deposit brought. */
  readonly credited?: Money;
  /** What a withdrawal took: amount and fee. */
  readonly total?: Money;
  readonly method: Method;
  /** Masked for the eye. */
  readonly phoneText: string;
  /** Whose wallet it is. */
  readonly ownerName?: string;
  readonly providerReference?: string;
  /** The public check page, with its host: what the QR code says. */
  readonly checkUrl: string;
}

export function ReceiptPage(props: ReceiptPageProps) {
  const { frame } = props;
  const words = wordsFor(frame.locale).receipt;
  const isIn = props.direction === 'in';
  const title = isIn ? words.title : words.payoutTitle;
  const proves = PROVES.includes(props.face);
  return (
    <Layout frame={frame} title={`${title} ${props.reference}`} active="history" narrow>
      <p class="back">
        <a href={paths.history}>
          <Icon name="back" size={20} />
          {words.back}
        </a>
      </p>
      {proves ? null : (
        <Notice kind="warning" text={isIn ? words.notFinal : words.payoutNotFinal} locale={frame.locale} />
      )}
      <article class="card receipt">
        <div class="receipt-head">
          <Mark size={40} />
          <h1>{title}</h1>
        </div>
        <p class="figure">
          <Amount value={props.credited ?? props.amount} locale={frame.locale} />
        </p>
        <ReceiptFacts {...props} />
        <figure>
          <Qr text={props.checkUrl} label={words.qr} />
          <figcaption>
            {words.scan}
            <a href={props.checkUrl}>{props.checkUrl}</a>
          </figcaption>
        </figure>
      </article>
      <p class="actions">
        <a class="button primary" href={paths.receiptPdf(props.paymentId)}>
          <Icon name="download" />
          {words.pdf}
        </a>
        <button type="button" data-print hidden>
          <Icon name="print" />
          {words.print}
        </button>
      </p>
    </Layout>
  );
}

/** Faces of payments that happened, even if they were undone afterwards. */
const PROVES: readonly PaymentFace[] = ['succeeded', 'reversed', 'arrived', 'returned'];

function ReceiptFacts(props: ReceiptPageProps) {
  const { frame, fee, credited, settledAt, ownerName, providerReference } = props;
  const { facts: words, payoutFacts, methods } = wordsFor(frame.locale);
  const isIn = props.direction === 'in';
  const when = (instant: Date) => (
    <When instant={instant} locale={frame.locale} timeZone={frame.timeZone} withZone />
  );
  const shown = (value: Money) => <Amount value={value} locale={frame.locale} />;
  return (
    <Facts
      facts={[
        { name: words.status, value: <StatusChip face={props.face} locale={frame.locale} /> },
        { name: isIn ? words.amount : payoutFacts.amount, value: shown(props.amount) },
        fee && { name: words.fee, value: shown(fee) },
        props.total && { name: payoutFacts.total, value: shown(props.total), strong: true },
        credited && { name: words.credited, value: shown(credited), strong: true },
        { name: words.asked, value: when(props.createdAt) },
        settledAt && { name: isIn ? words.settled : payoutFacts.settled, value: when(settledAt) },
        { name: words.method, value: methods[props.method] },
        { name: words.phone, value: props.phoneText },
        ownerName === undefined ? undefined : { name: words.owner, value: ownerName },
        {
          name: words.reference,
          value: <Reference text={props.reference} copy={words.copy} copied={words.copied} />,
        },
        providerReference === undefined
          ? undefined
          : { name: words.operatorReference, value: <code>{providerReference}</code> },
      ]}
    />
  );
}
