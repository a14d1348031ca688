/**
 * Draws the pages of a tontine on which money moves: contributions, cash, pots, in every state.
 */
import type { Frame } from '../layout.tsx';
import { CashPage } from '../tontines/cash/page.tsx';
import { EXCHANGE_FUNDS, ExchangePage } from '../tontines/exchange/page.tsx';
import { PayPage } from '../tontines/pay/page.tsx';
import { ContributionPage } from '../tontines/pay/receipt-page.tsx';
import { PayoutPage, type PotPayout } from '../tontines/payout/page.tsx';
import { AT, FORM, GROUP, membersOf } from './sample-group.ts';
import type { SamplePage } from './sample-pages.tsx';
import { refusalOf, xof } from './sample-values.ts';

const CONTRIBUTION = 'ctr_01kx0000000000000000000000';
const MISSING = {
  amount: xof(35_000n),
  owing: [
    { name: 'Yao', amount: xof(10_000n) },
    { name: 'Ibrahim', amount: xof(25_000n) },
  ],
  rule: 'guarantee',
  advance: xof(35_000n),
} as const;

export function tontineMoneyPages(frame: Frame, name: string): readonly SamplePage[] {
  return [
    ...payPages(frame, name),
    ...receiptPages(frame, name),
    ...cashPages(frame, name),
    ...payoutPages(frame, name),
  ];
}

function payPages(frame: Frame, name: string): readonly SamplePage[] {
  const pay = {
    frame,
    group: GROUP,
    formId: CONTRIBUTION,
    available: xof(45_000n),
    lines: [
      { id: 'due_1', kind: 'pot', round: 4, owed: xof(25_000n), gives: xof(25_000n) },
      { id: 'due_2', kind: 'solidarity', round: 4, owed: xof(1_000n), gives: xof(1_000n) },
      { id: 'due_3', kind: 'fine', owed: xof(500n), gives: xof(500n) },
    ],
    total: xof(26_500n),
    forWhom: { chosen: 'mem_0', members: membersOf(name) },
    isForAnother: false,
    amount: '26 500',
    hasPin: true,
  } as const;
  const [pot, solidarity, fine] = pay.lines;
  return [
    { name: 'pay', page: <PayPage {...pay} /> },
    {
      name: 'pay-part-for-another',
      page: (
        <PayPage
          {...pay}
          available={xof(10_000n)}
          amount="15 000"
          isForAnother
          forWhom={{ ...pay.forWhom, chosen: 'mem_4' }}
          lines={[
            { ...pot, gives: xof(15_000n) },
            { ...solidarity, gives: xof(0n) },
            { ...fine, gives: xof(0n) },
          ]}
          refusals={{ pin: refusalOf('pin_wrong') }}
        />
      ),
    },
    {
      name: 'pay-more',
      page: (
        <PayPage
          {...pay}
          amount="1e9"
          surplus={xof(13_500n)}
          refusals={{ amount: refusalOf('amount_exponent') }}
        />
      ),
    },
    { name: 'pay-nothing', page: <PayPage {...pay} lines={[]} total={xof(0n)} amount="" hasPin={false} /> },
  ];
}

function receiptPages(frame: Frame, name: string): readonly SamplePage[] {
  const receipt = {
    frame,
    group: GROUP,
    contributionId: CONTRIBUTION,
    formId: FORM,
    amount: xof(26_000n),
    at: AT,
    payerName: name,
    uses: [
      { id: 'due_1', name: 'Cagnotte, tour 4', amount: xof(25_000n) },
      { id: 'due_2', name: 'Solidarité, tour 4', amount: xof(1_000n) },
    ],
    hasPin: true,
  } as const;
  const cash = { ...receipt, means: 'cash', keeperName: 'Mariam', uses: [] } as const;
  return [
    {
      name: 'contribution',
      page: (
        <ContributionPage
          {...receipt}
          means="wallet"
          face="confirmed"
          forName="Koffi"
          kept={xof(14_000n)}
          mayConfirm={false}
          mayCorrect
        />
      ),
    },
    { name: 'contribution-to-confirm', page: <ContributionPage {...cash} face="declared" mayConfirm /> },
    { name: 'contribution-refused', page: <ContributionPage {...cash} face="refused" mayConfirm={false} /> },
  ];
}

function cashPages(frame: Frame, name: string): readonly SamplePage[] {
  const cash = {
    frame,
    group: GROUP,
    formId: CONTRIBUTION,
    keepers: ['Mariam', 'Yao'],
    members: membersOf(name),
    values: {},
    hasPin: true,
  };
  const line = {
    contributionId: CONTRIBUTION,
    memberName: 'Koffi',
    keeperName: 'Mariam',
    amount: xof(26_000n),
    at: AT,
  };
  return [
    {
      name: 'cash',
      page: (
        <CashPage
          {...cash}
          mayDeclare
          mayExchange
          values={{ member: 'mem_3', amount: '٥٠٠٠' }}
          waiting={[line, { ...line, contributionId: 'ctr_2' }]}
          refusals={{ amount: refusalOf('amount_foreign_digits') }}
        />
      ),
    },
    {
      name: 'exchange',
      page: (
        <ExchangePage
          frame={frame}
          group={GROUP}
          formId={FORM}
          inBox={xof(50_000n)}
          inWallet={xof(12_000n)}
          funds={EXCHANGE_FUNDS.map((fund) => ({ fund, wallet: xof(100_000n), cash: xof(50_000n) }))}
          values={{ way: 'keep-notes', amount: '60 000' }}
          hasPin
          refusals={{ amount: refusalOf('cash_box_short') }}
        />
      ),
    },
    { name: 'cash-member', page: <CashPage {...cash} mayDeclare={false} waiting={[]} /> },
  ];
}

function payoutPages(frame: Frame, name: string): readonly SamplePage[] {
  const page = {
    frame,
    group: GROUP,
    formId: FORM,
    round: 4,
    expected: xof(300_000n),
    hasPin: true,
  } as const;
  const pot: PotPayout = {
    id: 'pyo_1',
    beneficiary: name,
    isMine: false,
    face: 'ready',
    amount: xof(300_000n),
    given: 0,
    needed: 2,
  };
  return [
    {
      name: 'payout-ready',
      page: (
        <PayoutPage
          {...page}
          collected={xof(265_000n)}
          missing={MISSING}
          payouts={[{ ...pot, next: 'propose', subject: '4' }]}
          refusals={{ pin: refusalOf('pin_wrong') }}
        />
      ),
    },
    {
      name: 'payout-proposed',
      page: (
        <PayoutPage
          {...page}
          collected={xof(300_000n)}
          payouts={[
            {
              ...pot,
              face: 'proposed',
              given: 1,
              approvalId: FORM,
              inCash: { amount: xof(52_000n), keeper: 'Mariam' },
            },
            { ...pot, id: 'pyo_2', face: 'collecting' },
          ]}
        />
      ),
    },
    {
      name: 'payout-mine',
      page: (
        <PayoutPage
          {...page}
          collected={xof(300_000n)}
          payouts={[{ ...pot, isMine: true, face: 'paid', given: 2, next: 'acknowledge', subject: 'pyo_1' }]}
        />
      ),
    },
  ];
}
