/**
 * Plays what can go wrong with the counts of boxes, on purpose. Afterwards keepers bring what they owe, everybody pays, and
 * the cycle must end with every account at its value.
 */
import { HOUR_MS } from '../../src/ground/clock.ts';
import {
  boxOf,
  bring,
  closeBy,
  countBy,
  explainBy,
  fineBy,
  noteAll,
  openBy,
  owedNotes,
  sayOfBox,
} from '../box-acts.ts';
import type { Scenario, Stage } from '../stage.ts';
import { as, saver, townOf } from '../tontine-acts.ts';
import { tontineNight } from '../tontine-steps.ts';
import { settleTontine } from '../tontine-town.ts';
import { processOf } from '../world.ts';

export const [AWA, KOFFI, YAO, ADJOUA] = [0, 1, 2, 3];

/** The treasurer has 1 000 in notes, of two members, and a meeting is open. */
export async function meet({ world }: Stage): Promise<string> {
  const plain = { rounds: 4, guaranteePerShare: 0n, solidarity: { contribution: 0n, events: [] } };
  await settleTontine(world, plain, false);
  await tontineNight(world);
  const meetingId = world.ground.ids.next('mtg');
  await openBy(world, as(world, saver(world, AWA)), meetingId);
  for (const place of [YAO, ADJOUA]) await bring(world, saver(world, KOFFI), saver(world, place), 500n);
  world.clock.advance(HOUR_MS);
  return meetingId;
}

/** The treasurer counts so much more or less than the books say, and the president explains it; what she was answered. */
export async function differ({ world }: Stage, meetingId: string, difference: bigint): Promise<string> {
  const keeper = saver(world, KOFFI);
  const counted = (await boxOf(world, keeper)) + difference;
  await countBy(world, keeper, { meetingId, keeper, counted });
  return await explainBy(world, saver(world, AWA), { meetingId, keeper });
}

export async function say({ world }: Stage, meetingId: string, place: number): Promise<string | undefined> {
  return await sayOfBox(world, saver(world, place), { meetingId, keeper: saver(world, KOFFI) });
}

export async function close({ world }: Stage, meetingId: string): Promise<string> {
  await noteAll(world, saver(world, AWA), meetingId);
  world.clock.advance(HOUR_MS);
  const answer = await closeBy(world, saver(world, AWA), meetingId);
  world.clock.advance(HOUR_MS);
  return answer;
}

export const BOX_SCENARIOS: readonly Scenario[] = [
  {
    id: 'T30',
    fault: 'a box has 300 less than the books say, and the fines in notes are 100',
    required:
      'the fines bear 100, the keeper owes 200 and brings them later, and the cycle ends to the franc',
    play: async (stage) => {
      const { world } = stage;
      const meetingId = await meet(stage);
      const fine = { membershipId: saver(world, YAO).membershipId, formId: world.ground.ids.next('mtg') };
      const reason = 'téléphone pendant la séance';
      await fineBy(world, saver(world, AWA), { ...fine, kind: 'other', amount: 100n, reason });
      await bring(world, saver(world, KOFFI), saver(world, YAO), 100n);
      await differ(stage, meetingId, -300n);
      const own = await say(stage, meetingId, KOFFI);
      stage.must(own === 'approval-voice-excluded', `the keeper was answered ${own}`);
      await say(stage, meetingId, YAO);
      const [holds, owed] = [
        await boxOf(world, saver(world, KOFFI)),
        await owedNotes(world, saver(world, KOFFI)),
      ];
      stage.must(holds === 800n && owed === 200n, `the box holds ${holds}, the keeper owes ${owed}`);
      const closed = await close(stage, meetingId);
      stage.must(closed === 'ok', `the meeting was answered ${closed}`);
    },
  },
  {
    id: 'T31',
    fault:
      'the process dies after a count was committed, and after the voice that agrees to it; both forms are sent again',
    required: 'one count, and the books follow it once',
    play: async (stage) => {
      const { world } = stage;
      const meetingId = await meet(stage);
      const keeper = saver(world, KOFFI);
      for (const dieAfter of [3, undefined]) {
        processOf(world, 0).dieAfter = dieAfter;
        const answer = await countBy(world, keeper, { meetingId, keeper, counted: 1_100n });
        stage.must(answer === 'ok', `the count was answered ${answer}`);
      }
      await explainBy(world, saver(world, AWA), { meetingId, keeper });
      processOf(world, 0).dieAfter = 3;
      await say(stage, meetingId, YAO);
      const holds = await boxOf(world, keeper);
      stage.must(holds === 1_100n, `the box holds ${holds}`);
    },
  },
  {
    id: 'T32',
    fault: 'notes come into a box between its count and the voice that agrees to the difference',
    required: 'the voice is refused, and holds when the box was counted anew',
    play: async (stage) => {
      const { world } = stage;
      const meetingId = await meet(stage);
      await differ(stage, meetingId, -300n);
      await bring(world, saver(world, KOFFI), saver(world, YAO), 500n);
      const late = await say(stage, meetingId, YAO);
      stage.must(late === 'cash-count-stale', `the voice was answered ${late}`);
      world.clock.advance(HOUR_MS);
      await differ(stage, meetingId, -300n);
      const answer = await say(stage, meetingId, YAO);
      stage.must(answer === 'ok', `the voice about the new count was answered ${answer}`);
      const holds = await boxOf(world, saver(world, KOFFI));
      stage.must(holds === 1_200n, `the box holds ${holds}`);
    },
  },
  {
    id: 'T33',
    fault: 'a keeper counts again, and less, between two voices',
    required: 'the first voice was about another count: the difference waits for two new ones',
    play: async (stage) => {
      const { world } = stage;
      const meetingId = await meet(stage);
      const keeper = saver(world, KOFFI);
      await countBy(world, keeper, { meetingId, keeper, counted: 900n });
      await explainBy(world, keeper, { meetingId, keeper });
      await say(stage, meetingId, AWA);
      await countBy(world, keeper, { meetingId, keeper, counted: 200n });
      const answer = await say(stage, meetingId, YAO);
      stage.must(answer === 'cash-count-stale', `the second voice was answered ${answer}`);
      const again = await explainBy(world, keeper, { meetingId, keeper });
      stage.must(again === 'ok' && (await say(stage, meetingId, YAO)) === 'ok', 'nobody was asked anew');
      stage.must((await boxOf(world, keeper)) === 1_000n, 'one voice was enough');
    },
  },
  {
    id: 'T34',
    fault: 'a difference was agreed to, and then notes come into the box',
    required: 'the box is counted again, with a second difference, and the meeting closes',
    play: async (stage) => {
      const { world } = stage;
      const meetingId = await meet(stage);
      await differ(stage, meetingId, -300n);
      await say(stage, meetingId, YAO);
      const again = await differ(stage, meetingId, 100n);
      stage.must(again === 'cash-variance-agreed', `nothing had moved, and the answer was ${again}`);
      await bring(world, saver(world, KOFFI), saver(world, ADJOUA), 500n);
      world.clock.advance(HOUR_MS);
      const open = await close(stage, meetingId);
      stage.must(open === 'cash-recount', `before the recount the meeting was answered ${open}`);
      await differ(stage, meetingId, 50n);
      await say(stage, meetingId, YAO);
      const closed = await close(stage, meetingId);
      stage.must(closed === 'ok', `the meeting was answered ${closed}`);
    },
  },
  {
    id: 'T35',
    fault: 'nobody answers in time whether a box may differ',
    required: 'the late voice is refused, people are asked anew, and the difference moves once',
    play: async (stage) => {
      const { world } = stage;
      const meetingId = await meet(stage);
      await differ(stage, meetingId, 200n);
      world.clock.advance(townOf(world).rules.approvalHours * HOUR_MS);
      const late = await say(stage, meetingId, YAO);
      stage.must(late === 'approval-over', `the late voice was answered ${late}`);
      await tontineNight(world);
      await explainBy(world, saver(world, AWA), { meetingId, keeper: saver(world, KOFFI) });
      const answer = await say(stage, meetingId, YAO);
      stage.must(answer === 'ok', `the new voice was answered ${answer}`);
      const holds = await boxOf(world, saver(world, KOFFI));
      stage.must(holds === 1_200n, `the box holds ${holds}`);
    },
  },
];
