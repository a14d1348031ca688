/**
 * Judges what the provider answered: do our keys pass, which services are offered, what does it hold for us.
 */

import { money } from '../../../ground/money/money.ts';
import { moneyText } from '../../../ground/money/money-text.ts';
import type { Service } from '../../../rails/provider.ts';
import type { Examination } from '../../../rails/providers/getmipay/examine-access.ts';
import type { RailsSettings } from '../../../rails/settings.ts';
import type { Check } from '../check.ts';

const CURES: Readonly<Record<Exclude<Examination['access'], 'accepted'>, string>> = {
  refused:
    'compare both keys with the dashboard, and whether they belong to GETMIPAY_ENVIRONMENT; some accounts also list the addresses that may call',
  unreachable:
    'GETMIPAY_API_URL must be the address of the API with its version, reachable from this machine',
  strange: 'try the other GETMIPAY_GENERATION; if the address is right, send the evidence to the provider',
};

/** Pure: what three answers mean for whoever sets the product up. */
export function judgeProvider(found: Examination, settings: RailsSettings): Check[] {
  const simulated = settings.GETMIPAY_API_URL === undefined;
  const where = simulated ? 'the built-in simulator' : `GetMiPay, ${settings.GETMIPAY_ENVIRONMENT}`;
  if (found.access !== 'accepted') {
    const keys = found.access === 'strange' ? 'the keys pass, and the services cannot be read' : found.access;
    return [
      {
        name: 'authentication',
        state: 'red',
        seen: `${where}: ${keys} (${found.evidence})`,
        cure: CURES[found.access],
      },
    ];
  }
  return [
    { name: 'authentication', state: 'green', seen: `${where}: the keys are accepted` },
    judgeServices(found.services),
    judgeBalance(found, simulated),
  ];
}

function judgeServices(services: readonly Service[]): Check {
  const usable = services.filter(({ active, deposits, withdrawals }) => active && (deposits || withdrawals));
  if (usable.length === 0) {
    return {
      name: 'services',
      state: 'red',
      seen: `${services.length} listed, none that can be used`,
      cure: 'ask the provider to open services for your account: without one nobody can pay in or out',
    };
  }
  const lines = usable.map(serviceLine).toSorted();
  const table = [`${usable.length} can be used`, 'country  method        ways      amounts', ...lines].join(
    '\n',
  );
  const payouts = usable.some(({ withdrawals }) => withdrawals);
  if (payouts) return { name: 'services', state: 'green', seen: table };
  return {
    name: 'services',
    state: 'amber',
    seen: table,
    cure: 'nothing can be paid out: ask the provider to open pay-outs before you invite people',
  };
}

function serviceLine(service: Service): string {
  const ways = [service.deposits ? 'in' : '', service.withdrawals ? 'out' : ''].filter(Boolean).join(' + ');
  const text = (amount: bigint): string => moneyText(money(amount, service.currency), 'ascii', 'en');
  const fee = service.feeBasisPoints === undefined ? '' : `, fee ${service.feeBasisPoints / 100} %`;
  return `${service.country.padEnd(9)}${service.method.padEnd(14)}${ways.padEnd(10)}${text(service.minAmount)} to ${text(service.maxAmount)}${fee}${service.needsOtp ? ', with a code' : ''}`;
}

function judgeBalance({ balances }: Examination, simulated: boolean): Check {
  const seen = balances.map((one) => moneyText(one, 'ascii', 'en')).join(', ');
  if (balances.length === 0) {
    return {
      name: 'balance',
      state: 'amber',
      seen: 'the provider does not say what it holds for us',
      cure: 'withdrawals cannot be held back while the float is too low; ask the provider to open the balance call',
    };
  }
  const empty = balances.every(({ amount }) => amount === 0n);
  return empty && !simulated
    ? {
        name: 'balance',
        state: 'amber',
        seen,
        cure: 'withdrawals wait in line until deposits or a transfer of yours fill the float',
      }
    : { name: 'balance', state: 'green', seen };
}
