/**
 * Reveals the seed of a draw and gives the turns that follow from it.
 *
 * Any member may do it once the time for words is over, so that nobody can hold a result back. The result follows from
 * what is published; a share that may no longer take a pot is passed over, and keeps its chance for later rounds. Where too
 * few are left that may, the draw ends without a result: standing for ever, it would keep the pot from being decided.
 *
 * Refuses: `group-absent`, `member-suspended`, `draw-absent`, `draw-too-early`, `draw-list-changed`.
 */
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, invariant, refusal, refused } from '../../ground/refusal.ts';
import { listShares } from '../cycles/share.rows.ts';
import { deleteTurns, insertTurns, type NewTurn } from '../cycles/turn.rows.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { DRAW_ABSENT } from './add-entropy.ts';
import { type Draw, findDraw, findSeed, listEntropies, markDrawRevealed, markDrawVoid } from './draw.rows.ts';
import { type DrawProof, entropyLine, proveDraw, shareOf } from './draw.ts';
import { listStandings } from './eligible-shares.ts';
import { findOpenPlace } from './open-place.ts';
import { readDrawProof } from './read-draw-proof.ts';

export interface RevealDraw extends Entering {
  readonly drawId: string;
}

/** The proof, the same whoever reveals and however often; nothing when the draw ended without a result. */
export async function revealDraw(
  tx: Tx,
  ground: Ground,
  asked: RevealDraw,
): Promise<Answer<DrawProof | undefined>> {
  const actor = await enterGroup(tx, ground, asked, 'reveal-draw');
  if (!actor.ok) return actor;
  const draw = await findDraw(tx, asked);
  if (draw === undefined) return refused(DRAW_ABSENT);
  const earlier = await readDrawProof(tx, draw);
  if (earlier !== undefined || draw.state === 'void') return accepted(earlier);
  const now = ground.clock.now();
  if (now < draw.entropyUntil) return refused(DRAW_TOO_EARLY);
  const seed = await findSeed(tx, draw.id);
  invariant(seed !== undefined, `draw ${draw.id} lost its seed`);
  const words = await listEntropies(tx, draw.id);
  const entropies = words.map(({ membershipId, entropy }) => entropyLine(membershipId, entropy));
  const proof = proveDraw(seed, draw.entries, entropies);
  invariant(proof.commitment === draw.commitment, `draw ${draw.id} does not fit its seal`);
  const turns = await turnsOf(tx, draw, proof.order.map(shareOf), now);
  if (!turns.ok) return turns;
  if (turns.value === undefined) return await endWithoutResult(tx, ground, draw, actor.value.membership.id);
  if (draw.scope === 'order') await deleteTurns(tx, draw.cycleId);
  await insertTurns(tx, turns.value);
  await markDrawRevealed(tx, draw.id, proof.order, now);
  const facts = { order: turns.value.map((turn) => turn.shareId).join(' ') };
  await writeJournal(tx, ground, {
    groupId: draw.groupId,
    act: 'draw.revealed',
    actorId: actor.value.membership.id,
    subjectId: draw.id,
    facts,
  });
  await recordEvent(tx, ground, { name: 'draw.revealed', subjectId: draw.id, facts });
  return accepted(proof);
}

async function endWithoutResult(
  tx: Tx,
  ground: Ground,
  { id, groupId }: Draw,
  actorId: string,
): Promise<Answer<undefined>> {
  await markDrawVoid(tx, id, ground.clock.now());
  await writeJournal(tx, ground, { groupId, act: 'draw.voided', actorId, subjectId: id });
  return accepted(undefined);
}

/** Nothing when too few of the shares drawn may still take a pot. */
async function turnsOf(
  tx: Tx,
  draw: Draw,
  order: readonly string[],
  at: Date,
): Promise<Answer<NewTurn[] | undefined>> {
  const turn = (shareId: string, place: number): NewTurn => ({
    cycleId: draw.cycleId,
    shareId,
    place,
    decidedBy: 'draw',
    decisionId: draw.id,
    at,
  });
  if (draw.roundId === null) {
    const shares = (await listShares(tx, draw.cycleId)).map((share) => share.id);
    if (shares.toSorted().join() !== order.toSorted().join()) return refused(DRAW_LIST_CHANGED);
    return accepted(order.map((shareId, index) => turn(shareId, index + 1)));
  }
  const { groupId, cycleId, roundId } = draw;
  const orders = ['auction-discount', 'auction-premium', 'vote'] as const;
  const place = await findOpenPlace(tx, { groupId, cycleId, roundId, orders });
  if (!place.ok) return place;
  const standings = await listStandings(tx, draw);
  const may = new Set(standings.flatMap(({ share, why }) => (why === undefined ? [share.id] : [])));
  const drawn = order.filter((shareId) => may.has(shareId));
  if (drawn.length < place.value.places.length) return accepted(undefined);
  return accepted(place.value.places.map((free, index) => turn(drawn[index] ?? '', free)));
}

export const DRAW_TOO_EARLY = refusal(
  'draw-too-early',
  'unavailable',
  'Les membres peuvent encore ajouter leurs mots. Le tirage se révèle après.',
  'Members may still add their words. The draw is revealed afterwards.',
);
export const DRAW_LIST_CHANGED = refusal(
  'draw-list-changed',
  'conflict',
  'La liste des parts n’est plus celle qui a été scellée.',
  'The list of shares is no longer the one that was sealed.',
);
