/**
 * Reads everything of a by-law but its name and its days: order, fines, funds, decisions.
 *
 * Refuses: every refusal of `parseAmount`, `draft-number`, `draft-percent`, `draft-choice`, `draft-bounds`.
 */
import type { Currency } from '../../../../ground/money/currency.ts';
import { refusal } from '../../../../ground/refusal.ts';
import type { Rules } from '../../../../tontine/groups/rules.ts';
import {
  amountOf,
  basisPointsOf,
  CHOICE,
  choiceOf,
  numberOf,
  someAmount,
  textOf,
  Unread,
} from './read-field.ts';
import {
  AID_KINDS,
  COUNTS,
  type CountField,
  LATE_KINDS,
  ORDERS,
  type RulesDraft,
  SHORTFALLS,
  VISIBILITIES,
} from './rules-draft.ts';

type Event = Rules['solidarity']['events'][number];

/** The events of `today` keep their places, because articles are numbered by them; nothing where a group is founded. */
export function readRules(
  typed: RulesDraft,
  currency: Currency,
  today: readonly Event[] | undefined,
): Omit<Rules, 'schedule' | 'deadline'> {
  const order = choiceOf(typed, 'order', ORDERS);
  const rounds = textOf(typed, 'rounds') === '' ? undefined : numberOf(typed, 'rounds', 1, 400);
  const solidarity = someAmount(typed, 'solidarity', currency);
  const events = eventsOf(typed, currency, today ?? []);
  const isAuction = order === 'auction-discount' || order === 'auction-premium';
  return {
    contribution: amountOf(typed, 'amount', currency),
    ...(rounds === undefined ? {} : { rounds }),
    graceHours: textOf(typed, 'grace_hours') === '' ? 0 : numberOf(typed, 'grace_hours', 0, 720),
    order,
    ...(isAuction ? { auction: auctionOf(typed, currency) } : {}),
    lateFee: lateFeeOf(typed, currency),
    absenceFine: someAmount(typed, 'absence_fine', currency),
    solidarity: {
      contribution: solidarity,
      events: events.length === 0 && today === undefined ? usualEvents(solidarity) : events,
    },
    guaranteePerShare: someAmount(typed, 'guarantee', currency),
    shortfall: choiceOf(typed, 'shortfall', SHORTFALLS),
    defaultCover: sequenceOf(typed, 'default_cover', ['deposit', 'guarantor', 'guarantee', 'pro-rata']),
    visibility: choiceOf(typed, 'visibility', VISIBILITIES),
    allocationOrder: wholeOrderOf(typed),
    approvals: { payout: countOf(typed, 'approvals_payout'), other: countOf(typed, 'approvals_other') },
    approvalHours: countOf(typed, 'approval_hours'),
    noticeHours: countOf(typed, 'notice_hours'),
  };
}

function countOf(typed: RulesDraft, field: CountField): number {
  const [least, most] = COUNTS[field];
  return numberOf(typed, field, least, most);
}

function auctionOf(typed: RulesDraft, currency: Currency): NonNullable<Rules['auction']> {
  const leastBasisPoints = basisPointsOf(typed, 'auction_least', 90);
  const mostBasisPoints = basisPointsOf(typed, 'auction_most', 90);
  if (mostBasisPoints < leastBasisPoints) throw new Unread('auction_most', BOUNDS);
  return {
    leastBasisPoints,
    mostBasisPoints,
    increment: amountOf(typed, 'auction_step', currency),
    commissionBasisPoints: basisPointsOf(typed, 'auction_commission', 20),
  };
}

/** A fine of nothing is none; the rates of a kind that is not chosen do not count. */
function lateFeeOf(typed: RulesDraft, currency: Currency): Rules['lateFee'] {
  const kind = choiceOf(typed, 'late_kind', LATE_KINDS);
  if (kind === 'none') return NO_FINE;
  const rate = (field: 'late_fee' | 'late_fee_served'): bigint =>
    kind === 'percent' ? BigInt(basisPointsOf(typed, field, 100)) : someAmount(typed, field, currency);
  const [beforePot, afterPot] = [rate('late_fee'), rate('late_fee_served')];
  const cap = someAmount(typed, 'late_cap', currency);
  if (beforePot + afterPot === 0n) return NO_FINE;
  return { kind, beforePot, afterPot, ...(cap === 0n ? {} : { cap }) };
}

/** What has no amount is not helped with; an event of the group's own stays as it is. */
function eventsOf(typed: RulesDraft, currency: Currency, today: readonly Event[]): Event[] {
  const asked = new Map<string, Event>();
  for (const kind of AID_KINDS) {
    const amount = someAmount(typed, `aid_${kind}`, currency);
    const months = textOf(typed, `months_${kind}`);
    const afterMonths = months === '' ? 0 : numberOf(typed, `months_${kind}`, 0, 120);
    if (amount > 0n) asked.set(kind, { kind, amount, afterMonths });
  }
  const offered: readonly string[] = AID_KINDS;
  const kept = today.flatMap((event) => {
    const now = offered.includes(event.kind) ? asked.get(event.kind) : event;
    return now === undefined ? [] : [now];
  });
  const isNew = (event: Event) => !kept.some((one) => one.kind === event.kind);
  return [...kept, ...[...asked.values()].filter(isNew)];
}

/** A year of everybody's solidarity helps with a few events: amounts grow with what each puts in. */
function usualEvents(contribution: bigint): Event[] {
  if (contribution === 0n) return [];
  return [
    { kind: 'death-of-relative', amount: contribution * 60n, afterMonths: 0 },
    { kind: 'birth', amount: contribution * 15n, afterMonths: 6 },
  ];
}

/** Words joined by `+`, each at most once. */
function sequenceOf<Word extends string>(
  typed: RulesDraft,
  field: 'default_cover' | 'paid_first',
  words: readonly Word[],
): Word[] {
  if (typed[field] === undefined) throw new Unread(field, CHOICE);
  const text = textOf(typed, field);
  const asked = text === '' ? [] : text.split('+');
  const found = asked.flatMap((one) => words.filter((word) => word === one));
  if (found.length !== asked.length || new Set(found).size !== found.length) throw new Unread(field, CHOICE);
  return found;
}

function wholeOrderOf(typed: RulesDraft): Rules['allocationOrder'] {
  const order = sequenceOf(typed, 'paid_first', ['pot', 'solidarity', 'guarantee', 'fine']);
  if (order.length !== 4) throw new Unread('paid_first', CHOICE);
  return order;
}

const NO_FINE: Rules['lateFee'] = { kind: 'none', beforePot: 0n, afterPot: 0n };

const BOUNDS = refusal(
  'draft-bounds',
  'invalid',
  'Le plus grand doit atteindre le plus petit.',
  'The most must reach the least.',
);
