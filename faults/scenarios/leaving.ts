/**
 * Plays what can go wrong when a member leaves, dies or stops paying, on purpose. Afterwards everybody pays and the cycle
 * must end with every account at its value.
 */

import { readBalance } from '../../src/ground/ledger/balance.ts';
import { listShares } from '../../src/tontine/cycles/share.rows.ts';
import type { Rules } from '../../src/tontine/groups/rules.ts';
import { listDefaults } from '../../src/tontine/members/default.rows.ts';
import { listExits } from '../../src/tontine/members/exit.rows.ts';
import { boxAccount } from '../../src/tontine/rounds/funds.ts';
import { giveNotes } from '../../src/tontine/rounds/give-notes.ts';
import { listRounds } from '../../src/tontine/rounds/round.rows.ts';
import { takeNotes } from '../../src/tontine/rounds/take-notes.ts';
import { askToLeave, sayItOwes, standFor, tellDeath } from '../leaving-steps.ts';
import type { Scenario, Stage } from '../stage.ts';
import { agree, as, owedBy, saver, send, townOf } from '../tontine-acts.ts';
import { askToUndo, bringNotes, handOver } from '../tontine-steps.ts';
import type { Saver } from '../tontine-town.ts';
import type { World } from '../world.ts';
import { allInNotes, closing, open, pay, voice } from './tontines.ts';

const PLAIN: Partial<Rules> = {
  guaranteePerShare: 0n,
  approvals: { payout: 2, other: 2 },
  solidarity: { contribution: 0n, events: [] },
};

async function shareOf({ world }: Stage, place: number) {
  const own = saver(world, place).membershipId;
  const share = (await listShares(world.db, townOf(world).cycleId)).find((one) => one.membershipId === own);
  if (share === undefined) throw new Error(`saver ${place} has no share`);
  return share;
}

/** Everybody's dues are paid from the two wallets that were filled. */
async function allFromWallets(stage: Stage, except?: number): Promise<void> {
  for (const place of [0, 1, 2, 3]) {
    if (place === except) continue;
    const owed = await owedBy(stage.world, saver(stage.world, place));
    await pay(stage, place === 1 ? 1 : 0, owed, undefined, place);
  }
}

/** All that is in one keeper's box goes into another one's. */
async function giveAll({ world }: Stage, from: number, to: number): Promise<void> {
  const [giver, taker] = [saver(world, from), saver(world, to)];
  const amount = await inBox(world, giver);
  if (amount === 0n) return;
  const handoverId = world.ground.ids.next('hov');
  const given = { ...as(world, giver), handoverId, toId: taker.membershipId, amount };
  await send(world, 'giveNotes', async (tx) => await giveNotes(tx, world.ground, given));
  const taken = { ...as(world, taker), handoverId, answer: 'yes' } as const;
  await send(world, 'takeNotes', async (tx) => await takeNotes(tx, world.ground, taken));
}

async function inBox(world: World, keeper: Saver): Promise<bigint> {
  const box = boxAccount(townOf(world).groupId, keeper.personId ?? '', 'XOF');
  return (await readBalance(world.db, box))?.posted ?? 0n;
}

export const LEAVING_SCENARIOS: readonly Scenario[] = [
  {
    id: 'T10',
    fault: 'what a leaver has paid is to be undone after their refund was agreed to',
    required: 'no: it would be given back twice',
    play: async (stage) => {
      await open(stage, PLAIN, false);
      const { world } = stage;
      const paid = world.ground.ids.next('ctr');
      await allInNotes(stage, 1);
      await pay(stage, 1, await owedBy(world, saver(world, 1)), paid);
      await closing(stage, 1);
      await agree(world);
      // What is left of the others' notes leaves the treasurer's box first.
      await handOver(world);
      await giveAll(stage, 1, 0);
      const answer = await askToLeave(world, saver(world, 1), saver(world, 1));
      stage.must(answer === 'ok', `the exit was answered ${answer}`);
      await agree(world);
      const [exit] = await listExits(world.db, townOf(world).cycleId);
      stage.must(exit?.state === 'approved' && exit.refund === 500n, `the exit is ${exit?.state}`);
      await askToUndo(world, saver(world, 2), paid);
      const answers = await voice(stage, 0);
      stage.must(answers.includes('contribution-settled'), `the answers were ${answers.join(', ')}`);
    },
  },
  {
    id: 'T11',
    fault: 'a defaulter pays all between the declaration and the voices that let a guarantor pay',
    required: 'the guarantor keeps their money',
    play: async (stage) => {
      await open(stage, { ...PLAIN, defaultCover: ['guarantor'], shortfall: 'wait' }, false);
      const { world } = stage;
      await standFor(world, saver(world, 1), (await shareOf(stage, 0)).id);
      await allFromWallets(stage);
      await closing(stage, 1);
      await agree(world);
      await allFromWallets(stage, 0);
      await closing(stage, 2);
      await sayItOwes(world, saver(world, 1), await shareOf(stage, 0));
      stage.must((await shareOf(stage, 0)).state === 'defaulted', 'the default was not declared');
      await bringNotes(world, saver(world, 0), (await owedBy(world, saver(world, 0))) + 1_000n, 'confirm');
      await agree(world);
      const [declared] = await listDefaults(world.db, townOf(world).cycleId);
      stage.must(declared?.covered === 0n, `the guarantor paid ${declared?.covered} of what was paid`);
    },
  },
  {
    id: 'T12',
    fault: 'the treasurer wants to leave with the group’s notes in their box, and dies in place of it',
    required: 'no; and two others bring the notes back, once',
    play: async (stage) => {
      await open(stage, PLAIN, false);
      const { world } = stage;
      const [president, treasurer, deputy] = [saver(world, 0), saver(world, 1), saver(world, 2)];
      await bringNotes(world, president, 500n, 'confirm');
      await bringNotes(world, treasurer, 500n, 'confirm');
      const answer = await askToLeave(world, treasurer, treasurer);
      stage.must(answer === 'member-keeps-notes', `the exit was answered ${answer}`);
      await tellDeath(world, treasurer, undefined);
      const amount = await inBox(world, treasurer);
      const handoverId = world.ground.ids.next('hov');
      const given = {
        ...as(world, president),
        handoverId,
        fromId: treasurer.membershipId,
        toId: deputy.membershipId,
        amount,
      };
      const taken = { ...as(world, deputy), handoverId, answer: 'yes' } as const;
      for (const _ of [1, 2]) {
        await send(world, 'giveNotes', async (tx) => await giveNotes(tx, world.ground, given));
        await send(world, 'takeNotes', async (tx) => await takeNotes(tx, world.ground, taken));
      }
      const left = await inBox(world, treasurer);
      stage.must(amount === 500n && left === 0n, `${left} of ${amount} is left in the box of the dead`);
    },
  },
  {
    id: 'T13',
    fault: 'somebody dies before their pot, with a next of kin who has a wallet',
    required: 'others pay what the dead owes, and the pot comes into the wallet of the next of kin',
    play: async (stage) => {
      await open(stage, PLAIN, false);
      const { world } = stage;
      await tellDeath(world, saver(world, 3), '+2250505050505');
      const before = await stage.available(1);
      const rounds = await listRounds(world.db, townOf(world).cycleId);
      for (const round of rounds) {
        await allFromWallets(stage);
        await closing(stage, round.number);
        await agree(world);
        await handOver(world);
      }
      // Their own turn is even; more is the pot of the dead.
      const gained = (await stage.available(1)) - before;
      stage.must(gained === 2_000n, `the next of kin has ${gained} more`);
    },
  },
  {
    id: 'T14',
    fault: 'a leaver had paid into two pots, and the two who had them give back one after the other',
    required: 'each part comes to the leaver once',
    play: async (stage) => {
      await open(stage, PLAIN, false);
      const { world } = stage;
      for (const round of [1, 2]) {
        await allFromWallets(stage);
        await closing(stage, round);
        await agree(world);
      }
      const answer = await askToLeave(world, saver(world, 2), saver(world, 2));
      stage.must(answer === 'ok', `the exit was answered ${answer}`);
      await agree(world);
      // The next round is open and comes first; what goes beyond it is given back.
      for (const place of [0, 1]) {
        await pay(stage, place, await owedBy(world, saver(world, place)));
        const [exit] = await listExits(world.db, townOf(world).cycleId);
        const back = 500n * BigInt(place + 1);
        stage.must(exit?.refundedWallet === back, `${exit?.refundedWallet} of ${back} came back`);
      }
    },
  },
];
