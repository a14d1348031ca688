/**
 * Draws the pages of the console about payments: finding, following, deciding, freezing.
 */
import type { Locale } from '../../../ground/money/money-text.ts';
import type { StoryStep } from '../../../oversight/payments/payment-story.ts';
import type { PaymentState } from '../../../rails/payments/payment.ts';
import type { StatusAnswerStory } from '../../../rails/payments/status-answer.rows.ts';
import { samplePayment } from '../../../rails/testing/sample-payment.ts';
import type { ConsoleFrame } from '../console/console-layout.tsx';
import { FreezesPage } from '../console/freezes/page.tsx';
import { PaymentListPage } from '../console/payments/list-page.tsx';
import { PaymentPage } from '../console/payments/payment-page.tsx';
import { CasePage, type CasePageProps } from '../console/reviews/case-page.tsx';
import { type CaseLine, ReviewListPage } from '../console/reviews/list-page.tsx';
import { sampleConsoleFrame } from './sample-console.tsx';
import type { SamplePage } from './sample-pages.tsx';
import { xof } from './sample-values.ts';

const AT = new Date('2026-01-05T09:07:21Z');
const PHONE = '+225 07 •• •• •• 12';
const STATES: readonly PaymentState[] = ['succeeded', 'unknown', 'failed', 'pending', 'review', 'reversed'];
const NAMES = new Map([['per_a', 'Comptable']]);

function answerOf(paymentId: string, at: Date): StatusAnswerStory {
  return {
    paymentId,
    source: 'enquiry',
    verdict: 'pending',
    word: 'PROCESSING',
    paid: '25000 XOF',
    secondReference: undefined,
    httpStatus: 200,
    took_ms: 184,
    excerpt: '{success: true, data: {status: PROCESSING, amount: 25000, currency: XOF, wallet: …}}',
    times: 12,
    firstAt: at,
    lastAt: at,
  };
}

function story(): StoryStep[] {
  const at = AT;
  const subjectId = 'pay_1';
  return [
    {
      kind: 'event',
      at,
      event: { id: 'evt_1', name: 'payment.created', subjectId, facts: {}, occurredAt: at, recordedAt: at },
    },
    {
      kind: 'command',
      at,
      command: {
        id: 'cmd_1',
        paymentId: subjectId,
        attempt: 1,
        state: 'unknown',
        evidence: 'http-500',
        createdAt: at,
        finishedAt: at,
        balanceBefore: 250_000n,
        balanceAfter: 245_000n,
      },
    },
    {
      kind: 'callback',
      at,
      text: '{"reference":"MPAYIN_000001","status":"success","phone":"22507••••12"}',
      callback: {
        id: 'cbk_01kx0000000000000000000000',
        paymentId: subjectId,
        state: 'ignored',
        verdict: 'verified',
        verdictReason: undefined,
        body: new Uint8Array([1]),
        seen: 3,
        tries: 1,
        receivedAt: at,
      },
    },
    { kind: 'answer', at, answer: answerOf(subjectId, at) },
    {
      kind: 'proposal',
      at,
      proposal: {
        id: 'prp_1',
        reviewId: 'rev_1',
        outcome: 'paid',
        reason: 'Le relevé le montre',
        evidence: 'Ligne 12',
        proposedBy: 'per_a',
        proposedAt: at,
        expiresAt: at,
        decidedAt: undefined,
        decidedBy: undefined,
        decision: undefined,
      },
    },
  ];
}

export function casePages(locale: Locale, name: string): readonly SamplePage[] {
  const frame = { ...sampleConsoleFrame(locale, name), waiting: { reviews: 3 } };
  const payment = samplePayment({ direction: 'out', state: 'review', reason: 'answer-lost' });
  const line: CaseLine = {
    reviewId: 'rev_01kx0000000000000000000000',
    reference: payment.reference,
    reason: 'answer-lost',
    amount: xof(250_000n),
    direction: 'out',
    method: 'wave',
    phoneText: PHONE,
    openedAt: AT,
  };
  const props: CasePageProps = {
    frame,
    reviewId: line.reviewId,
    reason: 'answer-lost',
    openedAt: AT,
    payment,
    phoneText: PHONE,
    float: { before: 250_000n, after: 240_000n },
    outcomes: ['paid', 'failed'],
    stated: {
      certain: false,
      lines: [
        {
          place: 12,
          kind: 'withdrawal',
          reference: 'MPAYOUT_000012',
          currency: 'XOF',
          amount: 250_000n,
          fee: 2_500n,
          effect: -252_500n,
          happenedAt: AT,
          copy: 1,
        },
      ],
    },
    story: story(),
    names: NAMES,
  };
  const proposal = {
    id: 'prp_1',
    by: 'Comptable',
    outcome: 'paid' as const,
    reason: 'Le relevé du jour montre la ligne',
    evidence: 'Relevé, ligne 12',
    at: AT,
    expiresAt: AT,
  };
  return [
    { name: 'console-case', page: <CasePage {...props} suspended={xof(4_000n)} /> },
    { name: 'console-case-proposed', page: <CasePage {...props} proposal={proposal} /> },
    { name: 'console-case-own', page: <CasePage {...props} proposal={proposal} isOwn /> },
    { name: 'console-case-closed', page: <CasePage {...props} outcome="settled-by-provider" /> },
    ...reviewPages(frame, line),
    ...paymentPages(frame, name),
  ];
}

function reviewPages(frame: ConsoleFrame, line: CaseLine): readonly SamplePage[] {
  const payment = samplePayment({ state: 'succeeded' });
  return [
    {
      name: 'console-reviews',
      page: (
        <ReviewListPage
          frame={frame}
          open={[
            line,
            { ...line, reviewId: 'rev_2', proposal: { by: 'Comptable', outcome: 'paid', expiresAt: AT } },
          ]}
          closed={[{ ...line, reviewId: 'rev_3', outcome: 'failed' }]}
          mayDecide
          seconds={[
            {
              id: 'sec_1',
              paymentId: payment.id,
              reference: payment.reference,
              theirReference: 'MPAYIN_000002',
              foundAt: AT,
            },
            {
              id: 'sec_2',
              paymentId: payment.id,
              reference: payment.reference,
              theirReference: 'MPAYIN_000003',
              foundAt: AT,
              amount: xof(9_850n),
              proposal: {
                id: 'prp_2',
                by: 'Comptable',
                isOwn: false,
                outcome: 'credited',
                reason: 'Le membre le demande',
                evidence: 'Relevé, ligne 14',
                currency: 'XOF',
              },
            },
          ]}
        />
      ),
    },
    {
      name: 'console-reviews-empty',
      page: <ReviewListPage frame={frame} open={[]} closed={[]} seconds={[]} mayDecide={false} />,
    },
  ];
}

function paymentPages(frame: ConsoleFrame, name: string): readonly SamplePage[] {
  const payment = samplePayment({ direction: 'out', state: 'review', reason: 'answer-lost' });
  return [
    {
      name: 'console-payment',
      page: (
        <PaymentPage
          frame={frame}
          payment={payment}
          ownerName={name}
          phoneText={PHONE}
          isMasked
          story={story()}
          names={NAMES}
          mayNudge
        />
      ),
    },
    {
      name: 'console-payments',
      page: (
        <PaymentListPage
          frame={frame}
          fields={{ q: '0712', state: 'review', from: '2026-01-01' }}
          olderHref="/console/payments/?after=x"
          exportQuery="state=review"
          lines={STATES.map((state, place) => ({
            paymentId: `pay_${place}`,
            reference: payment.reference,
            createdAt: AT,
            direction: place % 2 === 0 ? 'in' : 'out',
            method: 'orange_money',
            country: 'CI',
            phoneText: PHONE,
            amount: xof(1_250_000n),
            state,
          }))}
        />
      ),
    },
    {
      name: 'console-payments-empty',
      page: <PaymentListPage frame={frame} fields={{}} lines={[]} exportQuery="" />,
    },
    {
      name: 'console-freezes',
      page: (
        <FreezesPage
          frame={frame}
          mayFreeze
          freezes={(['owner', 'phone', 'method', 'all'] as const).map((scope) => ({
            id: `frz_${scope}`,
            scope,
            subjectText: scope === 'all' ? '' : PHONE,
            direction: 'out',
            reason: 'Panne chez l’opérateur',
            by: 'Comptable',
            since: AT,
          }))}
        />
      ),
    },
  ];
}
