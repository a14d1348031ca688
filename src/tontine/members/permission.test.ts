import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ApprovalCase,
  type GroupAct,
  type GroupRole,
  isApproved,
  isOfficer,
  mayApprove,
  mayDo,
  PERMISSIONS,
  roleMissing,
} from './permission.ts';

const acts = Object.keys(PERMISSIONS) as GroupAct[];
const roles: GroupRole[] = [
  'president',
  'vice-president',
  'treasurer',
  'secretary',
  'censor',
  'auditor',
  'member',
];

const ofRole = (role: GroupRole): GroupAct[] => acts.filter((act) => mayDo([role], act));

test('a simple member reads, pays, bids, votes and asks; nothing of others is theirs to decide', () => {
  expect(ofRole('member')).toEqual([
    'see-group',
    'name-next-of-kin',
    'contribute',
    'confirm-cash',
    'give-notes',
    'acknowledge-payout',
    'add-entropy',
    'reveal-draw',
    'place-bid',
    'ask-for-pot',
    'vote',
    'propose-swap',
    'consent-swap',
    'request-exit',
    'stand-guarantor',
    'claim-aid',
  ]);
});

test('the auditor has what a member has, sees all amounts and approves; and nothing that moves or records', () => {
  const own = ofRole('auditor').filter((act) => !ofRole('member').includes(act));
  expect(own).toEqual(['see-amounts-of-all', 'approve-request']);
});

test('the treasurer carries money and does not admit, expel, draw or award', () => {
  const never: GroupAct[] = ['admit-member', 'expel-member', 'commit-draw', 'award-auction', 'change-rules'];
  expect(never.filter((act) => mayDo(['treasurer'], act))).toEqual([]);
  expect(mayDo(['treasurer'], 'declare-cash')).toBe(true);
});

test('every act is somebody’s, and no role at all is no right at all', () => {
  for (const act of acts) {
    expect(PERMISSIONS[act].length).toBeGreaterThan(0);
    expect(mayDo([], act)).toBe(false);
    for (const role of roles.filter((each) => each !== 'member')) {
      if (mayDo(['member'], act)) expect(mayDo([role], act)).toBe(true);
    }
  }
  expect(roles.filter((role) => isOfficer([role]))).toEqual(roles.slice(0, 5));
});

test('whoever is refused learns whom to ask', () => {
  const no = roleMissing('commit-draw');
  expect(no.kind).toBe('denied');
  expect(no.fr).toContain('président, vice-président, secrétaire');
  expect(no.en).toContain('president, vice-president, secretary');
});

const payout = (beneficiary: string, requester = 'tre'): ApprovalCase => ({
  act: 'approve-payout',
  requesterId: requester,
  concernedIds: [beneficiary],
});
const board: { voterId: string; roles: GroupRole[] }[] = [
  { voterId: 'pre', roles: ['president', 'member'] },
  { voterId: 'tre', roles: ['treasurer', 'member'] },
  { voterId: 'sec', roles: ['secretary', 'member'] },
  { voterId: 'cen', roles: ['censor', 'member'] },
  { voterId: 'awa', roles: ['member'] },
];
const voices = (...ids: string[]) => board.filter((each) => ids.includes(each.voterId));

test.each<[string, string[], ApprovalCase, boolean]>([
  ['president and secretary', ['pre', 'sec'], payout('awa'), true],
  ['president alone', ['pre'], payout('awa'), false],
  ['two officers without a head', ['sec', 'cen'], payout('awa'), false],
  ['the treasurer asked: their voice does not count', ['pre', 'tre'], payout('awa'), false],
  ['the president is paid: their voice does not count', ['pre', 'sec'], payout('pre'), false],
  ['the president is paid, two others approve', ['sec', 'cen'], payout('pre'), true],
  ['the president is paid and asked', ['pre', 'sec'], payout('pre', 'pre'), false],
  ['a member’s voice is none', ['pre', 'awa'], payout('sec'), false],
  ['a voice given twice', ['pre', 'pre'], payout('awa'), false],
])('%s', (_name, ids, about, approved) => {
  expect(isApproved(voices(...ids), about, 2, board)).toBe(approved);
});

test('no set of voices approves with those of the requester and the concerned alone', () => {
  const persons = fc.constantFrom(...board.map((each) => each.voterId));
  fc.assert(
    fc.property(
      persons,
      persons,
      fc.subarray(board),
      fc.constantFrom<ApprovalCase['act']>('approve-payout', 'approve-request', 'approve-swap'),
      (requesterId, concerned, given, act) => {
        const about: ApprovalCase = { act, requesterId, concernedIds: [concerned] };
        const outside = given.filter(({ voterId }) => voterId !== requesterId && voterId !== concerned);
        if (isApproved(given, about, 2, board)) expect(outside.length).toBeGreaterThanOrEqual(2);
        for (const each of given) {
          if (mayApprove(each.voterId, each.roles, about)) expect(outside).toContain(each);
        }
      },
    ),
  );
});
