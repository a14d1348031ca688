/**
 * Opens the draw of a group: sealing the list, adding words, revealing, and the proof for whoever draws again.
 *
 * A draw decides the order of a cycle that is prepared; where an auction or a vote gave nothing, it decides a round.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import type { Refusal } from '../../../../ground/refusal.ts';
import { FORM_TOO_OLD } from '../../../../rails/payments/collect.ts';
import { type GroupBooks, readBooks } from '../../../../tontine/groups/read-books.ts';
import { addEntropy } from '../../../../tontine/turns/add-entropy.ts';
import { commitDraw } from '../../../../tontine/turns/commit-draw.ts';
import { type Draw, listDraws, listEntropies } from '../../../../tontine/turns/draw.rows.ts';
import { DRAW_ALGORITHM, mismatchIn } from '../../../../tontine/turns/draw.ts';
import { readDrawProof } from '../../../../tontine/turns/read-draw-proof.ts';
import { revealDraw } from '../../../../tontine/turns/reveal-draw.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { nameOf } from '../group-view.ts';
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
import { readMinutes } from '../typed-minutes.ts';
import { undecidedRound } from '../undecided-round.ts';
import { DrawPage } from './page.tsx';

type FieldName = 'minutes' | 'word' | 'pin' | 'form';

/** A meeting is over in an hour. */
const PROPOSED_MINUTES = '60';

export function registerDraw(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineDraw(':id'), {
    show: async (visit) => await showDraw(visit, PROPOSED_MINUTES, undefined),
    act: takeAct,
  });
}

async function takeAct(visit: Visit): Promise<FastifyReply> {
  const fields = formFields(visit.request, ['act', 'form_id', 'minutes', 'word', 'pin']);
  const minutes = fields.minutes ?? PROPOSED_MINUTES;
  const { door, who } = visit;
  const books = await readBooks(door.db, who.groupId);
  const { cycle } = books;
  if (cycle === undefined) return await absent(visit);
  const here = paths.tontineDraw(who.groupId);
  const words = wordsOf(visit).draw;
  if (fields.act === 'commit') {
    const drawId = fields.form_id;
    if (!isId('drw', drawId)) return await showDraw(visit, minutes, { field: 'form', no: FORM_TOO_OLD });
    const roundId = cycle.state === 'running' ? undecidedRound(books)?.id : undefined;
    const asked = { ...who, drawId, cycleId: cycle.id, roundId, entropyMinutes: readMinutes(minutes) };
    const sealed = await actWithPin(
      visit,
      fields.pin,
      async (tx) => await commitDraw(tx, door.ground, asked),
    );
    if (sealed.ok) return await done(visit, words.done, here);
    return await showDraw(visit, minutes, { field: fieldOf(sealed.refusal), no: sealed.refusal });
  }
  const draw = await newestDraw(visit, books);
  if (draw === undefined) return await absent(visit);
  const asked = { ...who, drawId: draw.id };
  if (fields.act === 'add-word') {
    const added = await act(
      visit,
      async (tx) => await addEntropy(tx, door.ground, { ...asked, words: fields.word ?? '' }),
    );
    if (added.ok) return await done(visit, words.addedDone, here);
    return await showDraw(visit, minutes, { field: 'word', no: added.refusal });
  }
  const revealed = await actWithPin(
    visit,
    fields.pin,
    async (tx) => await revealDraw(tx, door.ground, asked),
  );
  if (revealed.ok) return await done(visit, revealed.value ? words.done : words.voided, here);
  return await showDraw(visit, minutes, { field: fieldOf(revealed.refusal), no: revealed.refusal });
}

function fieldOf(no: Refusal): FieldName {
  if (no.code === 'draw-time') return 'minutes';
  return usualField(no) === 'pin' ? 'pin' : 'form';
}

async function newestDraw({ door }: Visit, { cycle }: GroupBooks): Promise<Draw | undefined> {
  const draws = cycle === undefined ? [] : await listDraws(door.db, cycle.id);
  return draws.toSorted((left, right) => Number(right.committedAt) - Number(left.committedAt))[0];
}

async function showDraw(visit: Visit, minutes: string, no: No<FieldName> | undefined): Promise<FastifyReply> {
  const { door, actor, now, person, reply } = visit;
  const books = await readBooks(door.db, actor.group.id);
  const draw = await newestDraw(visit, books);
  const words = draw === undefined ? [] : await listEntropies(door.db, draw.id);
  const proof = draw && (await readDrawProof(door.db, draw));
  const isTaking = draw?.state === 'committed' && now < draw.entropyUntil;
  const hasAdded = words.some((one) => one.membershipId === actor.membership.id);
  const list = draw?.entries.map(namePart) ?? books.shares.map((share) => nameOf(books, share.membershipId));
  const page = (
    <DrawPage
      frame={frameOfVisit(visit)}
      group={actor.group}
      formId={door.ground.ids.next('drw')}
      face={draw === undefined || draw.state === 'void' ? 'none' : draw.state}
      algorithm={draw?.algorithm ?? DRAW_ALGORITHM}
      list={list}
      words={words.map((one) => ({ name: nameOf(books, one.membershipId), word: one.entropy }))}
      minutes={minutes}
      mayAddWord={isTaking && !hasAdded && may(visit, 'add-entropy')}
      hasPin={person.hasPin}
      {...given({
        commitment: draw?.commitment,
        until: isTaking ? draw?.entropyUntil : undefined,
        seed: proof?.seed,
        result: proof?.order.map(namePart),
        proof: proof && JSON.stringify(proof, undefined, 1),
        isTrue: proof && mismatchIn(proof) === undefined,
        next: nextOf(visit, books, draw),
        refusals: refusalsOf(visit, no),
      })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

/** A line of a sealed list is the id of a share and a name. */
function namePart(line: string): string {
  return line.slice(line.indexOf(' ') + 1);
}

function nextOf(visit: Visit, books: GroupBooks, draw: Draw | undefined): 'commit' | 'reveal' | undefined {
  if (draw?.state === 'committed') {
    return visit.now >= draw.entropyUntil && may(visit, 'reveal-draw') ? 'reveal' : undefined;
  }
  const { cycle } = books;
  const isOrder = cycle?.state === 'forming' && cycle.orderKind === 'draw' && draw === undefined;
  const decidesRound =
    cycle?.state === 'running' && ['auction-discount', 'auction-premium', 'vote'].includes(cycle.orderKind);
  return may(visit, 'commit-draw') && (isOrder || decidesRound) ? 'commit' : undefined;
}
