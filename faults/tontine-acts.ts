/**
 * Does what savers do, through the production acts, on a process that may die in the middle.
 *
 * Whoever got no answer because the process died sends the same form again: it must have one effect.
 */
import { answerInTransaction } from '../src/ground/postgres/answer-in-transaction.ts';
import type { Tx } from '../src/ground/postgres/database.ts';
import type { Answer } from '../src/ground/refusal.ts';
import { invariant } from '../src/ground/refusal.ts';
import { listOpenRequests } from '../src/tontine/approvals/approval-request.rows.ts';
import { giveVoice } from '../src/tontine/approvals/give-voice.ts';
import { listMembers } from '../src/tontine/members/membership.rows.ts';
import { listOpenDues } from '../src/tontine/rounds/due.rows.ts';
import { missingOf } from '../src/tontine/rounds/due.ts';
import { happens } from './dice.ts';
import { noteAnswer } from './people-steps.ts';
import { runOn } from './run-on.ts';
import type { Saver, TontineTown } from './tontine-town.ts';
import { processOf, type World } from './world.ts';

export function townOf(world: World): TontineTown {
  invariant(world.tontine !== undefined, 'this universe has no group');
  return world.tontine;
}

/** How a saver with a phone names themself to an act. */
export function as(world: World, saver: Saver): { readonly groupId: string; readonly personId: string } {
  invariant(saver.personId !== undefined, `${saver.name} has no phone`);
  return { groupId: townOf(world).groupId, personId: saver.personId };
}

export function saver(world: World, place: number): Saver {
  const found = townOf(world).savers[place];
  invariant(found !== undefined, `there is no saver ${place}`);
  return found;
}

/** Sends one form, again after a death, and sometimes again for nothing; what the last copy was answered. */
export async function send<T>(
  world: World,
  act: string,
  form: (tx: Tx) => Promise<Answer<T>>,
): Promise<Answer<T> | undefined> {
  const on = processOf(world, 0);
  if (happens(world.chance, world.network.weather.crash)) on.dieAfter = 1 + world.chance.below(3);
  if (happens(world.chance, world.network.weather.conflict)) on.conflictAfter = 1;
  const first = await runOn(world, on, act, async () => await answerInTransaction(on.db, form));
  on.dieAfter = undefined;
  on.conflictAfter = undefined;
  noteAnswer(world, act, first);
  if (first !== undefined && !happens(world.chance, 15)) return first;
  const next = processOf(world, 0);
  const again = await runOn(world, next, act, async () => await answerInTransaction(next.db, form));
  if (first?.ok === true && again?.ok === false)
    world.surprises.push(`${act} said yes, and to the same form ${again.refusal.code}`);
  return again ?? first;
}

export function outcomeOf(answer: Answer<unknown> | undefined): string {
  return answer === undefined ? 'no answer' : answer.ok ? 'ok' : answer.refusal.code;
}

export async function owedBy(world: World, who: Saver): Promise<bigint> {
  const dues = await listOpenDues(world.db, who.membershipId);
  return dues.reduce((sum, due) => sum + missingOf(due), 0n);
}

/** Those who are still in the group and have a phone: who can do something, and answer. */
export async function present(world: World): Promise<Saver[]> {
  const active = await listMembers(world.db, townOf(world).groupId, ['active']);
  const here = new Set(active.map((member) => member.id));
  return townOf(world).savers.filter((one) => one.personId !== undefined && here.has(one.membershipId));
}

/** Everybody who may says yes to all that is open. */
export async function agree(world: World): Promise<void> {
  for (const who of await present(world)) {
    for (const request of await listOpenRequests(world.db, townOf(world).groupId)) {
      const form = { ...as(world, who), requestId: request.id, voice: 'yes' } as const;
      await send(world, 'giveVoice', async (tx) => await giveVoice(tx, world.ground, form));
    }
  }
}
