/**
 * Keeps draws of lots, and the words that members add to them, in the tables `draws` and `draw_entropies`.
 *
 * The seed is read by the reveal alone: whoever could read it before could choose their words.
 */
import type { ColumnType } from 'kysely';
import type { Reader, Tx } from '../../ground/postgres/database.ts';

export type DrawScope =
  | 'order' // the whole order of a cycle
  | 'round'; // who is served at one round

export type DrawState =
  | 'committed' // its list and seal are public, its seed is not
  | 'revealed' // its result is public, and can be computed again
  | 'void'; // too few of its shares could still take the pot

interface DrawTable {
  id: string;
  group_id: string;
  cycle_id: string;
  scope: DrawScope;
  round_id: string | null;
  algorithm: string;
  entries: ColumnType<string[], string, never>;
  commitment: string;
  seed: string;
  entropy_until: Date;
  state: DrawState;
  result: ColumnType<string[] | null, null, string>;
  committed_by: string;
  committed_at: Date;
  ended_at: Date | null;
}

interface DrawEntropyTable {
  draw_id: string;
  group_id: string;
  membership_id: string;
  entropy: string;
  at: Date;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    draws: DrawTable;
    draw_entropies: DrawEntropyTable;
  }
}

/** A draw as everybody may see it: without its seed. */
export interface Draw {
  readonly id: string;
  readonly groupId: string;
  readonly cycleId: string;
  readonly scope: DrawScope;
  readonly roundId: string | null;
  readonly algorithm: string;
  readonly entries: readonly string[];
  readonly commitment: string;
  readonly entropyUntil: Date;
  readonly state: DrawState;
  readonly result: readonly string[] | null;
  readonly committedBy: string;
  readonly committedAt: Date;
  readonly endedAt: Date | null;
}

const PUBLIC = [
  'id',
  'group_id as groupId',
  'cycle_id as cycleId',
  'scope',
  'round_id as roundId',
  'algorithm',
  'entries',
  'commitment',
  'entropy_until as entropyUntil',
  'state',
  'result',
  'committed_by as committedBy',
  'committed_at as committedAt',
  'ended_at as endedAt',
] as const;

/** False when the id was used for something else. */
export async function insertDraw(tx: Tx, draw: Draw & { readonly seed: string }): Promise<boolean> {
  const inserted = await tx
    .insertInto('draws')
    .values({
      id: draw.id,
      group_id: draw.groupId,
      cycle_id: draw.cycleId,
      scope: draw.scope,
      round_id: draw.roundId,
      algorithm: draw.algorithm,
      entries: JSON.stringify(draw.entries),
      commitment: draw.commitment,
      seed: draw.seed,
      entropy_until: draw.entropyUntil,
      state: draw.state,
      result: null,
      committed_by: draw.committedBy,
      committed_at: draw.committedAt,
      ended_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function findDraw(
  reader: Reader,
  at: { readonly groupId: string; readonly drawId: string },
): Promise<Draw | undefined> {
  return await reader
    .selectFrom('draws')
    .select(PUBLIC)
    .where('id', '=', at.drawId)
    .where('group_id', '=', at.groupId)
    .executeTakeFirst();
}

/** Draws of a cycle, newest first. */
export async function listDraws(reader: Reader, cycleId: string): Promise<Draw[]> {
  return await reader
    .selectFrom('draws')
    .select(PUBLIC)
    .where('cycle_id', '=', cycleId)
    .orderBy('id', 'desc')
    .execute();
}

/** Whether a draw of the cycle waits to be revealed: until then no share leaves it, stops or changes hands. */
export async function isDrawSealed(reader: Reader, cycleId: string): Promise<boolean> {
  return (await listDraws(reader, cycleId)).some((draw) => draw.state === 'committed');
}

/** The draw of a cycle's whole order, while its list is sealed and ever after it was revealed. */
export async function findOrderDraw(reader: Reader, cycleId: string): Promise<Draw | undefined> {
  return await reader
    .selectFrom('draws')
    .select(PUBLIC)
    .where('cycle_id', '=', cycleId)
    .where('state', 'in', ['committed', 'revealed'])
    .where('round_id', 'is', null)
    .executeTakeFirst();
}

/** For the reveal, and for proofs of what is revealed. */
export async function findSeed(reader: Reader, drawId: string): Promise<string | undefined> {
  const row = await reader.selectFrom('draws').select('seed').where('id', '=', drawId).executeTakeFirst();
  return row?.seed;
}

export async function markDrawRevealed(
  tx: Tx,
  drawId: string,
  result: readonly string[],
  at: Date,
): Promise<void> {
  await tx
    .updateTable('draws')
    .set({ state: 'revealed', result: JSON.stringify(result), ended_at: at })
    .where('id', '=', drawId)
    .execute();
}

export async function markDrawVoid(tx: Tx, drawId: string, at: Date): Promise<void> {
  await tx.updateTable('draws').set({ state: 'void', ended_at: at }).where('id', '=', drawId).execute();
}

export interface DrawEntropy {
  readonly membershipId: string;
  readonly entropy: string;
  readonly at: Date;
}

/** False when this member has added theirs already. */
export async function insertEntropy(
  tx: Tx,
  at: { readonly groupId: string; readonly drawId: string },
  entropy: DrawEntropy,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('draw_entropies')
    .values({
      draw_id: at.drawId,
      group_id: at.groupId,
      membership_id: entropy.membershipId,
      entropy: entropy.entropy,
      at: entropy.at,
    })
    .onConflict((conflict) => conflict.columns(['draw_id', 'membership_id']).doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** In the order in which they came; two of one instant by their member. */
export async function listEntropies(reader: Reader, drawId: string): Promise<DrawEntropy[]> {
  return await reader
    .selectFrom('draw_entropies')
    .select(['membership_id as membershipId', 'entropy', 'at'])
    .where('draw_id', '=', drawId)
    .orderBy('at')
    .orderBy('membership_id')
    .execute();
}
