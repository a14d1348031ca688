/**
 * Draws the pages of the console on which figures are read and settings are seen.
 */
import type { Locale } from '../../../ground/money/money-text.ts';
import type { GroupLine } from '../../../oversight/reports/group-report.rows.ts';
import type { ReportLine } from '../../../oversight/reports/report.ts';
import { METHODS } from '../../../rails/provider.ts';
import { ReportPage } from '../console/reports/page.tsx';
import { SettingsPage } from '../console/settings/page.tsx';
import { sampleConsoleFrame } from './sample-console.tsx';
import type { SamplePage } from './sample-pages.tsx';

const AT = new Date('2026-01-05T09:07:00Z');

function line(key: string, place: number): ReportLine {
  return {
    key,
    currency: 'XOF',
    direction: place % 2 === 0 ? 'in' : 'out',
    payments: BigInt(1_200 - place * 200),
    volume: BigInt(45_000_000 - place * 7_000_000),
    moved: BigInt(44_100_000 - place * 7_000_000),
    providerFees: 900_000n,
    hostFees: place % 2 === 0 ? 0n : 120_500n,
    reversed: BigInt(place),
    reversedMoved: BigInt(place * 10_000),
    asked: 1_300n,
    success: place === 4 ? undefined : 0.93,
  };
}

const GROUPS: readonly GroupLine[] = ['Les Étoiles', 'Femmes de Treichville, marché couvert'].map(
  (name, place) => ({
    groupId: `grp_01kx000000000000000000000${place}`,
    name,
    currency: 'XOF',
    movements: 48n,
    inWallet: 1_200_000n,
    inCash: 75_000n,
    outWallet: 900_000n,
    outCash: 50_000n,
    pots: 950_000n,
    heldWallet: 300_000n,
    heldCash: 25_000n,
  }),
);

export function reportPages(locale: Locale, name: string): readonly SamplePage[] {
  const frame = sampleConsoleFrame(locale, name);
  const period = { frame, from: '2025-12-30', until: '2026-01-05' };
  const days = Array.from({ length: 7 }, (_, place) => line(`2026-01-0${place + 1}`, place * 2));
  return [
    {
      name: 'console-report',
      page: <ReportPage {...period} by="method" lines={METHODS.map(line)} />,
    },
    {
      name: 'console-report-days',
      page: (
        <ReportPage
          {...period}
          by="day"
          lines={days.map((one) => ({ ...one, moved: one.moved + 90_000_000n }))}
        />
      ),
    },
    {
      name: 'console-report-groups',
      page: <ReportPage {...period} by="group" lines={[]} groups={GROUPS} />,
    },
    { name: 'console-report-empty', page: <ReportPage {...period} by="country" lines={[]} /> },
    {
      name: 'console-settings',
      page: (
        <SettingsPage
          frame={frame}
          provider="getmipay · sandbox"
          fetchedAt={AT}
          tested={{ ok: true, text: 'Solde : 12 000 F CFA.' }}
          services={METHODS.map((method, place) => ({
            id: String(70 + place),
            name: 'WAVE CI',
            method,
            country: 'CI',
            currency: 'XOF',
            deposits: true,
            withdrawals: place !== 4,
            active: place !== 3,
            minAmount: 100n,
            maxAmount: 2_000_000n,
            amountStep: 5n,
            needsOtp: false,
            ...(place === 0 ? {} : { feeBasisPoints: 150 }),
          }))}
          lines={[
            { name: 'MODE', value: 'demo', isSecret: false, source: 'default' },
            { name: 'GETMIPAY_SECRET_KEY', value: undefined, isSecret: true, source: 'environment' },
            { name: 'PUBLIC_URL', value: undefined, isSecret: false, source: 'absent' },
          ]}
        />
      ),
    },
  ];
}
