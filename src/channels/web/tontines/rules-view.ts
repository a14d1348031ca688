/**
 * Turns a by-law into the sentences' values that pages show.
 */

import type { Currency } from '../../../ground/money/currency.ts';
import { type Money, money } from '../../../ground/money/money.ts';
import { type Locale, moneyText } from '../../../ground/money/money-text.ts';
import type { Rules } from '../../../tontine/groups/rules.ts';
import { formatBasisPoints, wordsFor } from '../words/words.ts';
import type { RulesSummary } from './parts/rule-list.tsx';

const RHYTHMS: Readonly<Record<Rules['schedule']['kind'], RulesSummary['rhythm']>> = {
  daily: 'daily',
  'every-n-days': 'every-days',
  weekly: 'weekly',
  'twice-weekly': 'twice-weekly',
  fortnightly: 'fortnightly',
  'twice-monthly': 'twice-monthly',
  'monthly-by-date': 'monthly',
  'monthly-by-weekday': 'nth-weekday',
  custom: 'custom',
};

export function rulesSummary(rules: Rules, currency: Currency, locale: Locale): RulesSummary {
  const some = (amount: bigint): Money | undefined => (amount === 0n ? undefined : money(amount, currency));
  const { lateFee } = rules;
  const fee = (amount: bigint): string => feeText(lateFee.kind, amount, currency, locale);
  const solidarity = some(rules.solidarity.contribution);
  const guarantee = some(rules.guaranteePerShare);
  const absenceFine = some(rules.absenceFine);
  return {
    contribution: money(rules.contribution, currency),
    rhythm: RHYTHMS[rules.schedule.kind],
    deadline: rules.deadline,
    graceHours: rules.graceHours,
    order: rules.order,
    shortfall: rules.shortfall,
    visibility: rules.visibility,
    events: rules.solidarity.events.map((one) => ({
      name: eventName(one.kind, locale),
      amount: money(one.amount, currency),
      afterMonths: one.afterMonths,
    })),
    ...(lateFee.kind === 'none'
      ? {}
      : { lateBefore: fee(lateFee.beforePot), lateAfter: fee(lateFee.afterPot) }),
    ...(solidarity && { solidarity }),
    ...(guarantee && { guarantee }),
    ...(absenceFine && { absenceFine }),
  };
}

function feeText(kind: Rules['lateFee']['kind'], amount: bigint, currency: Currency, locale: Locale): string {
  if (kind === 'percent') return `${formatBasisPoints(Number(amount), locale)}\u00a0%`;
  const text = moneyText(money(amount, currency), 'page', locale);
  return kind === 'per-day' ? wordsFor(locale).tontines.rules.perDay(text) : text;
}

/** An event in the reader's language; a group's own event keeps its own name. */
export function eventName(kind: string, locale: Locale): string {
  const names: Readonly<Record<string, string>> = wordsFor(locale).tontines.aid.kinds;
  return names[kind] ?? kind;
}
