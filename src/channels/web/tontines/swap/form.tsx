/**
 * Opens the exchange of two turns: the preview, the wish, both owners' yes, an officer's yes.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import type { Tx } from '../../../../ground/postgres/database.ts';
import { type Answer, type Refusal, refused } from '../../../../ground/refusal.ts';
import { FORM_TOO_OLD } from '../../../../rails/payments/collect.ts';
import {
  type DecidedTurn,
  decidedTurns,
  type GroupBooks,
  readBooks,
} from '../../../../tontine/groups/read-books.ts';
import { mayDo } from '../../../../tontine/members/permission.ts';
import { approveSwap } from '../../../../tontine/turns/approve-swap.ts';
import { consentSwap, SWAP_ABSENT } from '../../../../tontine/turns/consent-swap.ts';
import { proposeSwap } from '../../../../tontine/turns/propose-swap.ts';
import { listSwaps, type Swap } from '../../../../tontine/turns/swap.rows.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { nameOf } from '../group-view.ts';
import {
  act,
  actWithPin,
  done,
  frameOfVisit,
  type No,
  refusalsOf,
  registerGroupPage,
  statusOfNo,
  usualField,
  type Visit,
  wordsOf,
} from '../group-visit.ts';
import { SwapPage, type SwapRequest, type SwapSide } from './page.tsx';

type FieldName = 'other' | 'pin' | 'form';

interface Typed {
  readonly mine?: string | undefined;
  readonly other?: string | undefined;
  readonly look?: string | undefined;
}

export function registerSwap(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineSwap(':id'), {
    show: async (visit) => await showSwap(visit, {}, undefined),
    act: takeAct,
  });
}

async function takeAct(visit: Visit): Promise<FastifyReply> {
  const fields = formFields(visit.request, ['act', 'form_id', 'swap_id', 'mine', 'other', 'look', 'pin']);
  const { door, who } = visit;
  if (fields.look !== undefined) return await showSwap(visit, fields, undefined);
  const answer =
    fields.swap_id === undefined
      ? await actWithPin<unknown>(visit, fields.pin, async (tx) => {
          if (!isId('swp', fields.form_id)) return refused(FORM_TOO_OLD);
          const { mine: ownShareId = '', other: otherShareId = '' } = fields;
          const asked = { ...who, swapId: fields.form_id, ownShareId, otherShareId };
          return await proposeSwap(tx, door.ground, asked);
        })
      : await act(visit, async (tx) => await decide(tx, visit, fields.swap_id ?? '', fields.act));
  if (answer.ok) return await done(visit, wordsOf(visit).swap.done, paths.tontineSwap(who.groupId));
  return await showSwap(visit, fields, { field: fieldOf(answer.refusal), no: answer.refusal });
}

async function decide(
  tx: Tx,
  { door, who }: Visit,
  swapId: string,
  asked: string | undefined,
): Promise<Answer<unknown>> {
  const about = { ...who, swapId };
  if (asked === 'approve') return await approveSwap(tx, door.ground, about);
  if (asked === 'consent') return await consentSwap(tx, door.ground, { ...about, voice: 'yes' });
  if (asked === 'decline') return await consentSwap(tx, door.ground, { ...about, voice: 'no' });
  return refused(SWAP_ABSENT);
}

function fieldOf(no: Refusal): FieldName {
  if (usualField(no) === 'pin') return 'pin';
  return ['swap-served', 'swap-decided', 'swap-itself', 'share-absent'].includes(no.code) ? 'other' : 'form';
}

async function showSwap(visit: Visit, typed: Typed, no: No<FieldName> | undefined): Promise<FastifyReply> {
  const { door, actor, person, reply } = visit;
  const books = await readBooks(door.db, actor.group.id);
  const open = decidedTurns(books).filter(
    ({ share, round }) => round?.state === 'scheduled' && share.servedAt === null && share.state === 'active',
  );
  const option = ({ share, round }: DecidedTurn) => ({
    value: share.id,
    text: `${nameOf(books, share.membershipId)} · ${wordsOf(visit).grid.now(round?.number ?? 0)}`,
  });
  const isMine = ({ share }: DecidedTurn) => share.membershipId === actor.membership.id;
  const swaps = books.cycle === undefined ? [] : await listSwaps(door.db, books.cycle.id);
  const page = (
    <SwapPage
      frame={frameOfVisit(visit)}
      group={actor.group}
      formId={door.ground.ids.next('swp')}
      mine={open.filter(isMine).map(option)}
      others={open.filter((one) => !isMine(one)).map(option)}
      values={given({ mine: typed.mine, other: typed.other })}
      requests={swaps.slice(0, SHOWN).flatMap((swap) => requestOf(visit, books, swap))}
      hasPin={person.hasPin}
      {...given({
        preview: typed.look === undefined ? undefined : sidesOf(books, typed.mine, typed.other),
        refusals: refusalsOf(visit, no),
      })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

const SHOWN = 10;

/** Both, with the turn that each has and would have. */
function sidesOf(
  books: GroupBooks,
  one: string | undefined,
  other: string | undefined,
): readonly SwapSide[] | undefined {
  const turns = decidedTurns(books);
  const left = turns.find(({ share }) => share.id === one);
  const right = turns.find(({ share }) => share.id === other);
  if (left?.round === undefined || right?.round === undefined) return undefined;
  const at = (round: { readonly number: number; readonly dueOn: string }) => ({
    round: round.number,
    day: round.dueOn,
  });
  return [
    { name: nameOf(books, left.share.membershipId), from: at(left.round), to: at(right.round) },
    { name: nameOf(books, right.share.membershipId), from: at(right.round), to: at(left.round) },
  ];
}

function requestOf(visit: Visit, books: GroupBooks, swap: Swap): readonly SwapRequest[] {
  const { actor, now } = visit;
  const isOpen = swap.state === 'asked' && swap.expiresAt > now;
  const sides = sidesOf(books, swap.shareA, swap.shareB);
  if (sides === undefined) return [];
  const agreed = swap.consentAAt !== null && swap.consentBAt !== null;
  const owner = (shareId: string) => books.shares.find((share) => share.id === shareId)?.membershipId;
  const owners = [owner(swap.shareA), owner(swap.shareB)];
  const me = actor.membership.id;
  const consents = owner(swap.shareB) === me && swap.consentBAt === null;
  const approves = agreed && !owners.includes(me) && mayDo(actor.roles, 'approve-swap');
  // What is done is shown as it is now: the turns have changed places already.
  const shown =
    swap.state === 'done' ? sides.map((side) => ({ ...side, from: side.to, to: side.from })) : sides;
  return [
    {
      id: swap.id,
      sides: shown,
      face: swap.state === 'done' ? 'agreed' : isOpen ? 'waiting' : 'declined',
      ...(isOpen ? { waitsFor: agreed ? 'approval' : 'consent' } : {}),
      ...(isOpen && consents ? { next: 'consent' } : {}),
      ...(isOpen && approves ? { next: 'approve' } : {}),
    },
  ];
}
