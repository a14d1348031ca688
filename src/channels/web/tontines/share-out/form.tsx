/**
 * Opens the sharing out of the common fund: what each receives, and the request to the officers, signed with the PIN.
 */

import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Money, money } from '../../../../ground/money/money.ts';
import type { Refusal } from '../../../../ground/refusal.ts';
import { listOpenRequests } from '../../../../tontine/approvals/approval-request.rows.ts';
import { planShareOut } from '../../../../tontine/cycles/plan-share-out.ts';
import { proposeShareOut } from '../../../../tontine/cycles/propose-share-out.ts';
import { findShareOut, listShareOutParts } from '../../../../tontine/cycles/share-out.rows.ts';
import { type GroupBooks, readBooks } from '../../../../tontine/groups/read-books.ts';
import { readFunds } from '../../../../tontine/groups/read-funds.ts';
import { seesAllAmounts } from '../../../../tontine/groups/veil.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import { refusalText } from '../../visitor.ts';
import type { WebDoor } from '../../web-door.ts';
import { formatDate } from '../../words/words.ts';
import { nameOf } from '../group-view.ts';
import {
  absent,
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
import { type ShareOutField, ShareOutPage, type ShareOutPageProps } from './page.tsx';

export function registerShareOut(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineShareOut(':id'), {
    show: async (visit) => await showShareOut(visit, undefined),
    act: askShareOut,
  });
}

async function askShareOut(visit: Visit): Promise<FastifyReply> {
  const { pin } = formFields(visit.request, ['pin']);
  const { door, who } = visit;
  if (!may(visit, 'propose-share-out')) return await absent(visit);
  const asked = await actWithPin(visit, pin, async (tx) => await proposeShareOut(tx, door.ground, who));
  if (asked.ok) return await done(visit, wordsOf(visit).shareOut.asked, paths.tontineApprovals(who.groupId));
  return await showShareOut(visit, { field: fieldOf(asked.refusal), no: asked.refusal });
}

function fieldOf(no: Refusal): ShareOutField {
  return usualField(no) === 'pin' ? 'pin' : 'form';
}

async function showShareOut(visit: Visit, no: No<ShareOutField> | undefined): Promise<FastifyReply> {
  const { door, actor, reply } = visit;
  const books = await readBooks(door.db, actor.group.id);
  const page = (
    <ShareOutPage
      frame={frameOfVisit(visit)}
      group={actor.group}
      formId={door.ground.ids.next('grj')}
      {...((await partsThen(visit, books)) ?? (await partsNow(visit, books)))}
      {...given({ refusals: refusalsOf(visit, no) })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

type Parts = Pick<
  ShareOutPageProps,
  'funds' | 'total' | 'lines' | 'sharedOn' | 'whyNot' | 'mayBringNotes' | 'approvalId' | 'ask'
>;

/** What each received, once it was shared out in this cycle. */
async function partsThen(visit: Visit, books: GroupBooks): Promise<Parts | undefined> {
  const { door, actor, request } = visit;
  const made = books.cycle && (await findShareOut(door.db, books.cycle.id));
  if (made === undefined) return undefined;
  const parts = await listShareOutParts(door.db, made.id);
  const owners = [...new Map(parts.map((part) => [part.membershipId, part.shares]))];
  return {
    funds: [],
    total: money(made.total, actor.group.currency),
    lines: owners.map(([membershipId, shares]) => {
      const own = parts.filter((part) => part.membershipId === membershipId);
      const sumOf = (some: typeof own) => some.reduce((sum, part) => sum + part.amount, 0n);
      return lineOf(visit, books, {
        membershipId,
        shares,
        amount: sumOf(own),
        inNotes: sumOf(own.filter((part) => part.inNotes)),
      });
    }),
    sharedOn: formatDate(made.at, request.visitor.locale, actor.group.timeZone),
  };
}

/** What each would receive if it were shared out now, or why it cannot be. */
async function partsNow(visit: Visit, books: GroupBooks): Promise<Parts> {
  const { door, actor, person, request } = visit;
  const { id: groupId, currency } = actor.group;
  const shown = (amount: bigint): Money => money(amount, currency);
  const standing = await readFunds(door.db, { groupId, cycleId: books.cycle?.id ?? '', currency }, []);
  const funds = standing.funds.flatMap(({ fund, wallet, cash }) =>
    fund === 'fines' || fund === 'interest' ? [{ fund, amount: shown(wallet + cash) }] : [],
  );
  const plan = await planShareOut(door.db, groupId);
  if (!plan.ok) {
    const mayBringNotes = plan.refusal.code === 'share-out-notes-missing' && may(visit, 'exchange-cash');
    return { funds, lines: [], whyNot: refusalText(request, plan.refusal).text, mayBringNotes };
  }
  const open = (await listOpenRequests(door.db, groupId)).find(
    (one) => one.kind === 'share-out' && one.expiresAt > visit.now,
  );
  const mayAsk = open === undefined && may(visit, 'propose-share-out');
  return {
    funds,
    total: shown(plan.value.total),
    lines: plan.value.parts.map(({ pieces, ...part }) => {
      const notes = pieces.filter((piece) => piece.purse === 'cash');
      return lineOf(visit, books, { ...part, inNotes: notes.reduce((sum, one) => sum + one.amount, 0n) });
    }),
    ...given({ approvalId: open?.id, ask: mayAsk ? { hasPin: person.hasPin } : undefined }),
  };
}

interface Reckoned {
  readonly membershipId: string;
  readonly shares: number;
  readonly amount: bigint;
  readonly inNotes: bigint;
}

/** Where the by-law hides the amounts of others, their shares stay visible, because a tontine lives by them. */
function lineOf(
  { actor }: Visit,
  books: GroupBooks,
  { membershipId, shares, amount, inNotes }: Reckoned,
): ShareOutPageProps['lines'][number] {
  const sees = seesAllAmounts(actor) || membershipId === actor.membership.id;
  const shown = (value: bigint): Money | undefined =>
    sees && value > 0n ? money(value, actor.group.currency) : undefined;
  return {
    membershipId,
    name: nameOf(books, membershipId),
    shares,
    ...given({ amount: shown(amount), inNotes: shown(inNotes) }),
  };
}
