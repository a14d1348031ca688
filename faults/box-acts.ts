/**
 * Does what is done around boxes through the production acts: meetings, counts, differences, notes between keepers, fines.
 *
 * Each says what the form was answered: `ok`, the code of the refusal, or `no answer`.
 */
import { accountId } from '../src/ground/ledger/account.ts';
import { readBalance } from '../src/ground/ledger/balance.ts';
import type { Tx } from '../src/ground/postgres/database.ts';
import type { Answer } from '../src/ground/refusal.ts';
import { listOpenRequests } from '../src/tontine/approvals/approval-request.rows.ts';
import { giveVoice } from '../src/tontine/approvals/give-voice.ts';
import { type FineMember, fineMember } from '../src/tontine/discipline/fine-member.ts';
import type { Entering } from '../src/tontine/groups/enter-group.ts';
import { closeMeeting } from '../src/tontine/meetings/close-meeting.ts';
import { countCash } from '../src/tontine/meetings/count-cash.ts';
import { explainVariance } from '../src/tontine/meetings/explain-variance.ts';
import type { Presence } from '../src/tontine/meetings/meeting.rows.ts';
import { openMeeting } from '../src/tontine/meetings/open-meeting.ts';
import { recordPresence } from '../src/tontine/meetings/record-presence.ts';
import { listMembers } from '../src/tontine/members/membership.rows.ts';
import { confirmCash } from '../src/tontine/rounds/confirm-cash.ts';
import { declareCash } from '../src/tontine/rounds/declare-cash.ts';
import { boxAccount } from '../src/tontine/rounds/funds.ts';
import { type GiveNotes, giveNotes } from '../src/tontine/rounds/give-notes.ts';
import { takeBackNotes } from '../src/tontine/rounds/take-back-notes.ts';
import { takeNotes } from '../src/tontine/rounds/take-notes.ts';
import { as, present, send, townOf } from './tontine-acts.ts';
import type { Saver } from './tontine-town.ts';
import type { World } from './world.ts';

export async function said<T>(
  world: World,
  act: string,
  form: (tx: Tx) => Promise<Answer<T>>,
): Promise<string> {
  const answer = await send(world, act, form);
  return answer === undefined ? 'no answer' : answer.ok ? 'ok' : answer.refusal.code;
}

export async function boxOf(world: World, keeper: Saver): Promise<bigint> {
  const account = boxAccount(townOf(world).groupId, keeper.personId ?? 'nobody', 'XOF');
  return (await readBalance(world.db, account))?.posted ?? 0n;
}

/** What a keeper owes the group because it was missing in their box. */
export async function owedNotes(world: World, keeper: Saver): Promise<bigint> {
  const debt = accountId('receivable', `${townOf(world).groupId}:${keeper.personId}`, 'XOF');
  return (await readBalance(world.db, debt))?.posted ?? 0n;
}

/** Notes of a member come into a box: its keeper declares them, and whoever brought them says so, or another officer. */
export async function bring(world: World, keeper: Saver, member: Saver, amount: bigint): Promise<string> {
  const contributionId = world.ground.ids.next('ctr');
  const form = { ...as(world, keeper), contributionId, membershipId: member.membershipId, amount };
  const declared = await said(world, 'declareCash', async (tx) => await declareCash(tx, world.ground, form));
  if (declared !== 'ok') return declared;
  const here = await present(world);
  const isAlone = member === keeper || !here.includes(member);
  const witness = isAlone ? (here.find((one) => one !== keeper) ?? keeper) : member;
  const by = { ...as(world, witness), contributionId };
  return await said(world, 'confirmCash', async (tx) => await confirmCash(tx, world.ground, by));
}

export async function openBy(world: World, who: Entering, meetingId: string): Promise<string> {
  const form = { ...who, meetingId, venue: 'Chez Awa' };
  return await said(world, 'openMeeting', async (tx) => await openMeeting(tx, world.ground, form));
}

export async function noteAll(
  world: World,
  officer: Saver,
  meetingId: string,
  presenceOf: (member: Saver) => Presence = () => 'present',
): Promise<string> {
  const active = await listMembers(world.db, townOf(world).groupId, ['active']);
  const presences = townOf(world)
    .savers.filter((member) => active.some((one) => one.id === member.membershipId))
    .map((member) => ({ membershipId: member.membershipId, presence: presenceOf(member) }));
  const form = { ...as(world, officer), meetingId, presences };
  return await said(world, 'recordPresence', async (tx) => await recordPresence(tx, world.ground, form));
}

export async function closeBy(world: World, officer: Saver, meetingId: string): Promise<string> {
  const form = { ...as(world, officer), meetingId };
  return await said(world, 'closeMeeting', async (tx) => await closeMeeting(tx, world.ground, form));
}

export async function countBy(
  world: World,
  counter: Saver,
  box: { readonly meetingId: string; readonly keeper: Saver; readonly counted: bigint },
): Promise<string> {
  const { meetingId, keeper, counted } = box;
  const form = { ...as(world, counter), meetingId, keeperId: keeper.membershipId, counted };
  world.story.push(`${counter.name} counts ${counted} in the box of ${keeper.name}`);
  return await said(world, 'countCash', async (tx) => await countCash(tx, world.ground, form));
}

export async function explainBy(
  world: World,
  officer: Saver,
  box: { readonly meetingId: string; readonly keeper: Saver; readonly explanation?: string },
): Promise<string> {
  const { meetingId, keeper, explanation = 'billet déchiré' } = box;
  const form = { ...as(world, officer), meetingId, keeperId: keeper.membershipId, explanation };
  world.story.push(`${officer.name} explains the box of ${keeper.name}`);
  return await said(world, 'explainVariance', async (tx) => await explainVariance(tx, world.ground, form));
}

/** One voice about the box; what it was answered, and nothing where nothing is asked. */
export async function sayOfBox(
  world: World,
  who: Saver,
  box: { readonly meetingId: string; readonly keeper: Saver; readonly voice?: 'yes' | 'no' },
): Promise<string | undefined> {
  const subject = `${box.meetingId} ${box.keeper.membershipId} `;
  const open = await listOpenRequests(world.db, townOf(world).groupId);
  // The newest: those before it are about counts that were made anew.
  const request = open.findLast((one) => one.kind === 'cash-variance' && one.subjectId.startsWith(subject));
  if (request === undefined) return undefined;
  const { voice = 'yes' } = box;
  const form = { ...as(world, who), requestId: request.id, voice, reason: 'on a recompté' };
  const answer = await said(world, 'giveVoice', async (tx) => await giveVoice(tx, world.ground, form));
  world.story.push(`${who.name} says ${voice} to the box of ${box.keeper.name}: ${answer}`);
  const isKept = [request.requestedBy, request.beneficiaryId].includes(who.membershipId);
  if (isKept && answer === 'ok')
    world.surprises.push(`${who.name} had a voice on the box of ${box.keeper.name}`);
  return answer;
}

export async function give(
  world: World,
  giver: Saver,
  notes: Omit<GiveNotes, 'groupId' | 'personId'>,
): Promise<string> {
  const form = { ...as(world, giver), ...notes };
  return await said(world, 'giveNotes', async (tx) => await giveNotes(tx, world.ground, form));
}

export async function take(
  world: World,
  receiver: Saver,
  handoverId: string,
  answer: 'yes' | 'no' = 'yes',
): Promise<string> {
  const form = { ...as(world, receiver), handoverId, answer };
  return await said(world, 'takeNotes', async (tx) => await takeNotes(tx, world.ground, form));
}

export async function takeBack(world: World, who: Saver, noteId: string): Promise<string> {
  const form = { ...as(world, who), noteId };
  return await said(world, 'takeBackNotes', async (tx) => await takeBackNotes(tx, world.ground, form));
}

export async function fineBy(
  world: World,
  officer: Saver,
  fine: Omit<FineMember, 'groupId' | 'personId'>,
): Promise<string> {
  const form = { ...as(world, officer), ...fine };
  return await said(world, 'fineMember', async (tx) => await fineMember(tx, world.ground, form));
}
