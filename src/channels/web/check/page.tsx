/**
 * Lets anyone who was shown a receipt compare it with the books, without learning whose it is.
 */
import type { Money } from '../../../ground/money/money.ts';
import type { Direction } from '../../../rails/provider.ts';
import { type Frame, Layout } from '../layout.tsx';
import { Amount, When } from '../parts/amount.tsx';
import { Facts } from '../parts/facts.tsx';
import { Icon, type IconName } from '../parts/icons.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { paths } from '../paths.ts';
import { type Mood, moodOf, type PaymentFace } from '../payment-face.ts';
import type { Words } from '../words/fr.ts';
import { formatDateTimeZone, wordsFor } from '../words/words.ts';

export interface CheckPageProps {
  readonly frame: Frame;
  /** Absent for a code that names no receipt, whatever is wrong with it. */
  readonly receipt?: {
    readonly reference: string;
    readonly face: PaymentFace;
    /** What the payer was asked for, or what the recipient was sent. */
    readonly amount: Money;
    readonly direction: Direction;
    readonly createdAt: Date;
    readonly settledAt?: Date;
  };
  /** When the books were read. */
  readonly readAt: Date;
}

export function CheckPage({ frame, receipt, readAt }: CheckPageProps) {
  const words = wordsFor(frame.locale).check;
  return (
    <Layout frame={frame} title={words.title} narrow>
      <p class="over">{words.title}</p>
      {receipt === undefined ? (
        <Absent frame={frame} />
      ) : (
        <Found frame={frame} receipt={receipt} readAt={readAt} />
      )}
    </Layout>
  );
}

interface FoundProps {
  readonly frame: Frame;
  readonly receipt: NonNullable<CheckPageProps['receipt']>;
  readonly readAt: Date;
}

function Found({ frame, receipt, readAt }: FoundProps) {
  const all = wordsFor(frame.locale);
  const words = all.check;
  const mood = moodOf(receipt.face);
  const when = (instant: Date) => (
    <When instant={instant} locale={frame.locale} timeZone={frame.timeZone} withZone />
  );
  return (
    <>
      <div class={`card status ${mood}`}>
        <span class="seal">
          <Icon name={SEALS[mood]} size={36} />
        </span>
        <h1>{verdict(words, receipt.face)}</h1>
        <p class="figure">
          <Amount value={receipt.amount} locale={frame.locale} />
        </p>
        <Facts
          facts={[
            { name: words.kind, value: words.kinds[receipt.direction] },
            { name: all.facts.reference, value: <code>{receipt.reference}</code> },
            { name: all.facts.status, value: <StatusChip face={receipt.face} locale={frame.locale} /> },
            { name: all.facts.asked, value: when(receipt.createdAt) },
            receipt.settledAt && { name: all.facts.settled, value: when(receipt.settledAt) },
          ]}
        />
        <p class="hint">{words.readAt(formatDateTimeZone(readAt, frame.locale, frame.timeZone))}</p>
      </div>
      <section class="aside" aria-labelledby="proves">
        <h2 id="proves">{words.provesTitle}</h2>
        <p>{words.proves}</p>
        <p>{words.provesNot}</p>
      </section>
    </>
  );
}

function Absent({ frame }: { readonly frame: Frame }) {
  const words = wordsFor(frame.locale).check;
  return (
    <div class="card status bad">
      <span class="seal">
        <Icon name="cross" size={36} />
      </span>
      <h1>{words.absent}</h1>
      <p>{words.absentText}</p>
      <p class="actions">
        <a class="button" href={paths.home}>
          {words.absentNext}
        </a>
      </p>
    </div>
  );
}

const SEALS: Readonly<Record<Mood, IconName>> = {
  good: 'shield',
  waiting: 'clock',
  bad: 'cross',
  asking: 'warning',
};

function verdict(words: Words['check'], face: PaymentFace): string {
  if (face === 'reversed' || face === 'returned') return words.reversed;
  const mood = moodOf(face);
  if (mood === 'good') return words.genuine;
  return mood === 'bad' ? words.notPaid : words.stillOpen;
}
