import { expect, test } from 'vitest';
import type { Actor } from '../../../../tontine/groups/group.ts';
import { USUAL_RULES } from '../../../../tontine/groups/rules.ts';
import type { PersonOfGroup } from '../../../../tontine/members/membership.rows.ts';
import type { GroupRole } from '../../../../tontine/members/permission.ts';
import type { Handout } from '../../../../tontine/rounds/cash-box.rows.ts';
import type { Handover } from '../../../../tontine/rounds/cash-handover.rows.ts';
import {
  countNotes,
  faceOfHandout,
  faceOfHandover,
  mayTakeBackHandout,
  mayTakeBackHandover,
  type NotesView,
  seesHandout,
} from './seen-notes.ts';

const AT = new Date('2026-01-05T12:00:00Z');

interface Somebody {
  readonly name: string;
  readonly roles?: readonly GroupRole[];
  readonly hasPhone?: boolean;
  readonly state?: PersonOfGroup['state'];
}

function person({ name, roles = [], hasPhone = true, state = 'active' }: Somebody): PersonOfGroup {
  return {
    id: name,
    groupId: 'group',
    personId: hasPhone ? `per ${name}` : null,
    phone: null,
    displayName: name,
    state,
    reason: null,
    createdAt: AT,
    joinedAt: AT,
    endedAt: null,
    nextOfKinName: null,
    nextOfKinPhone: null,
    offices: roles.flatMap((role) => (role === 'member' ? [] : [role])),
    keepsBox: false,
  };
}

const KEEPER = person({ name: 'Mariam', roles: ['treasurer'] });
const SECOND = person({ name: 'Yao', roles: ['secretary'] });
const FATOU = person({ name: 'Fatou' });
const KOFFI = person({ name: 'Koffi', hasPhone: false });
const GONE = person({ name: 'Ibrahim', state: 'suspended', roles: ['treasurer'] });

const HANDOUT: Handout = {
  id: 'hnd',
  groupId: 'group',
  membershipId: 'Koffi',
  purpose: 'guarantee',
  subjectId: 'subject',
  accountId: 'guarantee:group:cash:XOF' as Handout['accountId'],
  currency: 'XOF',
  amount: 25_000n,
  state: 'waiting',
  keeperId: null,
  createdAt: AT,
  declaredAt: null,
  confirmedAt: null,
  confirmedBy: null,
};
const DECLARED: Handout = { ...HANDOUT, state: 'declared', keeperId: 'Mariam', declaredAt: AT };
const HANDOVER: Handover = {
  id: 'hov',
  groupId: 'group',
  fromId: 'Mariam',
  toId: 'Yao',
  currency: 'XOF',
  amount: 5_000n,
  state: 'declared',
  declaredAt: AT,
  endedAt: null,
};

interface Case {
  readonly people?: readonly PersonOfGroup[];
  readonly free?: bigint;
  readonly handouts?: readonly Handout[];
  readonly handovers?: readonly Handover[];
}

/** What this one sees under a by-law that shows each only their own. */
function viewOf(who: PersonOfGroup, of: Case = {}): NotesView {
  const people = of.people ?? [KEEPER, SECOND, FATOU, KOFFI, GONE];
  const actor: Actor = {
    group: {
      id: 'group',
      name: 'Les Étoiles',
      currency: 'XOF',
      timeZone: 'Africa/Abidjan',
      foundedBy: 'per Mariam',
      foundedAt: AT,
    },
    membership: who,
    roles: ['member', ...who.offices],
    rules: { ...USUAL_RULES, visibility: 'own-and-totals' } as Actor['rules'],
    rulesVersion: 1,
  };
  return {
    actor,
    books: {
      people,
      offices: people.flatMap((one) => one.offices.map((role) => ({ membershipId: one.id, role }))),
    },
    notes: {
      handouts: of.handouts ?? [],
      handovers: of.handovers ?? [],
      boxes: [{ keeperId: 'Mariam', holds: 50_000n, free: of.free ?? 50_000n }],
    },
  };
}

test.each([
  ['a keeper with enough', KEEPER, HANDOUT, 25_000n, 'hand-over'],
  ['a keeper with too little', KEEPER, HANDOUT, 24_999n, 'short'],
  ['a keeper who is suspended', GONE, HANDOUT, 50_000n, 'keeper'],
  ['an officer who keeps no box', SECOND, HANDOUT, 50_000n, 'keeper'],
  ['whoever declared', KEEPER, DECLARED, 0n, 'officer'],
  ['a second officer, for one without a phone', SECOND, DECLARED, 0n, 'confirm-other'],
  ['a second officer, for one with a phone', SECOND, { ...DECLARED, membershipId: 'Fatou' }, 0n, 'receiver'],
  ['whoever receives', FATOU, { ...DECLARED, membershipId: 'Fatou' }, 0n, 'confirm-own'],
  ['a member who is not concerned', FATOU, DECLARED, 0n, 'officer'],
  ['anybody, afterwards', FATOU, { ...DECLARED, state: 'confirmed' }, 0n, 'confirmed'],
] as const)('%s is told where it stands', (_who, who, handout, free, face) => {
  expect(faceOfHandout(viewOf(who, { free }), handout)).toBe(face);
});

test('where amounts are one’s own, a line is seen by those concerned and by whoever must answer', () => {
  expect(seesHandout(viewOf(FATOU), DECLARED)).toBe(false);
  expect(seesHandout(viewOf(FATOU), { ...DECLARED, membershipId: 'Fatou' })).toBe(true);
  expect(seesHandout(viewOf(SECOND), DECLARED)).toBe(true);
  // A group without another officer: any member is the second person, and must find the line.
  const alone = viewOf(FATOU, { people: [KEEPER, FATOU, KOFFI] });
  expect([faceOfHandout(alone, DECLARED), seesHandout(alone, DECLARED)]).toEqual(['confirm-other', true]);
  expect(seesHandout(alone, HANDOUT)).toBe(false);
});

test('the figure counts what waits for one, among what one sees', () => {
  const notes = { handouts: [HANDOUT, DECLARED], handovers: [HANDOVER] };
  expect(countNotes(viewOf(KEEPER, notes))).toEqual({ waiting: 1, seen: 3 });
  expect(countNotes(viewOf(SECOND, notes))).toEqual({ waiting: 2, seen: 3 });
  expect(countNotes(viewOf(FATOU, notes))).toEqual({ waiting: 0, seen: 0 });
  expect(faceOfHandover(viewOf(KEEPER), HANDOVER)).toBe('receiver');
  expect(faceOfHandover(viewOf(SECOND), { ...HANDOVER, state: 'refused' })).toBe('refused');
});

test.each([
  ['the keeper who said it', KEEPER, true],
  ['the officer who may confirm it for somebody without a phone', SECOND, true],
  ['anybody else', FATOU, false],
] as const)('notes for a member are taken back by %s: %s', (_, who, may) => {
  expect(mayTakeBackHandout(viewOf(who), DECLARED)).toBe(may);
  expect(mayTakeBackHandout(viewOf(who), HANDOUT)).toBe(false);
});

test('notes for another box are taken back by whoever gave them, and by other keepers where one of the two is gone', () => {
  const third = person({ name: 'Awa', roles: ['president'] });
  const people = [KEEPER, SECOND, FATOU, GONE, third];
  const may = (who: PersonOfGroup, handover: Handover) =>
    mayTakeBackHandover(viewOf(who, { people }), handover);
  expect([KEEPER, SECOND, FATOU, third].map((who) => may(who, HANDOVER))).toEqual([
    true,
    false,
    false,
    false,
  ]);
  const stuck = { ...HANDOVER, toId: 'Ibrahim' };
  expect([KEEPER, FATOU, third].map((who) => may(who, stuck))).toEqual([true, false, true]);
  expect(may(KEEPER, { ...HANDOVER, state: 'confirmed', endedAt: AT })).toBe(false);
});
