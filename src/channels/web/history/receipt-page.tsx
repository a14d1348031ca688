/**
 * Is the proof of one deposit: all that is known of it, and a code by which anyone can check it.
 */
import type { Money } from '../../../ground/money/money.ts';
import type { Method } from '../../../rails/provider.ts';
import type { DepositFace } from '../deposit-face.ts';
import { type Frame, Layout } from '../layout.tsx';
import { Amount, When } from '../parts/amount.tsx';
import { Facts, Reference } from '../parts/facts.tsx';
import { Icon } from '../parts/icons.tsx';
import { Mark } from '../parts/logo.tsx';
import { Notice } from '../parts/notice.tsx';
import { Qr } from '../parts/qr.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { paths } from '../paths.ts';
import { wordsFor } from '../words/words.ts';

export interface ReceiptPageProps {
  readonly frame: Frame;
  readonly paymentId: string;
  readonly reference: string;
  readonly face: DepositFace;
  readonly createdAt: Date;
  readonly settledAt?: Date;
  /** What the payer was asked for. */
  readonly amount: Money;
  readonly fee?: Money;
  readonly credited?: Money;
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
  const proves = props.face === 'succeeded' || props.face === 'reversed';
  return (
    <Layout frame={frame} title={`${words.title} ${props.reference}`} active="history" narrow>
      <p class="back">
        <a href={paths.history}>
          <Icon name="back" size={20} />
          {words.back}
        </a>
      </p>
      {proves ? null : <Notice kind="warning" text={words.notFinal} locale={frame.locale} />}
      <article class="card receipt">
        <div class="receipt-head">
          <Mark size={40} />
          <h1>{words.title}</h1>
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

function ReceiptFacts(props: ReceiptPageProps) {
  const { frame, fee, credited, settledAt, ownerName, providerReference } = props;
  const { facts: words, methods } = wordsFor(frame.locale);
  const when = (instant: Date) => (
    <When instant={instant} locale={frame.locale} timeZone={frame.timeZone} withZone />
  );
  const shown = (value: Money) => <Amount value={value} locale={frame.locale} />;
  return (
    <Facts
      facts={[
        { name: words.status, value: <StatusChip face={props.face} locale={frame.locale} /> },
        { name: words.amount, value: shown(props.amount) },
        fee && { name: words.fee, value: shown(fee) },
        credited && { name: words.credited, value: shown(credited), strong: true },
        { name: words.asked, value: when(props.createdAt) },
        settledAt && { name: words.settled, value: when(settledAt) },
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
