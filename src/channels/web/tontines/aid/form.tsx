/**
 * Opens the solidarity fund: asking for help after an event of the by-law, and what was asked before.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { money } from '../../../../ground/money/money.ts';
import { type Refusal, refusal } from '../../../../ground/refusal.ts';
import { FORM_TOO_OLD } from '../../../../rails/payments/collect.ts';
import { isCalendarDay } from '../../../../tontine/cycles/calendar-day.ts';
import { type GroupBooks, readBooks } from '../../../../tontine/groups/read-books.ts';
import { seesAllAmounts } from '../../../../tontine/groups/veil.ts';
import { fundAccount } from '../../../../tontine/rounds/funds.ts';
import { listAidClaims } from '../../../../tontine/solidarity/aid-claim.rows.ts';
import { claimAid } from '../../../../tontine/solidarity/claim-aid.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import type { Option } from '../../parts/select-field.tsx';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { amountOn } from '../account-amount.ts';
import { nameOf } from '../group-view.ts';
import {
  act,
  done,
  frameOfVisit,
  may,
  type No,
  refusalsOf,
  registerGroupPage,
  statusOfNo,
  type Visit,
  wordsOf,
} from '../group-visit.ts';
import { eventName } from '../rules-view.ts';
import { AidPage } from './page.tsx';

type FieldName = 'for' | 'event' | 'about' | 'happened_on' | 'proof' | 'form';

interface Typed {
  readonly for?: string | undefined;
  readonly event?: string | undefined;
  readonly about?: string | undefined;
  readonly happened_on?: string | undefined;
  readonly proof?: string | undefined;
}

const SHOWN = 20;

export function registerAid(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineAid(':id'), {
    show: async (visit) => await showAid(visit, {}, undefined),
    act: takeClaim,
  });
}

async function takeClaim(visit: Visit): Promise<FastifyReply> {
  const { form_id, ...typed } = formFields(visit.request, [
    'form_id',
    'for',
    'event',
    'about',
    'happened_on',
    'proof',
  ]);
  const { door, who } = visit;
  if (!isId('aid', form_id)) return await showAid(visit, typed, { field: 'form', no: FORM_TOO_OLD });
  const { event = '', about = '', proof = '', happened_on: happenedOn } = typed;
  if (!isCalendarDay(happenedOn)) return await showAid(visit, typed, { field: 'happened_on', no: AID_DAY });
  const asked = { ...who, claimId: form_id, membershipId: typed.for, event, about, happenedOn, proof };
  const claimed = await act(visit, async (tx) => await claimAid(tx, door.ground, asked));
  if (claimed.ok) return await done(visit, wordsOf(visit).aid.done, paths.tontineAid(who.groupId));
  return await showAid(visit, typed, { field: fieldOf(claimed.refusal), no: claimed.refusal });
}

function fieldOf(no: Refusal): FieldName {
  switch (no.code) {
    case 'member-absent':
    case 'group-role-missing':
      return 'for';
    case 'aid-event-unknown':
    case 'aid-too-early':
      return 'event';
    case 'aid-in-future':
      return 'happened_on';
    case 'aid-about-missing':
    case 'aid-claimed':
      return 'about';
    case 'aid-proof-missing':
      return 'proof';
    default:
      return 'form';
  }
}

async function showAid(visit: Visit, typed: Typed, no: No<FieldName> | undefined): Promise<FastifyReply> {
  const { door, actor, reply, request } = visit;
  const { group, rules, membership } = actor;
  const { locale } = request.visitor;
  const books = await readBooks(door.db, group.id);
  const of = { groupId: group.id, cycleId: books.cycle?.id ?? group.id, currency: group.currency };
  const fund =
    (await amountOn(door.db, fundAccount(of, 'solidarity', 'wallet'))) +
    (await amountOn(door.db, fundAccount(of, 'solidarity', 'cash')));
  const sees = seesAllAmounts(actor);
  const claims = (await listAidClaims(door.db, group.id, { limit: SHOWN })).filter(
    (claim) => sees || claim.membershipId === membership.id,
  );
  const page = (
    <AidPage
      frame={frameOfVisit(visit)}
      group={group}
      formId={door.ground.ids.next('aid')}
      fund={money(fund, group.currency)}
      events={rules.solidarity.events.map((event) => ({
        kind: event.kind,
        name: eventName(event.kind, locale),
        amount: money(event.amount, group.currency),
        afterMonths: event.afterMonths,
      }))}
      claims={claims.map((claim) => ({
        id: claim.id,
        name: nameOf(books, claim.membershipId),
        event: eventName(claim.event, locale),
        amount: money(claim.amount, claim.currency),
        at: claim.askedAt,
        face: claim.state,
      }))}
      values={given(typed)}
      {...given({ people: peopleToHelp(visit, books), refusals: refusalsOf(visit, no) })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

/** Officers also ask for whoever cannot: a member without a phone, or the family of one who died. */
function peopleToHelp(visit: Visit, books: GroupBooks): readonly Option[] | undefined {
  if (!may(visit, 'claim-aid-for-another')) return undefined;
  const own = visit.actor.membership.id;
  return books.people
    .filter((one) => one.id === own || ['active', 'suspended', 'deceased'].includes(one.state))
    .toSorted((left, right) => Number(right.id === own) - Number(left.id === own))
    .map((one) => ({ value: one.id, text: nameOf(books, one.id) }));
}

const AID_DAY = refusal(
  'aid-day',
  'invalid',
  'Écrivez un jour qui existe, par exemple 2026-01-05.',
  'Write a day that exists, for example 2026-01-05.',
);
