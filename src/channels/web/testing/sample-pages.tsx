/**
 * Draws every page in every state, for the tests that look at all of them: words, size, markup, accessibility.
 *
 * A page or a state that is missing here is not looked at by anyone, so each new one is added with its code.
 */
import type { VNode } from 'preact';
import type { Locale } from '../../../ground/money/money-text.ts';
import { METHODS, type Method } from '../../../rails/provider.ts';
import { CheckPage } from '../check/page.tsx';
import { SmsPage } from '../demo/sms-page.tsx';
import type { DepositFace } from '../deposit-face.ts';
import { ErrorPage, type ErrorStatus } from '../errors/page.tsx';
import { HomePage } from '../home/page.tsx';
import type { Frame } from '../layout.tsx';
import { CodePage } from '../login/code-page.tsx';
import { PhonePage } from '../login/phone-page.tsx';
import { PinPage } from '../login/pin-page.tsx';
import type { PaymentFace } from '../payment-face.ts';
import { ProfilePage } from '../profile/page.tsx';
import { TopupConfirmPage } from '../topup/confirm-page.tsx';
import { TopupFormPage } from '../topup/form-page.tsx';
import { TopupStatusPage, type TopupStatusPageProps } from '../topup/status-page.tsx';
import type { MovementKind } from '../wallet/movements.tsx';
import { WalletPage } from '../wallet/page.tsx';
import { boardPages } from './sample-board.tsx';
import { casePages } from './sample-cases.tsx';
import { consolePages } from './sample-console.tsx';
import { FACES, historyPages } from './sample-history.tsx';
import { peoplePages } from './sample-people.tsx';
import { reportPages } from './sample-reports.tsx';
import { tontineMoneyPages } from './sample-tontine-money.tsx';
import { tontineNotesPages } from './sample-tontine-notes.tsx';
import { tontinePeoplePages } from './sample-tontine-people.tsx';
import { tontineSharePages } from './sample-tontine-shares.tsx';
import { tontineTurnPages } from './sample-tontine-turns.tsx';
import { tontinePages } from './sample-tontines.tsx';
import { refusalOf, sampleFrame, xof } from './sample-values.ts';
import { withdrawalPages } from './sample-withdrawals.tsx';

export interface SamplePage {
  readonly name: string;
  readonly page: VNode;
}

const MOVEMENTS: readonly MovementKind[] = ['deposit', 'giveBack', 'withdrawal', 'fee', 'reversal'];
const ERRORS: readonly ErrorStatus[] = [403, 404, 429, 500, 503];
const START = new Date('2026-01-05T09:07:00Z');
const PAYMENT = 'pay_01kx0000000000000000000000';
const PHONE = '+225 07 •• •• •• 12';

/** Every page in every state, for a person called `name`. */
export function samplePages(locale: Locale, name = 'Awa Koné'): readonly SamplePage[] {
  const frame = sampleFrame(locale, name);
  return [
    ...publicPages(sampleFrame(locale)),
    ...walletPages(frame, name),
    ...topupPages(frame),
    ...FACES.map((face) => ({
      name: `status-${face}`,
      page: <TopupStatusPage {...sampleStatus(frame, face)} />,
    })),
    {
      name: 'status-otp-again',
      page: (
        <TopupStatusPage
          {...sampleStatus(frame, 'otp')}
          otp={{ menu: '#144*82#', again: true, refusal: refusalOf('otp_wrong') }}
        />
      ),
    },
    ...consolePages(locale, name),
    ...casePages(locale, name),
    ...boardPages(locale, name),
    ...peoplePages(locale, name),
    ...reportPages(locale, name),
    ...historyPages(frame, name),
    ...withdrawalPages(frame, name),
    ...tontinePages(frame, name),
    ...tontineMoneyPages(frame, name),
    ...tontineNotesPages(frame, name),
    ...tontinePeoplePages(frame, name),
    ...tontineTurnPages(frame, name),
    ...tontineSharePages(frame, name),
    { name: 'profile', page: profile(frame, name, true) },
    { name: 'profile-no-pin', page: profile(frame, undefined, false) },
    ...ERRORS.map((status) => ({
      name: `error-${status}`,
      page: (
        <ErrorPage
          frame={frame}
          status={status}
          requestId="req_01kx3m8q2v7d4t9b5c6f0g1h2j"
          {...(status === 429 ? { retryAfter_s: 300 } : {})}
        />
      ),
    })),
  ];
}

export function sampleStatus(frame: Frame, face: DepositFace): TopupStatusPageProps {
  const settled = face === 'succeeded' || face === 'reversed';
  return {
    frame,
    paymentId: PAYMENT,
    reference: 'D-7H3KQ-9M2X4',
    face,
    method: face === 'card' ? 'visa' : 'orange_money',
    phoneText: PHONE,
    amount: xof(10_000n),
    expiresAt: new Date('2026-01-05T09:22:00Z'),
    version: `${face}-1`,
    ...(settled ? { fee: xof(200n), credited: xof(9_800n), newBalance: xof(34_800n) } : {}),
    ...(face === 'failed' ? { reason: refusalOf('payer_short') } : {}),
    ...(face === 'otp' ? { otp: { menu: '#144*82#', again: false } } : {}),
    ...(face === 'card' ? { redirectUrl: 'http://localhost:3001/card/1/' } : {}),
  };
}

function publicPages(frame: Frame): readonly SamplePage[] {
  const login = { frame, phone: '+2250707070707', phoneText: '+225 07 07 07 07 07', next: '/wallet/topup/' };
  const receipt = {
    reference: 'D-7H3KQ-9M2X4',
    amount: xof(10_000n),
    direction: 'in',
    createdAt: START,
    settledAt: START,
  } as const;
  const check = (face: DepositFace) => (
    <CheckPage frame={frame} receipt={{ ...receipt, face }} readAt={START} />
  );
  return [
    { name: 'home', page: <HomePage frame={frame} /> },
    { name: 'login', page: <PhonePage frame={frame} next="/wallet/" /> },
    {
      name: 'login-refused',
      page: (
        <PhonePage frame={frame} phone="0912" way="pin" refusals={{ phone: refusalOf('phone_invalid') }} />
      ),
    },
    { name: 'code', page: <CodePage {...login} /> },
    { name: 'code-refused', page: <CodePage {...login} refusals={{ code: refusalOf('code_wrong') }} /> },
    { name: 'pin', page: <PinPage {...login} /> },
    { name: 'pin-refused', page: <PinPage {...login} refusals={{ form: refusalOf('pin_wrong') }} /> },
    { name: 'check', page: check('succeeded') },
    { name: 'check-open', page: check('review') },
    { name: 'check-failed', page: check('failed') },
    { name: 'check-reversed', page: check('reversed') },
    { name: 'check-absent', page: <CheckPage frame={frame} readAt={START} /> },
    { name: 'sms', page: <SmsPage frame={frame} messages={[1, 2, 3].map(sms)} /> },
    { name: 'sms-empty', page: <SmsPage frame={frame} messages={[]} /> },
    { name: 'error-anonymous', page: <ErrorPage frame={frame} status={404} /> },
  ];
}

function walletPages(frame: Frame, name: string): readonly SamplePage[] {
  const empty = { balance: xof(0n), available: xof(0n), onTheWay: xof(0n), pending: [], movements: [] };
  return [
    {
      name: 'wallet',
      page: (
        <WalletPage
          frame={{ ...frame, flash: [{ kind: 'success', text: 'Recharge de 10 000 F CFA réussie.' }] }}
          name={name}
          available={xof(1_234_800n)}
          balance={xof(1_259_800n)}
          onTheWay={xof(35_000n)}
          pending={[
            pending('pay_1', 25_000n, 'wave', 'approval'),
            pending('pay_2', 10_000n, 'orange_money', 'verifying'),
            { ...pending('pay_3', 25_000n, 'moov_money', 'sent'), direction: 'out' },
          ]}
          movements={METHODS.map((method, place) => ({
            id: `jrn_${method}`,
            kind: MOVEMENTS[place] ?? 'deposit',
            at: START,
            amount: xof(place > 1 ? -25_000n : 9_800n),
            balanceAfter: xof(1_259_800n),
            method,
            href: `/wallet/history/pay_${place}/`,
          }))}
        />
      ),
    },
    { name: 'wallet-empty', page: <WalletPage frame={frame} {...empty} /> },
  ];
}

function topupPages(frame: Frame): readonly SamplePage[] {
  const methods = METHODS.map((method) => ({
    method,
    min: xof(100n),
    max: xof(1_500_000n),
    needsOtp: method === 'orange_money',
    ...(method === 'visa' ? {} : { feeBasisPoints: 250 }),
  }));
  const form = { frame, paymentId: PAYMENT, currency: 'XOF', methods } as const;
  const confirm = {
    frame,
    paymentId: PAYMENT,
    values: { phone: '0707070707', method: 'orange_money', amount: '10 000' },
    phoneText: '+225 07 07 07 07 07',
    pays: xof(10_000n),
    fee: xof(250n),
    receives: xof(9_750n),
  } as const;
  const typed = { phone: '0707070707', method: 'wave', amount: '25,5' } as const;
  const refusals = { amount: refusalOf('amount_decimals'), method: refusalOf('method_closed') };
  return [
    { name: 'topup', page: <TopupFormPage {...form} values={{ phone: '+225 07 07 07 07 07' }} /> },
    { name: 'topup-refused', page: <TopupFormPage {...form} values={typed} refusals={refusals} /> },
    { name: 'topup-closed', page: <TopupFormPage {...form} methods={[]} values={{}} /> },
    { name: 'confirm', page: <TopupConfirmPage {...confirm} /> },
    { name: 'confirm-otp', page: <TopupConfirmPage {...confirm} otp={{ menu: '#144*82#' }} /> },
    {
      name: 'confirm-card',
      page: <TopupConfirmPage {...confirm} values={{ ...confirm.values, method: 'visa' }} feeBorne />,
    },
  ];
}

function profile(frame: Frame, name: string | undefined, hasPin: boolean): VNode {
  const session = { createdAt: START, lastSeenAt: START };
  return (
    <ProfilePage
      frame={frame}
      {...(name === undefined ? {} : { name })}
      phoneText={PHONE}
      locale={frame.locale}
      hasPin={hasPin}
      wantsMessages={hasPin}
      sessions={[
        { ...session, id: 'ses_1', device: 'Android · Chrome', current: true },
        { ...session, id: 'ses_2', current: false },
      ]}
      refusals={{ pin: refusalOf('pin_trivial') }}
    />
  );
}

function pending(paymentId: string, amount: bigint, method: Method, face: PaymentFace) {
  return { paymentId, direction: 'in' as const, amount: xof(amount), method, face, createdAt: START };
}

function sms(place: number) {
  return {
    id: `sms_${place}`,
    toText: PHONE,
    text: `Tontine Pro: code 48291${place}, valable 10 min. Ne le donnez a personne.`,
    at: START,
  };
}
