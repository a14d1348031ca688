/**
 * Opens the page on which officers declare cash and everybody sees what waits for a second word.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { money } from '../../../../ground/money/money.ts';
import { amountText } from '../../../../ground/money/money-text.ts';
import { parseAmount } from '../../../../ground/money/parse-amount.ts';
import type { Refusal } from '../../../../ground/refusal.ts';
import { FORM_TOO_OLD } from '../../../../rails/payments/collect.ts';
import { readBooks } from '../../../../tontine/groups/read-books.ts';
import { mayDo } from '../../../../tontine/members/permission.ts';
import { listDeclared } from '../../../../tontine/rounds/contribution.rows.ts';
import { declareCash } from '../../../../tontine/rounds/declare-cash.ts';
import { missingOf } from '../../../../tontine/rounds/due.ts';
import type { Assets } from '../../assets.ts';
import { formFields, queryFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { membersOf, nameOf, openDuesOf, sum } from '../group-view.ts';
import {
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
import { rolesOf } from '../members/form.tsx';
import { CashPage } from './page.tsx';

type FieldName = 'member' | 'amount' | 'pin' | 'form';

interface Typed {
  readonly member: string | undefined;
  readonly amount: string | undefined;
  readonly formId: string | undefined;
}

export function registerCash(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineCash(':id'), {
    show: async (visit) => {
      const { member } = queryFields(visit.request, ['member']);
      return await showCash(visit, { member, amount: undefined, formId: undefined }, undefined);
    },
    act: takeDeclaration,
  });
}

async function takeDeclaration(visit: Visit): Promise<FastifyReply> {
  const {
    member,
    amount: text,
    form_id,
    pin,
  } = formFields(visit.request, ['member', 'amount', 'form_id', 'pin']);
  const { door, who, actor } = visit;
  const typed = { member, amount: text, formId: form_id };
  const amount = parseAmount(text, actor.group.currency);
  if (!amount.ok) return await showCash(visit, typed, { field: 'amount', no: amount.refusal });
  if (!isId('ctr', form_id)) return await showCash(visit, typed, { field: 'form', no: FORM_TOO_OLD });
  const declared = await actWithPin(
    visit,
    pin,
    async (tx) =>
      await declareCash(tx, door.ground, {
        ...who,
        contributionId: form_id,
        membershipId: member ?? '',
        amount: amount.value.amount,
      }),
  );
  if (declared.ok) return await done(visit, wordsOf(visit).cash.declared, paths.tontineCash(who.groupId));
  return await showCash(visit, typed, { field: fieldOf(declared.refusal), no: declared.refusal });
}

function fieldOf(no: Refusal): FieldName {
  if (no.code === 'member-absent' || no.code === 'contribution-nothing-due') return 'member';
  const usual = usualField(no);
  return usual === 'reason' ? 'form' : usual;
}

async function showCash(visit: Visit, typed: Typed, no: No<FieldName> | undefined): Promise<FastifyReply> {
  const { door, actor, person, reply } = visit;
  const { group, membership, rules } = actor;
  const books = await readBooks(door.db, group.id);
  const members = membersOf(books);
  const sees = rules.visibility === 'all' || mayDo(actor.roles, 'see-amounts-of-all');
  const waiting = (await listDeclared(door.db, group.id)).filter(
    (one) => sees || [one.membershipId, one.payerId].includes(membership.id),
  );
  const chosen = members.find((one) => one.id === typed.member);
  const owed = chosen === undefined ? 0n : sum(openDuesOf(books, chosen.id).map(missingOf));
  const proposed = owed === 0n ? undefined : amountText(money(owed, group.currency), 'page', 'fr');
  const keepsId = no !== undefined && no.field !== 'form' && isId('ctr', typed.formId);
  const page = (
    <CashPage
      frame={frameOfVisit(visit)}
      group={group}
      formId={keepsId && typed.formId ? typed.formId : door.ground.ids.next('ctr')}
      mayDeclare={may(visit, 'declare-cash')}
      mayExchange={may(visit, 'exchange-cash')}
      keepers={members
        .filter((one) => one.personId !== null && mayDo(rolesOf(books, one.id), 'declare-cash'))
        .map((one) => one.displayName)}
      members={members.map((one) => ({ id: one.id, name: one.displayName }))}
      values={given({ member: typed.member, amount: typed.amount ?? proposed })}
      waiting={waiting.map((one) => ({
        contributionId: one.id,
        memberName: nameOf(books, one.membershipId),
        keeperName: nameOf(books, one.keeperId),
        amount: money(one.amount, one.currency),
        at: one.declaredAt,
      }))}
      hasPin={person.hasPin}
      {...given({ refusals: refusalsOf(visit, no) })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}
