/**
 * Plays what can go wrong with the money of a group, on purpose. Afterwards everybody pays and the cycle must end with
 * every account at its value, as in every universe that has a group.
 */
import { HOUR_MS } from '../../src/ground/clock.ts';
import { listOpenRequests } from '../../src/tontine/approvals/approval-request.rows.ts';
import { giveVoice } from '../../src/tontine/approvals/give-voice.ts';
import { dayAt } from '../../src/tontine/cycles/calendar-day.ts';
import type { Rules } from '../../src/tontine/groups/rules.ts';
import { listOpenHandouts } from '../../src/tontine/rounds/cash-box.rows.ts';
import { handOverCash } from '../../src/tontine/rounds/hand-over-cash.ts';
import { payContribution } from '../../src/tontine/rounds/pay-contribution.ts';
import { listPayouts } from '../../src/tontine/rounds/payout.rows.ts';
import { listRounds } from '../../src/tontine/rounds/round.rows.ts';
import { claimAid } from '../../src/tontine/solidarity/claim-aid.ts';
import type { Scenario, Stage } from '../stage.ts';
import { as, owedBy, saver, send, townOf } from '../tontine-acts.ts';
import { askToUndo, bringNotes, tontineNight } from '../tontine-steps.ts';
import { settleTontine } from '../tontine-town.ts';
import { processOf } from '../world.ts';

export async function open(
  stage: Stage,
  rules: Partial<Rules> = {},
  hasSecondShare?: boolean,
): Promise<void> {
  await stage.fund(20_000n, 0);
  await stage.fund(20_000n, 1);
  await settleTontine(stage.world, { rounds: 4, guaranteePerShare: 500n, ...rules }, hasSecondShare);
}

/** One payment from a wallet; what it was answered. */
export async function pay(
  { world }: Stage,
  place: number,
  amount: bigint,
  contributionId: string = world.ground.ids.next('ctr'),
): Promise<string> {
  const form = { ...as(world, saver(world, place)), contributionId, amount };
  const answer = await send(
    world,
    'payContribution',
    async (tx) => await payContribution(tx, world.ground, form),
  );
  return answer === undefined ? 'no answer' : answer.ok ? 'ok' : answer.refusal.code;
}

/** To an hour after the grace of a round, with the machines' work done. */
export async function closing({ world }: Stage, number: number): Promise<void> {
  const rounds = await listRounds(world.db, townOf(world).cycleId);
  const round = rounds.find((one) => one.number === number);
  if (round === undefined) throw new Error(`the group has no round ${number}`);
  world.clock.set(new Date(round.closesAt.getTime() + HOUR_MS));
  await tontineNight(world);
  await tontineNight(world);
}

export async function voice({ world }: Stage, place: number): Promise<string[]> {
  const answers: string[] = [];
  for (const request of await listOpenRequests(world.db, townOf(world).groupId)) {
    const form = { ...as(world, saver(world, place)), requestId: request.id, voice: 'yes' } as const;
    const answer = await send(world, 'giveVoice', async (tx) => await giveVoice(tx, world.ground, form));
    answers.push(answer?.ok === true ? 'ok' : (answer?.refusal.code ?? 'no answer'));
  }
  return answers;
}

/** A death of today, asked for by the vice-president. */
async function mourn({ world }: Stage, place: number): Promise<void> {
  const form = {
    ...as(world, saver(world, 2)),
    claimId: world.ground.ids.next('aid'),
    membershipId: saver(world, place).membershipId,
    event: 'deuil',
    about: 'le père',
    happenedOn: dayAt(world.clock.now(), 'Africa/Abidjan'),
    proof: 'acte de décès 12',
  };
  await send(world, 'claimAid', async (tx) => await claimAid(tx, world.ground, form));
}

/** Everybody pays all they owe, in notes. */
export async function allInNotes({ world }: Stage, except?: number): Promise<void> {
  for (const [place, who] of townOf(world).savers.entries()) {
    if (place === except) continue;
    await bringNotes(world, who, await owedBy(world, who), 'confirm');
  }
}

export const TONTINE_SCENARIOS: readonly Scenario[] = [
  {
    id: 'T1',
    fault: 'the process dies after a contribution was committed, and its form is sent again',
    required: 'one contribution',
    play: async (stage) => {
      await open(stage);
      const { world } = stage;
      const before = await stage.available(0);
      const form = {
        ...as(world, saver(world, 0)),
        contributionId: world.ground.ids.next('ctr'),
        amount: 500n,
      };
      for (const dieAfter of [3, undefined, undefined]) {
        processOf(world, 0).dieAfter = dieAfter;
        await send(world, 'payContribution', async (tx) => await payContribution(tx, world.ground, form));
      }
      stage.must(before - (await stage.available(0)) === 500n, 'the contribution was not taken once');
    },
  },
  {
    id: 'T2',
    fault: 'a member pays more than is due, and the next round opens',
    required: 'the rest is their credit and settles the next due',
    play: async (stage) => {
      await open(stage);
      const { world } = stage;
      const owed = await owedBy(world, saver(world, 0));
      stage.must((await pay(stage, 0, owed + 300n)) === 'ok', 'the payment was refused');
      await closing(stage, 1);
      const next = await owedBy(world, saver(world, 0));
      stage.must(next === 200n + townOf(world).rules.solidarity.contribution, `${next} is due after credit`);
    },
  },
  {
    id: 'T3',
    fault: 'one member does not pay, and the guarantee fund stands in',
    required: 'the beneficiary is paid in full, and the late payment goes back to the fund',
    play: async (stage) => {
      await open(stage, { shortfall: 'guarantee' });
      await allInNotes(stage, 3);
      await closing(stage, 1);
      for (const place of [1, 2]) await voice(stage, place);
      const [payout] = await listPayouts(stage.world.db, townOf(stage.world).cycleId);
      stage.must(
        payout?.state === 'approved' && payout.cashWaiting === payout.amount,
        'the pot does not wait whole',
      );
    },
  },
  {
    id: 'T4',
    fault: 'everybody pays in notes, and the pot belongs to somebody with a wallet',
    required: 'notes are handed over; no wallet is credited from notes',
    play: async (stage) => {
      await open(stage);
      const before = await stage.available(0);
      await allInNotes(stage);
      await closing(stage, 1);
      for (const place of [1, 2]) await voice(stage, place);
      stage.must((await stage.available(0)) === before, 'a wallet was credited from notes');
      const { world } = stage;
      const [handout] = await listOpenHandouts(world.db, townOf(world).groupId);
      const form = { ...as(world, saver(world, 0)), handoutId: handout?.id ?? '' };
      const empty = await send(
        world,
        'handOverCash',
        async (tx) => await handOverCash(tx, world.ground, form),
      );
      stage.must(empty?.ok === false, 'a box gave what is not in it');
    },
  },
  {
    id: 'T5',
    fault: 'a pot is not whole, and money for the next round is there',
    required: 'only its own money is handed out',
    play: async (stage) => {
      await open(stage, { shortfall: 'pay-what-is-there', guaranteePerShare: 0n });
      const { world } = stage;
      for (const place of [0, 1]) await pay(stage, place, await owedBy(world, saver(world, place)));
      await closing(stage, 1);
      for (const place of [0, 1]) await pay(stage, place, await owedBy(world, saver(world, place)));
      for (const place of [1, 2]) await voice(stage, place);
      const [payout] = await listPayouts(world.db, townOf(world).cycleId);
      stage.must(payout?.walletPaid === 1_000n, `${payout?.walletPaid} was handed out for round 1`);
    },
  },
  {
    id: 'T6',
    fault: 'whoever is served answers the request for their own pot',
    required: 'no voice',
    play: async (stage) => {
      await open(stage);
      await allInNotes(stage);
      await closing(stage, 1);
      const [own] = await voice(stage, 0);
      stage.must(own === 'approval-voice-excluded', `the answer was ${own}`);
    },
  },
  {
    id: 'T7',
    fault: 'a pot waits for its last member, and the next round is paid by the others as well',
    required: 'no pot is paid with what another one waits with',
    play: async (stage) => {
      await open(stage, { shortfall: 'wait', guaranteePerShare: 0n }, false);
      for (const round of [1, 2]) {
        await allInNotes(stage, 3);
        await closing(stage, round);
        for (const place of [1, 2, 0]) await voice(stage, place);
      }
      const payouts = await listPayouts(stage.world.db, townOf(stage.world).cycleId);
      stage.must(
        payouts.length === 2 && payouts.every((one) => one.state === 'approved'),
        'the pots were not agreed to',
      );
      stage.must(
        payouts.every((one) => one.walletPaid + one.cashWaiting === 0n),
        'a pot was paid with the money of another one',
      );
    },
  },
  {
    id: 'T8',
    fault: 'a contribution is to be undone before its pot was handed out, and another one after',
    required: 'the first one goes back to its payer; the second one stays',
    play: async (stage) => {
      await open(stage, { guaranteePerShare: 0n, solidarity: { contribution: 0n, events: [] } }, false);
      const { world } = stage;
      const before = await stage.available(0);
      const owed = await owedBy(world, saver(world, 0));
      const [wrong, spent] = [world.ground.ids.next('ctr'), world.ground.ids.next('ctr')];
      await pay(stage, 0, owed, wrong);
      await askToUndo(world, saver(world, 1), wrong);
      await voice(stage, 2);
      stage.must((await stage.available(0)) === before, 'what was undone did not go back');
      await pay(stage, 0, owed, spent);
      await allInNotes(stage);
      await closing(stage, 1);
      for (const place of [1, 2]) await voice(stage, place);
      // Money of the next round lies in the pot, so only the round can tell that this one's is gone.
      for (const place of [0, 1]) await pay(stage, place, await owedBy(world, saver(world, place)));
      await askToUndo(world, saver(world, 1), spent);
      const answers = await voice(stage, 2);
      stage.must(answers.includes('contribution-spent'), `the answers were ${answers.join(', ')}`);
    },
  },
  {
    id: 'T9',
    fault: 'three families are in mourning in one day, and the solidarity fund has enough for two',
    required:
      'whoever has a wallet is helped there, whoever has no phone in notes, and the third one hears no',
    play: async (stage) => {
      const solidarity = {
        contribution: 100n,
        events: [{ kind: 'deuil', amount: 150n, afterMonths: 0 }],
      };
      await open(stage, { guaranteePerShare: 0n, solidarity }, false);
      const { world } = stage;
      for (const place of [0, 1]) await pay(stage, place, await owedBy(world, saver(world, place)));
      await allInNotes(stage);
      const before = await stage.available(1);
      for (const place of [1, 3, 0]) await mourn(stage, place);
      await voice(stage, 0);
      const answers = await voice(stage, 1);
      stage.must((await stage.available(1)) - before === 150n, 'help did not come into the wallet');
      const [handout] = await listOpenHandouts(world.db, townOf(world).groupId);
      stage.must(handout?.amount === 150n, 'help in notes is not waiting to be handed over');
      stage.must(answers.includes('aid-fund-short'), `the answers were ${answers.join(', ')}`);
    },
  },
];
