/**
 * Says whether an event gives a right to help from the solidarity fund, and to how much.
 *
 * The by-law lists events, amounts and how long one must have been a member. A refusal names the article: a family in
 * mourning that only hears "no" believes that somebody decided against them.
 */
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { type CalendarDay, dayOf, daysInMonth, partsOf } from '../cycles/calendar-day.ts';
import { articleOfEvent } from '../groups/articles.ts';
import type { Rules } from '../groups/rules.ts';

export interface AidCase {
  readonly event: string;
  readonly joinedOn: CalendarDay;
  readonly happenedOn: CalendarDay;
  readonly today: CalendarDay;
}

export const AID_EVENT_UNKNOWN = refusal(
  'aid-event-unknown',
  'invalid',
  'Le règlement ne prévoit pas de secours pour cet événement.',
  'The by-law has no help for this event.',
);

export const AID_IN_FUTURE = refusal(
  'aid-in-future',
  'invalid',
  'Cet événement n’a pas encore eu lieu.',
  'This event has not happened yet.',
);

/** The amount of the by-law. Refuses: `aid-event-unknown`, `aid-in-future`, `aid-too-early` with the article. */
export function aidFor(rules: Rules, { event, joinedOn, happenedOn, today }: AidCase): Answer<bigint> {
  const known = rules.solidarity.events.find((each) => each.kind === event);
  if (known === undefined) return refused(AID_EVENT_UNKNOWN);
  if (happenedOn > today) return refused(AID_IN_FUTURE);
  const entitledFrom = addMonths(joinedOn, known.afterMonths);
  if (happenedOn >= entitledFrom) return accepted(known.amount);
  const article = articleOfEvent(rules, event);
  return refused(
    refusal(
      'aid-too-early',
      'denied',
      `Article ${article} du règlement : ce secours demande ${known.afterMonths} mois d’adhésion avant l’événement ` +
        `(à partir du ${entitledFrom}).`,
      `Article ${article} of the by-law: this help takes ${known.afterMonths} months of membership before the event ` +
        `(from ${entitledFrom} on).`,
    ),
  );
}

/** The same day so many months later, or the last one of a shorter month. */
function addMonths(day: CalendarDay, months: number): CalendarDay {
  const { year, month, day: date } = partsOf(day);
  const ahead = month - 1 + months;
  const [toYear, toMonth] = [year + Math.floor(ahead / 12), (ahead % 12) + 1];
  return dayOf(toYear, toMonth, Math.min(date, daysInMonth(toYear, toMonth)));
}
