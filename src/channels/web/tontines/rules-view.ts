/**
 * Turns a by-law into the sentences' values that pages show.
 */

import type { Currency } from '../../../ground/money/currency.ts';
import { type Money, money } from '../../../ground/money/money.ts';
import { type Locale, moneyText } from '../../../ground/money/money-text.ts';
import { WEEKDAYS, type Weekday } from '../../../tontine/cycles/calendar-day.ts';
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
  const days = daysText(rules.schedule, locale);
  const rate = (basisPoints: number): string => formatBasisPoints(basisPoints, locale);
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
    ...(days === undefined ? {} : { days }),
    ...(rules.rounds === undefined ? {} : { rounds: rules.rounds }),
    ...(lateFee.cap === undefined ? {} : { lateCap: money(lateFee.cap, currency) }),
    ...(rules.auction && {
      auction: {
        least: rate(rules.auction.leastBasisPoints),
        most: rate(rules.auction.mostBasisPoints),
        step: money(rules.auction.increment, currency),
        commission: rate(rules.auction.commissionBasisPoints),
      },
    }),
    voices: { ...rules.approvals, hours: rules.approvalHours },
    ...(solidarity && { solidarity }),
    ...(guarantee && { guarantee }),
    ...(absenceFine && { absenceFine }),
  };
}

/** Which days of the week or of the month; nothing where every day is one. */
function daysText(schedule: Rules['schedule'], locale: Locale): string | undefined {
  const { rules, found } = wordsFor(locale).tontines;
  const words = rules.rhythmDetails;
  const name = (weekday: Weekday): string => {
    const alone = found.weekdays[(WEEKDAYS.indexOf(weekday) + 1) as keyof typeof found.weekdays];
    // English writes them with a capital letter everywhere.
    return locale === 'fr' ? alone.toLowerCase() : alone;
  };
  switch (schedule.kind) {
    case 'daily':
      return undefined;
    case 'every-n-days':
      return words.days(schedule.days);
    case 'weekly':
    case 'fortnightly':
      return words.on(name(schedule.weekday));
    case 'twice-weekly':
      return words.both(name(schedule.weekdays[0]), name(schedule.weekdays[1]));
    case 'twice-monthly':
      return words.both(String(schedule.days[0]), String(schedule.days[1]));
    case 'monthly-by-date':
      return words.on(String(schedule.day));
    case 'monthly-by-weekday':
      return words.nth(words.nths[schedule.nth], name(schedule.weekday));
    case 'custom':
      return words.dates(schedule.days.length);
  }
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
