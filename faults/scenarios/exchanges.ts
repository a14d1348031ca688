/**
 * Plays what can go wrong when turns are exchanged and shares are handed on. Afterwards the cycle must end with every
 * account at its value, whoever the shares belong to by then.
 */
import {
  approve,
  askToSubstitute,
  askToSwap,
  consentToSubstitution,
  consentToSwap,
} from '../exchange-steps.ts';
import type { Scenario } from '../stage.ts';
import { outcomeOf, saver } from '../tontine-acts.ts';
import { allInNotes, closing, open, pay, voice } from './tontines.ts';
import { owes, PLAIN, sell, shareOf } from './turns.ts';

export const EXCHANGE_SCENARIOS: readonly Scenario[] = [
  {
    id: 'T24',
    fault:
      'two turns are to be exchanged after one of their pots was asked for, and two after one was served',
    required: 'neither is',
    play: async (stage) => {
      const { world } = stage;
      await open(stage, PLAIN, false);
      const first = await askToSwap(
        world,
        saver(world, 1),
        (await shareOf(stage, 1)).id,
        (await shareOf(stage, 2)).id,
      );
      const firstId = first?.ok === true ? first.value.id : '';
      await consentToSwap(world, saver(world, 2), firstId, 'yes');
      const own = await approve(world, saver(world, 2), firstId);
      stage.must(own === 'swap-own', `whoever owns one of the turns was answered ${own}`);
      const done = await approve(world, saver(world, 0), firstId);
      stage.must(done === 'ok', `what both agreed to was answered ${done}`);
      const swap = await askToSwap(
        world,
        saver(world, 0),
        (await shareOf(stage, 0)).id,
        (await shareOf(stage, 1)).id,
      );
      const swapId = swap?.ok === true ? swap.value.id : '';
      const early = await approve(world, saver(world, 2), swapId);
      stage.must(early === 'swap-consent-missing', `without a yes it was answered ${early}`);
      await consentToSwap(world, saver(world, 1), swapId, 'yes');
      for (const place of [0, 1]) await pay(stage, place, await owes(stage, place));
      await allInNotes(stage);
      await closing(stage, 1);
      const asked = await approve(world, saver(world, 2), swapId);
      stage.must(asked === 'swap-decided', `after it was asked for it was answered ${asked}`);
      for (const place of [1, 2]) await voice(stage, place);
      const served = await approve(world, saver(world, 2), swapId);
      stage.must(served === 'swap-served', `after it was served it was answered ${served}`);
      const other = await askToSwap(
        world,
        saver(world, 2),
        (await shareOf(stage, 2)).id,
        (await shareOf(stage, 0)).id,
      );
      stage.must(other?.ok === false, `a pot on its way was offered: ${outcomeOf(other)}`);
    },
  },
  {
    id: 'T26',
    fault: 'one share is handed on by a member who has paid more than was due, another one with what it owes',
    required: 'the newcomer pays for what it has paid and owes the rest; the leaver gets the credit back',
    play: async (stage) => {
      const { world } = stage;
      await open(stage, PLAIN, false);
      await pay(stage, 0, 800n);
      const share = await shareOf(stage, 0);
      const made = await askToSubstitute(world, saver(world, 2), share.id, saver(world, 1));
      const id = made?.ok === true ? made.value.id : '';
      const before = [await stage.available(0), await stage.available(1)];
      for (const place of [0, 1]) await consentToSubstitution(world, saver(world, place), id, 'yes');
      await voice(stage, 2);
      const paid = (await stage.available(0)) - (before[0] ?? 0n);
      stage.must(paid === 500n, `the leaver was paid ${paid}`);
      const unpaid = await askToSubstitute(
        world,
        saver(world, 0),
        (await shareOf(stage, 2)).id,
        saver(world, 1),
      );
      const secondId = unpaid?.ok === true ? unpaid.value.id : '';
      for (const place of [1, 2]) await consentToSubstitution(world, saver(world, place), secondId, 'yes');
      await voice(stage, 0);
      await closing(stage, 1);
      const owed = await owes(stage, 1);
      stage.must(owed === 2_500n, `the newcomer owes ${owed}`);
    },
  },
  {
    id: 'T41',
    fault: 'two members who bought their turns exchange them',
    required: 'they do not: each has a price that is its owner’s own',
    play: async (stage) => {
      const { world } = stage;
      await open(stage, { ...PLAIN, order: 'auction-discount' }, false);
      for (const [place, price] of [100n, 300n].entries()) await sell(stage, place + 1, place, price);
      const shares = [(await shareOf(stage, 0)).id, (await shareOf(stage, 1)).id] as const;
      const swap = await askToSwap(world, saver(world, 0), ...shares);
      if (swap?.ok === true) {
        await consentToSwap(world, saver(world, 1), swap.value.id, 'yes');
        await approve(world, saver(world, 2), swap.value.id);
      }
      stage.must(outcomeOf(swap) === 'swap-decided', `the wish was answered ${outcomeOf(swap)}`);
    },
  },
];
