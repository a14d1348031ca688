/**
 * Seals a draw: publishes the list and the hash of a secret seed, before anybody can know the result.
 *
 * From here on nothing in the list can change (the database sees to it), and there is no way to call a draw off: who
 * could, would draw until they like it. A draw decides the order of a cycle that forms, or who is served at one round
 * of a cycle in which an auction or a vote gave no result.
 *
 * Refuses: `group-absent`, `member-suspended`, `group-role-missing`, `cycle-absent`, `cycle-not-forming`,
 * `order-otherwise`, `draw-standing`, `draw-too-few`, `draw-time`, `request-changed`, and the refusals of
 * `open-place.ts`.
 */
import { after, MINUTE_MS } from '../../ground/clock.ts';
import { recordEvent } from '../../ground/events/record-event.ts';
import type { Ground } from '../../ground/ground.ts';
import { REQUEST_CHANGED } from '../../ground/idempotency/remember-answer.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { findCycle } from '../cycles/cycle.rows.ts';
import { CYCLE_ABSENT, CYCLE_NOT_FORMING } from '../cycles/cycle.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { tellGroup } from '../members/tell-members.ts';
import { type Draw, findDraw, findOrderDraw, insertDraw } from './draw.rows.ts';
import { commitmentOf, DRAW_ALGORITHM, listLine, newSeed } from './draw.ts';
import { listStandings } from './eligible-shares.ts';
import { DRAW_STANDING, findPlaceToDecide, ORDER_OTHERWISE } from './open-place.ts';

/** Long enough to type a word at a meeting, and short enough that a round does not wait for ever. */
export const SHORTEST_ENTROPY_MINUTES = 5;
export const LONGEST_ENTROPY_MINUTES = 7 * 24 * 60;

export interface CommitDraw extends Entering {
  /** Made when the form was drawn. */
  readonly drawId: string;
  readonly cycleId: string;
  /** The round whose pots are drawn for; absent for the whole order of a cycle. */
  readonly roundId?: string | undefined;
  /** How long members may add their words. */
  readonly entropyMinutes: number;
}

export async function commitDraw(tx: Tx, ground: Ground, asked: CommitDraw): Promise<Answer<Draw>> {
  const actor = await enterGroup(tx, ground, asked, 'commit-draw');
  if (!actor.ok) return actor;
  const earlier = await findDraw(tx, asked);
  if (earlier !== undefined) return accepted(earlier);
  const { entropyMinutes } = asked;
  const timely = entropyMinutes >= SHORTEST_ENTROPY_MINUTES && entropyMinutes <= LONGEST_ENTROPY_MINUTES;
  if (!Number.isInteger(entropyMinutes) || !timely) return refused(DRAW_TIME);
  const list = await listFor(tx, asked);
  if (!list.ok) return list;
  const roundId = asked.roundId ?? null;
  const seed = newSeed(ground.chance);
  const now = ground.clock.now();
  const draw: Draw = {
    id: asked.drawId,
    groupId: asked.groupId,
    cycleId: asked.cycleId,
    scope: roundId === null ? 'order' : 'round',
    roundId,
    algorithm: DRAW_ALGORITHM,
    entries: list.value,
    commitment: commitmentOf(seed, list.value),
    entropyUntil: after(now, entropyMinutes * MINUTE_MS),
    state: 'committed',
    result: null,
    committedBy: actor.value.membership.id,
    committedAt: now,
    endedAt: null,
  };
  if (!(await insertDraw(tx, { ...draw, seed }))) return refused(REQUEST_CHANGED);
  await publish(tx, ground, draw);
  return accepted(draw);
}

/** The shares that may be drawn, one line each, by number. */
async function listFor(tx: Tx, asked: CommitDraw): Promise<Answer<string[]>> {
  if (asked.roundId === undefined) {
    const cycle = await findCycle(tx, asked.cycleId);
    if (cycle === undefined || cycle.groupId !== asked.groupId) return refused(CYCLE_ABSENT);
    if (cycle.orderKind !== 'draw') return refused(ORDER_OTHERWISE);
    if (cycle.state !== 'forming') return refused(CYCLE_NOT_FORMING);
    if ((await findOrderDraw(tx, cycle.id)) !== undefined) return refused(DRAW_STANDING);
  } else {
    const { groupId, cycleId, roundId } = asked;
    const orders = ['auction-discount', 'auction-premium', 'vote'] as const;
    const place = await findPlaceToDecide(tx, { groupId, cycleId, roundId, orders });
    if (!place.ok) return place;
  }
  // While a cycle forms, a turn is only the order before this one.
  const may = (await listStandings(tx, asked)).filter(
    ({ share, why }) => why === undefined || (asked.roundId === undefined && share.servedAt === null),
  );
  if (may.length < 2) return refused(DRAW_TOO_FEW);
  return accepted(may.map(({ share, name }) => listLine(share.id, name)));
}

async function publish(tx: Tx, ground: Ground, draw: Draw): Promise<void> {
  const facts = { commitment: draw.commitment, shares: String(draw.entries.length) };
  await writeJournal(tx, ground, {
    groupId: draw.groupId,
    act: 'draw.committed',
    actorId: draw.committedBy,
    subjectId: draw.id,
    facts,
  });
  await recordEvent(tx, ground, { name: 'draw.committed', subjectId: draw.id, facts });
  await tellGroup(tx, ground, { groupId: draw.groupId, kind: 'draw.committed', subjectId: draw.id });
}

export const DRAW_TIME = refusal(
  'draw-time',
  'invalid',
  'Laissez aux membres entre 5 minutes et 7 jours pour ajouter leurs mots.',
  'Give the members between 5 minutes and 7 days to add their words.',
);
export const DRAW_TOO_FEW = refusal(
  'draw-too-few',
  'conflict',
  'Il faut au moins deux parts qui peuvent prendre la cagnotte pour tirer au sort.',
  'It takes at least two shares that may take the pot to draw lots.',
);
