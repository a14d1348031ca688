/**
 * Plays what can go wrong with notes between keepers and with fines by hand, on purpose. It ends like the counts of boxes.
 */
import { HOUR_MS } from '../../src/ground/clock.ts';
import { answerInTransaction } from '../../src/ground/postgres/answer-in-transaction.ts';
import { listOpenRequests } from '../../src/tontine/approvals/approval-request.rows.ts';
import { giveVoice } from '../../src/tontine/approvals/give-voice.ts';
import { answerInvitation } from '../../src/tontine/members/answer-invitation.ts';
import { inviteNumber } from '../../src/tontine/members/invite-number.ts';
import { resign } from '../../src/tontine/members/resign.ts';
import { boxOf, countBy, fineBy, give, said, take } from '../box-acts.ts';
import type { Scenario, Stage } from '../stage.ts';
import { as, saver, townOf } from '../tontine-acts.ts';
import { listConfirmed } from '../tontine-books.rows.ts';
import { askToUndo } from '../tontine-steps.ts';
import { processOf } from '../world.ts';
import { AWA, close, differ, KOFFI, meet, say, YAO } from './boxes.ts';

async function handing(
  { world }: Stage,
  from: number,
  to: number,
  amount: bigint,
): Promise<{ readonly id: string; readonly answer: string }> {
  const id = world.ground.ids.next('hov');
  const notes = { handoverId: id, toId: saver(world, to).membershipId, amount };
  return { id, answer: await give(world, saver(world, from), notes) };
}

/** Yes to everything that is asked. */
async function sayToAll({ world }: Stage, place: number): Promise<void> {
  for (const request of await listOpenRequests(world.db, townOf(world).groupId)) {
    const form = { ...as(world, saver(world, place)), requestId: request.id, voice: 'yes' } as const;
    await said(world, 'giveVoice', async (tx) => await giveVoice(tx, world.ground, form));
  }
}

const NOTES: readonly Scenario[] = [
  {
    id: 'T36',
    fault: 'a keeper gives the same notes to two others, and both say that they have them',
    required: 'one of them has them',
    play: async (stage) => {
      const { world } = stage;
      await meet(stage);
      const first = await handing(stage, KOFFI, AWA, 700n);
      const second = await handing(stage, KOFFI, YAO, 700n);
      stage.must(first.answer === 'ok', `the first was answered ${first.answer}`);
      stage.must(second.answer === 'cash-box-short', `the second was answered ${second.answer}`);
      for (const place of [YAO, AWA, AWA]) await take(world, saver(world, place), first.id);
      const no = await take(world, saver(world, AWA), first.id, 'no');
      stage.must(no === 'handout-over', `a no after the yes was answered ${no}`);
      const answer = await take(world, saver(world, YAO), second.id);
      stage.must(answer === 'handout-absent', `whoever was given nothing was answered ${answer}`);
      const held = await Promise.all(
        [AWA, KOFFI, YAO].map(async (place) => await boxOf(world, saver(world, place))),
      );
      stage.must(held.join() === '700,300,0', `the boxes hold ${held.join()}`);
    },
  },
  {
    id: 'T37',
    fault:
      'half of a box is on its way to another keeper when the rest is counted, and everybody agrees to the difference',
    required: 'it is no difference: the notes are in the other box when they were taken, once',
    play: async (stage) => {
      const { world } = stage;
      const meetingId = await meet(stage);
      const { id } = await handing(stage, KOFFI, AWA, 600n);
      await differ(stage, meetingId, -600n);
      const answer = await say(stage, meetingId, YAO);
      stage.must(answer === 'cash-notes-promised', `the voice was answered ${answer}`);
      await take(world, saver(world, AWA), id);
      world.clock.advance(HOUR_MS);
      for (const [place, counted] of [
        [KOFFI, 400n],
        [AWA, 600n],
      ] as const) {
        const keeper = saver(world, place);
        await countBy(world, keeper, { meetingId, keeper, counted });
      }
      const closed = await close(stage, meetingId);
      stage.must(closed === 'ok', `the meeting was answered ${closed}`);
    },
  },
  {
    id: 'T38',
    fault: 'a contribution in notes is undone while its notes are on their way to another keeper',
    required: 'it stays: the box would have given them twice',
    play: async (stage) => {
      const { world } = stage;
      await meet(stage);
      const { id } = await handing(stage, KOFFI, AWA, 800n);
      const [contributionId = ''] = await listConfirmed(world.db, townOf(world).groupId);
      await askToUndo(world, saver(world, AWA), contributionId);
      for (const place of [KOFFI, YAO]) await sayToAll(stage, place);
      await take(world, saver(world, AWA), id);
      const held = [await boxOf(world, saver(world, AWA)), await boxOf(world, saver(world, KOFFI))];
      stage.must(held.join() === '800,200', `the boxes hold ${held.join()}`);
    },
  },
];

const FINES: readonly Scenario[] = [
  {
    id: 'T39',
    fault:
      'the form of a fine is sent again after a death, with another amount, for somebody else, and for who left',
    required: 'one fine, and one due',
    play: async (stage) => {
      const { world } = stage;
      await meet(stage);
      const officer = saver(world, AWA);
      const form = {
        membershipId: saver(world, YAO).membershipId,
        formId: world.ground.ids.next('mtg'),
        kind: 'other',
        amount: 77n,
        reason: 'téléphone pendant la séance',
      } as const;
      processOf(world, 0).dieAfter = 3;
      const answers = [await fineBy(world, officer, form), await fineBy(world, officer, form)];
      answers.push(await fineBy(world, officer, { ...form, amount: 78n }));
      answers.push(await fineBy(world, officer, { ...form, membershipId: saver(world, KOFFI).membershipId }));
      const formId = world.ground.ids.next('mtg');
      answers.push(await fineBy(world, officer, { ...form, formId, membershipId: await whoLeft(stage) }));
      answers.push(await fineBy(world, saver(world, KOFFI), { ...form, formId }));
      stage.must(
        answers.join() === 'ok,ok,request-changed,request-changed,member-absent,group-role-missing',
        `the answers were ${answers.join()}`,
      );
    },
  },
];

/** The membership of somebody who joined without a share and went again. */
async function whoLeft({ world }: Stage): Promise<string> {
  const { db, ground } = world;
  const person = world.residents[2]?.person;
  if (person === undefined) throw new Error('nobody is left to join');
  const invited = { ...as(world, saver(world, AWA)), phone: person.phone, name: 'Ngo' };
  const own = { groupId: townOf(world).groupId, personId: person.id };
  const left = await answerInTransaction(db, async (tx) => {
    const membershipId = await inviteNumber(tx, ground, invited);
    if (!membershipId.ok) return membershipId;
    const answer = { person, membershipId: membershipId.value, answer: 'yes' } as const;
    const joined = await answerInvitation(tx, ground, answer);
    if (!joined.ok) return joined;
    const gone = await resign(tx, ground, own);
    return gone.ok ? membershipId : gone;
  });
  return left.ok ? left.value : left.refusal.code;
}

export const NOTE_SCENARIOS: readonly Scenario[] = [...NOTES, ...FINES];
