/**
 * Reads the founding form into a by-law, or says which answer cannot be understood.
 *
 * Nothing is guessed and nothing is dropped: an empty amount is none, anything else that is not an amount is refused
 * beside its field. What the form does not ask is what most groups have.
 *
 * Refuses: every refusal of `parseAmount`, `draft-number`, `draft-day`, `draft-hour`, `draft-weekday`, `draft-choice`,
 * `draft-past`, and the refusals of `planCycle`.
 */
import type { Currency } from '../../../../ground/money/currency.ts';
import { parseAmount } from '../../../../ground/money/parse-amount.ts';
import { type Refusal, refusal } from '../../../../ground/refusal.ts';
import { parseDisplayName } from '../../../../people/person.ts';
import {
  type CalendarDay,
  isCalendarDay,
  isTimeOfDay,
  partsOf,
  WEEKDAYS,
  weekdayOf,
} from '../../../../tontine/cycles/calendar-day.ts';
import { type CyclePlan, planCycle } from '../../../../tontine/cycles/plan-cycle.ts';
import type { Schedule } from '../../../../tontine/cycles/schedule.ts';
import { type Rules, USUAL_RULES } from '../../../../tontine/groups/rules.ts';
import type { No } from '../group-visit.ts';
import {
  type DraftField,
  ORDERS,
  RHYTHMS,
  type RulesDraft,
  SHORTFALLS,
  VISIBILITIES,
} from './rules-draft.ts';

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

/** The by-law of today with what was typed in the place of its fines, funds and visibility. */
export function readChange(typed: RulesDraft, rules: Rules, currency: Currency): Rules | No<DraftField> {
  return reading(() => {
    const { order } = rules;
    const { shortfall, visibility } = choicesOf({ ...typed, order });
    const { lateFee, absenceFine, solidarity, guaranteePerShare } = moneyOf(typed, currency);
    // A fine by the day or by the hundred is not asked for here, and stays as it is.
    const isPlain = rules.lateFee.kind === 'fixed' || rules.lateFee.kind === 'none';
    const { events } = rules.solidarity;
    return {
      ...rules,
      shortfall,
      visibility,
      absenceFine,
      guaranteePerShare,
      lateFee: isPlain ? lateFee : rules.lateFee,
      solidarity: { ...solidarity, events: events.length === 0 ? solidarity.events : events },
    };
  });
}

/** Thrown from inside the reading and turned into the answer at its door: each field reads in one line. */
class Unread extends Error {
  readonly field: DraftField;
  readonly no: Refusal;

  constructor(field: DraftField, no: Refusal) {
    super(no.code);
    this.field = field;
    this.no = no;
  }
}

export function readDraft(typed: RulesDraft, around: Circumstances): ReadDraft | No<DraftField> {
  return reading(() => understand(typed, around));
}

function reading<T>(read: () => T): T | No<DraftField> {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unread) return { field: error.field, no: error.no };
    throw error;
  }
}

function understand(typed: RulesDraft, around: Circumstances): ReadDraft {
  const name = parseDisplayName(typed.name);
  if (!name.ok) throw new Unread('name', name.refusal);
  const { currency, timeZone, now } = around;
  const contribution = amountOf(typed, 'amount', currency);
  const shareCount = numberOf(typed, 'shares', 2, 250);
  const startsOn = typed.first_day;
  if (!isCalendarDay(startsOn)) throw new Unread('first_day', DAY);
  const deadline = typed.deadline ?? '';
  if (!isTimeOfDay(deadline)) throw new Unread('deadline', HOUR);
  const rules: Rules = {
    ...USUAL_RULES,
    contribution,
    schedule: scheduleOf(typed, startsOn),
    deadline,
    ...choicesOf(typed),
    ...moneyOf(typed, currency),
    graceHours: typed.grace_hours === '' ? 0 : numberOf(typed, 'grace_hours', 0, 720),
  };
  const plan = planCycle({ rules, timeZone, startsOn, shareCount });
  if (!plan.ok) throw new Unread('first_day', plan.refusal);
  const first = plan.value.rounds[0];
  if (first === undefined || first.deadlineAt <= now) throw new Unread('first_day', PAST);
  return { name: name.value, rules, startsOn, plan: plan.value };
}

function choicesOf(typed: RulesDraft): Pick<Rules, 'order' | 'shortfall' | 'visibility' | 'auction'> {
  const order = choiceOf(typed, 'order', ORDERS);
  const shortfall = choiceOf(typed, 'shortfall', SHORTFALLS);
  const visibility = choiceOf(typed, 'visibility', VISIBILITIES);
  const isAuction = order === 'auction-discount' || order === 'auction-premium';
  return { order, shortfall, visibility, ...(isAuction ? { auction: USUAL_AUCTION } : {}) };
}

function moneyOf(
  typed: RulesDraft,
  currency: Currency,
): Pick<Rules, 'lateFee' | 'absenceFine' | 'solidarity' | 'guaranteePerShare'> {
  const beforePot = someAmount(typed, 'late_fee', currency);
  const afterPot = someAmount(typed, 'late_fee_served', currency);
  const solidarity = someAmount(typed, 'solidarity', currency);
  return {
    lateFee: { kind: beforePot + afterPot === 0n ? 'none' : 'fixed', beforePot, afterPot },
    absenceFine: someAmount(typed, 'absence_fine', currency),
    solidarity: { contribution: solidarity, events: usualEvents(solidarity) },
    guaranteePerShare: someAmount(typed, 'guarantee', currency),
  };
}

function scheduleOf(typed: RulesDraft, startsOn: CalendarDay): Schedule {
  const weekday = weekdayOf(startsOn);
  switch (choiceOf(typed, 'rhythm', RHYTHMS)) {
    case 'daily':
      return { kind: 'daily' };
    case 'weekly':
      return { kind: 'weekly', weekday };
    case 'fortnightly':
      return { kind: 'fortnightly', weekday };
    case 'monthly':
      return { kind: 'monthly-by-date', day: partsOf(startsOn).day };
    case 'every-days':
      return { kind: 'every-n-days', days: numberOf(typed, 'every_days', 2, 366) };
    case 'twice-weekly': {
      const second = WEEKDAYS[Number(typed.second_weekday) - 1];
      if (second === undefined || second === weekday) throw new Unread('second_weekday', WEEKDAY);
      return { kind: 'twice-weekly', weekdays: [weekday, second] };
    }
  }
}

function amountOf(typed: RulesDraft, field: DraftField, currency: Currency): bigint {
  const amount = parseAmount(typed[field], currency, { max: LARGEST_AMOUNT });
  if (!amount.ok) throw new Unread(field, amount.refusal);
  return amount.value.amount;
}

/** Nothing typed, or nothing at all, is none. */
function someAmount(typed: RulesDraft, field: DraftField, currency: Currency): bigint {
  const text = typed[field]?.trim() ?? '';
  return text === '' || text === '0' ? 0n : amountOf(typed, field, currency);
}

function numberOf(typed: RulesDraft, field: DraftField, least: number, most: number): number {
  const text = typed[field]?.trim() ?? '';
  const value = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw new Unread(field, wholeNumber(least, most));
  return value;
}

function choiceOf<Choice extends string>(
  typed: RulesDraft,
  field: DraftField,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((choice) => choice === typed[field]);
  if (found === undefined) throw new Unread(field, CHOICE);
  return found;
}

/** A year of everybody's solidarity helps with a few events: amounts grow with what each puts in. */
function usualEvents(contribution: bigint): Rules['solidarity']['events'] {
  if (contribution === 0n) return [];
  return [
    { kind: 'death-of-relative', amount: contribution * 60n, afterMonths: 0 },
    { kind: 'birth', amount: contribution * 15n, afterMonths: 6 },
  ];
}

const LARGEST_AMOUNT = 1_000_000_000n;

/** As chit funds have it: from 5 to 40 hundredths of the pot, in steps of 500. */
const USUAL_AUCTION = {
  leastBasisPoints: 500,
  mostBasisPoints: 4_000,
  increment: 500n,
  commissionBasisPoints: 0,
};

function wholeNumber(least: number, most: number): Refusal {
  return refusal(
    'draft-number',
    'invalid',
    `Écrivez un nombre entier de ${least} à ${most}.`,
    `Write a whole number from ${least} to ${most}.`,
  );
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
const WEEKDAY = refusal(
  'draft-weekday',
  'invalid',
  'Choisissez un autre jour que celui du premier tour.',
  'Choose another day than that of the first round.',
);
const CHOICE = refusal('draft-choice', 'invalid', 'Choisissez dans la liste.', 'Choose from the list.');
const PAST = refusal(
  'draft-past',
  'invalid',
  'Ce jour est déjà passé. Choisissez un premier jour à venir.',
  'This day is over. Choose a first day to come.',
);
