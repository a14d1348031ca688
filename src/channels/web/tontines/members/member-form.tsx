/**
 * Opens one member: what the group may see of them, and what officers may do, each act with its reason.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { money } from '../../../../ground/money/money.ts';
import type { Tx } from '../../../../ground/postgres/database.ts';
import { type Answer, type Refusal, refusal, refused } from '../../../../ground/refusal.ts';
import { maskPhone } from '../../../../people/phone-number.ts';
import { proposeWaiver } from '../../../../tontine/discipline/propose-waiver.ts';
import { type GroupBooks, readBooks } from '../../../../tontine/groups/read-books.ts';
import { answerRequest } from '../../../../tontine/members/answer-request.ts';
import { grantOffice } from '../../../../tontine/members/grant-office.ts';
import { MEMBER_STATES, type Membership } from '../../../../tontine/members/membership.ts';
import type { Office } from '../../../../tontine/members/membership-role.rows.ts';
import { mayDo } from '../../../../tontine/members/permission.ts';
import { proposeExpulsion } from '../../../../tontine/members/propose-expulsion.ts';
import { recordDeath } from '../../../../tontine/members/record-death.ts';
import { suspendMember } from '../../../../tontine/members/suspend-member.ts';
import { missingOf } from '../../../../tontine/rounds/due.ts';
import { prepaidAccount } from '../../../../tontine/rounds/funds.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import type { MemberAct } from '../../words/fr-tontine.ts';
import { amountOn } from '../account-amount.ts';
import { openDuesOf, sum } from '../group-view.ts';
import {
  absent,
  act,
  actWithPin,
  done,
  frameOfVisit,
  may,
  type No,
  refusalsOf,
  registerGroupPage,
  statusOfNo,
  usualField,
  type Visit,
  wordsOf,
} from '../group-visit.ts';
import { rolesOf, turnNumbers } from './form.tsx';
import { mayName } from './kin-form.tsx';
import { MemberPage, type MemberPageProps } from './member-page.tsx';

type FieldName = 'reason' | 'pin' | 'act' | 'form';

const OFFICES: readonly Office[] = [
  'president',
  'vice-president',
  'treasurer',
  'secretary',
  'censor',
  'auditor',
];

export function registerMember(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineMember(':id', ':member'), {
    show: async (visit) => await showMember(visit, undefined),
    act: takeAct,
  });
}

interface Typed {
  readonly act: string | undefined;
  readonly role: string | undefined;
  readonly reason: string | undefined;
}

async function takeAct(visit: Visit): Promise<FastifyReply> {
  const { pin, ...typed } = formFields(visit.request, ['act', 'role', 'reason', 'pin']);
  const { door, who } = visit;
  const { member: membershipId } = visit.request.params as { member: string };
  const words = wordsOf(visit);
  if (typed.act === 'approve' || typed.act === 'decline') {
    const answer = typed.act === 'approve' ? 'yes' : 'no';
    const answered = await act(
      visit,
      async (tx) => await answerRequest(tx, door.ground, { ...who, membershipId, answer }),
    );
    if (answered.ok) return await done(visit, words.members.admitted, paths.tontineMembers(who.groupId));
    if (answered.refusal.kind === 'absent') return await absent(visit);
    return await showMember(visit, { field: 'form', no: answered.refusal });
  }
  const answer = await actWithPin(visit, pin, async (tx) => await perform(tx, visit, membershipId, typed));
  if (answer.ok) return await done(visit, words.member.done, paths.tontineMember(who.groupId, membershipId));
  const no = answer.refusal;
  if (no.kind === 'absent' && no.code === 'member-absent') return await absent(visit);
  const usual = usualField(no);
  return await showMember(visit, {
    field: no === ACT_MISSING ? 'act' : usual === 'amount' ? 'form' : usual,
    no,
  });
}

async function perform(tx: Tx, visit: Visit, membershipId: string, typed: Typed): Promise<Answer<unknown>> {
  const { door, who } = visit;
  const { ground } = door;
  const asked = { ...who, membershipId, reason: typed.reason ?? '' };
  const office = OFFICES.find((one) => one === typed.role);
  switch (typed.act) {
    case 'grant-role':
    case 'end-role':
      if (office === undefined) return refused(ACT_MISSING);
      return await grantOffice(tx, ground, {
        ...asked,
        office,
        to: typed.act === 'grant-role' ? 'hold' : 'end',
      });
    case 'suspend':
      return await suspendMember(tx, ground, { ...asked, to: 'suspended' });
    case 'reinstate':
      return await suspendMember(tx, ground, { ...asked, to: 'active' });
    case 'expel':
      return await proposeExpulsion(tx, ground, asked);
    case 'record-death':
      return await recordDeath(tx, ground, asked);
    case 'waive-fine':
      return await waiveFines(tx, visit, membershipId, asked.reason);
    default:
      return refused(ACT_MISSING);
  }
}

/** Asks for each fine by itself: each is decided, and read in the journal, by itself. */
async function waiveFines(
  tx: Tx,
  visit: Visit,
  membershipId: string,
  reason: string,
): Promise<Answer<unknown>> {
  const books = await readBooks(tx, visit.actor.group.id);
  const fines = openDuesOf(books, membershipId).filter((due) => due.kind === 'fine');
  let last: Answer<unknown> = refused(NO_FINE);
  for (const { subjectId } of fines) {
    if (subjectId === null) continue;
    last = await proposeWaiver(tx, visit.door.ground, { ...visit.who, penaltyId: subjectId, reason });
    if (!last.ok) return last;
  }
  return last;
}

async function showMember(visit: Visit, no: No<FieldName> | undefined): Promise<FastifyReply> {
  const { door, actor, request, reply, person } = visit;
  const { member: membershipId } = request.params as { member: string };
  const books = await readBooks(door.db, actor.group.id);
  const member = books.people.find((one) => one.id === membershipId);
  if (member === undefined) return await absent(visit);
  const roles = rolesOf(books, member.id);
  const isMe = member.id === actor.membership.id;
  const shares = books.shares.filter((share) => share.membershipId === member.id);
  const sees = isMe || actor.rules.visibility === 'all' || mayDo(actor.roles, 'see-amounts-of-all');
  const page = (
    <MemberPage
      frame={frameOfVisit(visit)}
      group={actor.group}
      membershipId={member.id}
      formId={door.ground.ids.next('grj')}
      name={member.displayName}
      face={member.state}
      roles={roles}
      shares={shares.length}
      turns={turnNumbers(books, member.id)}
      {...(sees ? await figures(visit, books, member) : {})}
      mayGuarantee={!isMe && books.cycle?.state === 'running' && shares.some((one) => one.state === 'active')}
      hasDefault={shares.some((one) => one.state === 'defaulted')}
      acts={isMe ? [] : actsOn(visit, books, member)}
      offers={may(visit, 'grant-role') && !isMe ? OFFICES : []}
      hasPin={person.hasPin}
      {...given({
        phoneText: may(visit, 'invite-member') && member.phone !== null ? maskPhone(member.phone) : undefined,
        kin: mayName(visit, member) ? given({ name: member.nextOfKinName }) : undefined,
        refusals: refusalsOf(visit, no),
      })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

async function figures(
  visit: Visit,
  books: GroupBooks,
  member: Membership,
): Promise<Pick<MemberPageProps, 'paid' | 'received' | 'owed' | 'fines' | 'credit'>> {
  const { db } = visit.door;
  const { currency } = visit.actor.group;
  const own = books.dues.filter((due) => due.membershipId === member.id);
  const open = openDuesOf(books, member.id);
  const paidOut = books.payouts.filter((payout) => payout.membershipId === member.id);
  const credit =
    (await amountOn(db, prepaidAccount(member.id, currency, 'wallet'))) +
    (await amountOn(db, prepaidAccount(member.id, currency, 'cash')));
  return {
    paid: money(sum(own.map((due) => due.met)), currency),
    received: money(sum(paidOut.map((payout) => payout.walletPaid + payout.cashPaid)), currency),
    owed: money(sum(open.map(missingOf)), currency),
    fines: money(sum(open.filter((due) => due.kind === 'fine').map(missingOf)), currency),
    credit: money(credit, currency),
  };
}

function actsOn(visit: Visit, books: GroupBooks, member: Membership): readonly MemberAct[] {
  if (!MEMBER_STATES.includes(member.state)) return [];
  const holdsOffice = books.offices.some((office) => office.membershipId === member.id);
  const hasFine = openDuesOf(books, member.id).some((due) => due.kind === 'fine');
  const offered: readonly (MemberAct | false)[] = [
    may(visit, 'grant-role') && member.personId !== null && 'grant-role',
    may(visit, 'grant-role') && holdsOffice && 'end-role',
    may(visit, 'waive-fine') && hasFine && 'waive-fine',
    may(visit, 'suspend-member') && (member.state === 'active' ? 'suspend' : 'reinstate'),
    may(visit, 'expel-member') && 'expel',
    may(visit, 'record-death') && 'record-death',
  ];
  return offered.filter((one) => one !== false);
}

const ACT_MISSING: Refusal = refusal(
  'member-act-missing',
  'invalid',
  'Choisissez dans la liste.',
  'Choose from the list.',
);
const NO_FINE: Refusal = refusal(
  'member-has-no-fine',
  'conflict',
  'Ce membre ne doit aucune amende.',
  'This member owes no fine.',
);
