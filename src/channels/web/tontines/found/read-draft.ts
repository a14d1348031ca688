/**
 * Reads the founding form into a by-law, or says which answer cannot be understood.
 *
 * Refuses: every refusal of `parseDisplayName`, of `readRules` and of `readSchedule`, `draft-number`, `draft-day`,
 * `draft-hour`, `draft-past`, and the refusals of `planCycle`.
 */
import type { Currency } from '../../../../ground/money/currency.ts';
import { type Refusal, refusal } from '../../../../ground/refusal.ts';
import { parseDisplayName } from '../../../../people/person.ts';
import { type CalendarDay, isCalendarDay, isTimeOfDay } from '../../../../tontine/cycles/calendar-day.ts';
import { type CyclePlan, planCycle } from '../../../../tontine/cycles/plan-cycle.ts';
import type { Rules } from '../../../../tontine/groups/rules.ts';
import type { No } from '../group-visit.ts';
import { numberOf, reading, textOf, Unread } from './read-field.ts';
import { readRules } from './read-rules.ts';
import { readDates, readSchedule, refuseEarlier } from './read-schedule.ts';
import type { DraftField, RulesDraft } from './rules-draft.ts';

export interface ReadDraft {
  readonly name: string;
  readonly rules: Rules;
  readonly startsOn: CalendarDay;
  readonly plan: CyclePlan;
}

interface Circumstances {
  readonly currency: Currency;
  readonly timeZone: string;
  readonly now: Date;
}

export interface ReadChange {
  readonly rules: Rules;
  /** From the day typed, with so many shares as the group has. */
  readonly plan: CyclePlan;
}

/** A whole by-law in the place of that of today; its first day only says which weekday or date is meant. */
export function readChange(
  typed: RulesDraft,
  today: Rules,
  group: { readonly currency: Currency; readonly timeZone: string; readonly shareCount: number },
): ReadChange | No<DraftField> {
  return reading(() => {
    const startsOn = startOf(typed);
    const events = today.solidarity.events;
    const rules = { ...readRules(typed, group.currency, events), ...daysOf(typed, startsOn) };
    const { timeZone, shareCount } = group;
    return { rules, plan: planOf({ rules, timeZone, startsOn, shareCount: Math.max(shareCount, 2) }) };
  });
}

export function readDraft(typed: RulesDraft, around: Circumstances): ReadDraft | No<DraftField> {
  return reading(() => {
    const name = parseDisplayName(typed.name);
    if (!name.ok) throw new Unread('name', name.refusal);
    const { currency, timeZone, now } = around;
    const shareCount = numberOf(typed, 'shares', 2, 250);
    const startsOn = startOf(typed);
    const rules = { ...readRules(typed, currency, undefined), ...daysOf(typed, startsOn) };
    const plan = planOf({ rules, timeZone, startsOn, shareCount });
    const first = plan.rounds[0];
    if (first === undefined || first.deadlineAt <= now) throw new Unread(startField(typed), PAST);
    return { name: name.value, rules, startsOn, plan };
  });
}

/** A list of dates names its first day itself. */
function startOf(typed: RulesDraft): CalendarDay {
  const text = textOf(typed, 'first_day');
  if (isCalendarDay(text)) return text;
  const [first] = text === '' && typed.rhythm === 'custom' ? readDates(typed) : [];
  if (first === undefined) throw new Unread('first_day', DAY);
  return first;
}

function startField(typed: RulesDraft): DraftField {
  return textOf(typed, 'first_day') === '' ? 'dates' : 'first_day';
}

function daysOf(typed: RulesDraft, startsOn: CalendarDay): Pick<Rules, 'schedule' | 'deadline'> {
  const deadline = typed.deadline ?? '';
  if (!isTimeOfDay(deadline)) throw new Unread('deadline', HOUR);
  const schedule = readSchedule(typed, startsOn);
  refuseEarlier(schedule, startsOn);
  return { schedule, deadline };
}

function planOf(asked: Parameters<typeof planCycle>[0]): CyclePlan {
  const plan = planCycle(asked);
  if (!plan.ok) throw new Unread(fieldOfPlan(plan.refusal), plan.refusal);
  return plan.value;
}

function fieldOfPlan(no: Refusal): DraftField {
  return no.code === 'schedule-too-short' ? 'dates' : 'shares';
}

const DAY = refusal(
  'draft-day',
  'invalid',
  'Écrivez un jour qui existe, par exemple 2026-01-05.',
  'Write a day that exists, for example 2026-01-05.',
);
const HOUR = refusal(
  'draft-hour',
  'invalid',
  'Écrivez une heure, par exemple 18:00.',
  'Write an hour, for example 18:00.',
);
const PAST = refusal(
  'draft-past',
  'invalid',
  'Ce jour est déjà passé. Choisissez un premier jour à venir.',
  'This day is over. Choose a first day to come.',
);
