/**
 * Writes a by-law as it would have been typed: a change begins from what holds, and what is left alone stays.
 */
import type { Currency } from '../../../../ground/money/currency.ts';
import { money } from '../../../../ground/money/money.ts';
import { amountText } from '../../../../ground/money/money-text.ts';
import { type CalendarDay, partsOf, WEEKDAYS } from '../../../../tontine/cycles/calendar-day.ts';
import { roundDays, type Schedule } from '../../../../tontine/cycles/schedule.ts';
import type { Rules } from '../../../../tontine/groups/rules.ts';
import { AID_KINDS, type RulesDraft } from './rules-draft.ts';

/** `today` is where the days of the rhythm are looked for from. */
export function draftOfRules(rules: Rules, currency: Currency, today: CalendarDay): RulesDraft {
  const typed = (amount: bigint): string =>
    amount === 0n ? '' : amountText(money(amount, currency), 'page', 'fr');
  const { lateFee, auction } = rules;
  const rate = (value: bigint): string =>
    lateFee.kind === 'percent' ? percentText(Number(value)) : typed(value);
  const events = AID_KINDS.flatMap((kind) => {
    const event = rules.solidarity.events.find((one) => one.kind === kind);
    if (event === undefined) return [];
    return [
      [`aid_${kind}`, typed(event.amount)],
      [`months_${kind}`, String(event.afterMonths)],
    ];
  });
  return {
    amount: typed(rules.contribution),
    ...daysOf(rules.schedule, today),
    deadline: rules.deadline,
    rounds: String(rules.rounds ?? ''),
    order: rules.order,
    auction_least: percentText(auction?.leastBasisPoints ?? 500),
    auction_most: percentText(auction?.mostBasisPoints ?? 4_000),
    auction_step: typed(auction?.increment ?? 500n),
    auction_commission: percentText(auction?.commissionBasisPoints ?? 0),
    late_kind: lateFee.kind,
    late_fee: rate(lateFee.beforePot),
    late_fee_served: rate(lateFee.afterPot),
    late_cap: typed(lateFee.cap ?? 0n),
    grace_hours: String(rules.graceHours),
    solidarity: typed(rules.solidarity.contribution),
    ...Object.fromEntries(events),
    guarantee: typed(rules.guaranteePerShare),
    absence_fine: typed(rules.absenceFine),
    shortfall: rules.shortfall,
    default_cover: rules.defaultCover.join('+'),
    paid_first: rules.allocationOrder.join('+'),
    visibility: rules.visibility,
    approvals_payout: String(rules.approvals.payout),
    approvals_other: String(rules.approvals.other),
    approval_hours: String(rules.approvalHours),
    notice_hours: String(rules.noticeHours),
  };
}

function percentText(basisPoints: number): string {
  return String(basisPoints / 100).replace('.', ',');
}

/** The rhythm with a first day that stands for it: read again, it is the same schedule. */
function daysOf(schedule: Schedule, today: CalendarDay): RulesDraft {
  const next = (one: Schedule): CalendarDay => roundDays(one, today, 1)[0] ?? today;
  // A 31st is not in every month, and in its place stands another day.
  const onDate = (day: number): CalendarDay =>
    roundDays({ kind: 'monthly-by-date', day }, today, 12).find((one) => partsOf(one).day === day) ?? today;
  switch (schedule.kind) {
    case 'daily':
      return { rhythm: 'daily', first_day: today };
    case 'every-n-days':
      return { rhythm: 'every-days', first_day: today, every_days: String(schedule.days) };
    case 'weekly':
    case 'fortnightly':
      return { rhythm: schedule.kind, first_day: next(schedule) };
    case 'twice-weekly': {
      const [weekday, second] = schedule.weekdays;
      const second_weekday = String(WEEKDAYS.indexOf(second) + 1);
      return { rhythm: 'twice-weekly', first_day: next({ kind: 'weekly', weekday }), second_weekday };
    }
    case 'twice-monthly':
      return {
        rhythm: 'twice-monthly',
        first_day: onDate(schedule.days[0]),
        second_date: String(schedule.days[1]),
      };
    case 'monthly-by-date':
      return { rhythm: 'monthly', first_day: onDate(schedule.day) };
    case 'monthly-by-weekday':
      return { rhythm: 'nth-weekday', first_day: next(schedule), nth: String(schedule.nth) };
    case 'custom':
      return { rhythm: 'custom', first_day: schedule.days[0] ?? today, dates: schedule.days.join(' ') };
  }
}
