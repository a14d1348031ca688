/**
 * Draws the history and the receipt of deposits, for the tests that look at all pages.
 */
import { METHODS } from '../../../rails/provider.ts';
import type { DepositFace } from '../deposit-face.ts';
import { HistoryPage } from '../history/page.tsx';
import { ReceiptPage } from '../history/receipt-page.tsx';
import type { Frame } from '../layout.tsx';
import type { SamplePage } from './sample-pages.tsx';
import { xof } from './sample-values.ts';

export const FACES: readonly DepositFace[] = [
  'preparing',
  'approval',
  'otp',
  'card',
  'verifying',
  'succeeded',
  'failed',
  'expired',
  'review',
  'reversed',
];

const START = new Date('2026-01-05T09:07:00Z');
const PAYMENT = 'pay_01kx0000000000000000000000';
const PHONE = '+225 07 •• •• •• 12';
const CHECK_URL = 'https://tontine.example/check/7h3kq9m2x4/';

export function historyPages(frame: Frame, name: string): readonly SamplePage[] {
  const lines = FACES.flatMap((face, place) => [
    {
      paymentId: `pay_${face}`,
      reference: 'D-7H3KQ-9M2X4',
      direction: 'in' as const,
      createdAt: START,
      amount: xof(1_250_000n),
      method: METHODS[place % METHODS.length] ?? 'wave',
      phoneText: PHONE,
      face,
      ...(face === 'succeeded' ? { fee: xof(31_250n) } : {}),
    },
  ]);
  const receipt = {
    frame,
    paymentId: PAYMENT,
    reference: 'D-7H3KQ-9M2X4',
    direction: 'in',
    createdAt: START,
    amount: xof(10_000n),
    method: 'orange_money',
    phoneText: PHONE,
    checkUrl: CHECK_URL,
  } as const;
  const settled = {
    settledAt: START,
    fee: xof(250n),
    credited: xof(9_750n),
    providerReference: 'MLS-88812345',
  };
  return [
    {
      name: 'history',
      page: (
        <HistoryPage
          frame={frame}
          filters={{ direction: 'all', status: 'all', period: '30d' }}
          lines={[...lines, ...lines.map((line) => ({ ...line, paymentId: `${line.paymentId}_2` }))]}
          olderHref="/wallet/history/?before=pay_1"
          newestHref="/wallet/history/"
        />
      ),
    },
    {
      name: 'history-empty',
      page: (
        <HistoryPage frame={frame} filters={{ direction: 'all', status: 'all', period: 'all' }} lines={[]} />
      ),
    },
    {
      name: 'history-filtered',
      page: (
        <HistoryPage
          frame={frame}
          filters={{ direction: 'all', status: 'review', period: 'all' }}
          lines={[]}
        />
      ),
    },
    { name: 'receipt', page: <ReceiptPage {...receipt} {...settled} face="succeeded" ownerName={name} /> },
    { name: 'receipt-pending', page: <ReceiptPage {...receipt} face="approval" /> },
  ];
}
