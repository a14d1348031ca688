/**
 * Judges what the provider answered: do our keys pass, which services are offered, what does it hold for us.
 */

import { type Money, money } from '../../../ground/money/money.ts';
import { moneyText } from '../../../ground/money/money-text.ts';
import type { Sentence } from '../../../ground/refusal.ts';
import type { Service } from '../../../rails/provider.ts';
import type { Examination } from '../../../rails/providers/getmipay/examine-access.ts';
import type { RailsSettings } from '../../../rails/settings.ts';
import type { Check } from '../check.ts';
import { CHECKS } from '../words/checks.ts';
import { lines, plainly } from '../words/said.ts';

/** Pure: what three answers mean for whoever sets the product up. */
export function judgeProvider(found: Examination, settings: RailsSettings): Check[] {
  const { name, access, cures, ...said } = CHECKS.provider;
  const simulated = settings.GETMIPAY_API_URL === undefined;
  const where = simulated ? said.simulator : said.getmipay(settings.GETMIPAY_ENVIRONMENT);
  if (found.access !== 'accepted') {
    const seen = said.not(where, access[found.access], found.evidence);
    return [{ name, state: 'red', seen, cure: cures[found.access] }];
  }
  return [
    { name, state: 'green', seen: said.accepted(where) },
    judgeServices(found.services),
    judgeBalance(found, simulated),
  ];
}

function judgeServices(services: readonly Service[]): Check {
  const { name, none, ask, usable: count, header, noPayouts } = CHECKS.services;
  const usable = services.filter(({ active, deposits, withdrawals }) => active && (deposits || withdrawals));
  if (usable.length === 0) return { name, state: 'red', seen: none(services.length), cure: ask };
  const rows = usable.map(serviceLine).toSorted((a, b) => (a.en < b.en ? -1 : 1));
  const seen = lines([count(usable.length), header, ...rows]);
  return usable.some(({ withdrawals }) => withdrawals)
    ? { name, state: 'green', seen }
    : { name, state: 'amber', seen, cure: noPayouts };
}

function serviceLine(service: Service): Sentence {
  const said = CHECKS.services;
  const ways = lines(
    [...(service.deposits ? [said.in] : []), ...(service.withdrawals ? [said.out] : [])],
    ' + ',
  );
  const range = said.range(
    amountSaid(money(service.minAmount, service.currency)),
    amountSaid(money(service.maxAmount, service.currency)),
  );
  const { feeBasisPoints } = service;
  const parts = [
    plainly(`${service.country.padEnd(9)}${service.method.padEnd(14)}`),
    { fr: ways.fr.padEnd(16), en: ways.en.padEnd(16) },
    range,
    ...(feeBasisPoints === undefined ? [] : [said.fee(feeBasisPoints / 100)]),
    ...(service.needsOtp ? [said.code] : []),
  ];
  return lines(parts, '');
}

function judgeBalance({ balances }: Examination, simulated: boolean): Check {
  const { name, unknown, open, empty } = CHECKS.balance;
  if (balances.length === 0) return { name, state: 'amber', seen: unknown, cure: open };
  const seen = lines(balances.map(amountSaid), ', ');
  return balances.every(({ amount }) => amount === 0n) && !simulated
    ? { name, state: 'amber', seen, cure: empty }
    : { name, state: 'green', seen };
}

export function amountSaid(amount: Money): Sentence {
  return { fr: moneyText(amount, 'ascii', 'fr'), en: moneyText(amount, 'ascii', 'en') };
}
