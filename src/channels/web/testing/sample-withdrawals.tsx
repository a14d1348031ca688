/**
 * Draws every page of a withdrawal in every state, for the tests that look at all pages.
 */
import { METHODS } from '../../../rails/provider.ts';
import { CheckPage } from '../check/page.tsx';
import { HistoryPage } from '../history/page.tsx';
import { ReceiptPage } from '../history/receipt-page.tsx';
import type { Frame } from '../layout.tsx';
import { WithdrawConfirmPage } from '../withdraw/confirm-page.tsx';
import { WithdrawFormPage } from '../withdraw/form-page.tsx';
import { WithdrawStatusPage, type WithdrawStatusPageProps } from '../withdraw/status-page.tsx';
import type { WithdrawalFace } from '../withdrawal-face.ts';
import type { SamplePage } from './sample-pages.tsx';
import { refusalOf, xof } from './sample-values.ts';

export const WITHDRAWAL_FACES: readonly WithdrawalFace[] = [
  'held',
  'queued',
  'sending',
  'sent',
  'checked',
  'arrived',
  'refused',
  'cancelled',
  'returned',
];

const START = new Date('2026-01-05T09:07:00Z');
const TOMORROW = new Date('2026-01-06T09:07:00Z');
const PAYMENT = 'pay_01kx0000000000000000000000';
const PHONE = '+225 07 •• •• •• 12';

export function withdrawalPages(frame: Frame, name: string): readonly SamplePage[] {
  return [
    ...formPages(frame),
    ...confirmPages(frame),
    ...WITHDRAWAL_FACES.map((face) => ({
      name: `payout-${face}`,
      page: <WithdrawStatusPage {...samplePayout(frame, face)} />,
    })),
    {
      name: 'payout-answer-lost',
      page: <WithdrawStatusPage {...samplePayout(frame, 'sent')} peopleLook />,
    },
    { name: 'payout-owed', page: <WithdrawStatusPage {...samplePayout(frame, 'arrived')} owed /> },
    ...proofPages(frame, name),
  ];
}

export function samplePayout(frame: Frame, face: WithdrawalFace): WithdrawStatusPageProps {
  return {
    frame,
    paymentId: PAYMENT,
    reference: 'R-7H3KQ-9M2X4',
    face,
    method: 'orange_money',
    phoneText: PHONE,
    amount: xof(10_000n),
    fee: xof(100n),
    total: xof(10_100n),
    mayCancel: face === 'held' || face === 'queued',
    version: `${face}-1`,
    ...(face === 'held' ? { held: { until: TOMORROW, because: 'pin' } as const } : {}),
    ...(face === 'refused' ? { reason: refusalOf('recipient_not_found') } : {}),
    ...(['arrived', 'refused', 'cancelled', 'returned'].includes(face) ? { available: xof(34_800n) } : {}),
  };
}

function formPages(frame: Frame): readonly SamplePage[] {
  const methods = METHODS.filter((method) => method !== 'visa').map((method) => ({
    method,
    min: xof(100n),
    max: xof(1_500_000n),
    needsOtp: false,
    feeBasisPoints: 100,
  }));
  const form = { frame, paymentId: PAYMENT, available: xof(45_000n), feeBasisPoints: 100, methods } as const;
  const typed = { phone: '+225 07 07 07 07 07', method: 'wave', amount: '60 000' } as const;
  const refusals = { amount: refusalOf('balance_short'), phone: refusalOf('phone_invalid') };
  return [
    {
      name: 'withdraw',
      page: <WithdrawFormPage {...form} most={xof(44_554n)} values={{ phone: '+225 07 07 07 07 07' }} />,
    },
    {
      name: 'withdraw-refused',
      page: <WithdrawFormPage {...form} most={xof(44_554n)} values={typed} refusals={refusals} />,
    },
    {
      name: 'withdraw-frozen',
      page: <WithdrawFormPage {...form} values={typed} refusals={{ form: refusalOf('withdrawal_frozen') }} />,
    },
    {
      name: 'withdraw-closed',
      page: <WithdrawFormPage {...form} methods={[]} available={xof(0n)} feeBasisPoints={0} values={{}} />,
    },
  ];
}

function confirmPages(frame: Frame): readonly SamplePage[] {
  const confirm = {
    frame,
    paymentId: PAYMENT,
    method: 'orange_money',
    phone: '+2250707070707',
    phoneText: '+225 07 07 07 07 07',
    ownPhoneText: PHONE,
    amount: xof(10_000n),
    fee: xof(100n),
    total: xof(10_100n),
    remains: xof(24_700n),
    expiresAt: new Date('2026-01-05T09:17:00Z'),
  } as const;
  const { remains: _, ...short } = confirm;
  return [
    { name: 'prove', page: <WithdrawConfirmPage {...confirm} proof="pin" /> },
    {
      name: 'prove-refused',
      page: <WithdrawConfirmPage {...confirm} proof="pin" refusals={{ pin: refusalOf('pin_wrong') }} />,
    },
    {
      name: 'prove-held',
      page: <WithdrawConfirmPage {...confirm} proof="pin" held={{ until: TOMORROW, because: 'device' }} />,
    },
    {
      name: 'prove-short',
      page: <WithdrawConfirmPage {...short} proof="pin" refusals={{ form: refusalOf('balance_short') }} />,
    },
    { name: 'prove-code', page: <WithdrawConfirmPage {...confirm} proof="code" /> },
    {
      name: 'prove-code-refused',
      page: <WithdrawConfirmPage {...confirm} proof="code" refusals={{ code: refusalOf('code_wrong') }} />,
    },
    { name: 'prove-no-pin', page: <WithdrawConfirmPage {...confirm} fee={xof(0n)} proof="no-pin" /> },
  ];
}

function proofPages(frame: Frame, name: string): readonly SamplePage[] {
  const receipt = {
    frame,
    paymentId: PAYMENT,
    reference: 'R-7H3KQ-9M2X4',
    direction: 'out',
    createdAt: START,
    amount: xof(10_000n),
    fee: xof(100n),
    method: 'orange_money',
    phoneText: PHONE,
    checkUrl: 'https://tontine.example/check/7h3kq9m2x4/',
  } as const;
  const settled = { settledAt: START, total: xof(10_100n), providerReference: 'MLS-88812345' };
  const lines = WITHDRAWAL_FACES.map((face, place) => ({
    paymentId: `pay_${face}`,
    reference: 'R-7H3KQ-9M2X4',
    direction: 'out' as const,
    createdAt: START,
    amount: xof(1_250_000n),
    fee: xof(12_500n),
    method: METHODS[place % METHODS.length] ?? 'wave',
    phoneText: PHONE,
    face,
  }));
  const checked = {
    reference: 'R-7H3KQ-9M2X4',
    direction: 'out',
    amount: xof(10_000n),
    createdAt: START,
    settledAt: START,
  } as const;
  return [
    {
      name: 'payout-receipt',
      page: <ReceiptPage {...receipt} {...settled} face="arrived" ownerName={name} />,
    },
    { name: 'payout-receipt-open', page: <ReceiptPage {...receipt} face="sent" /> },
    {
      name: 'history-withdrawals',
      page: (
        <HistoryPage
          frame={frame}
          filters={{ direction: 'out', status: 'all', period: 'all' }}
          lines={lines}
        />
      ),
    },
    {
      name: 'check-payout',
      page: <CheckPage frame={frame} receipt={{ ...checked, face: 'arrived' }} readAt={START} />,
    },
    {
      name: 'check-payout-returned',
      page: <CheckPage frame={frame} receipt={{ ...checked, face: 'returned' }} readAt={START} />,
    },
  ];
}
