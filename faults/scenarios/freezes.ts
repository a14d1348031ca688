/**
 * Plays freezes: an operator stops a person, a number, a method or a direction while money is asked for, waits in line,
 * or waits for a code.
 */
import { MINUTE_MS } from '../../src/ground/clock.ts';
import { inTransaction } from '../../src/ground/postgres/in-transaction.ts';
import { type FreezeScope, insertFreeze } from '../../src/rails/payments/freeze.rows.ts';
import type { Direction } from '../../src/rails/provider.ts';
import { liftAll } from '../operator-steps.ts';
import { runOn } from '../run-on.ts';
import type { Scenario, Stage } from '../stage.ts';
import { processOf } from '../world.ts';

export const FREEZE_SCENARIOS: readonly Scenario[] = [
  {
    id: 'frozen deposits',
    fault: 'deposits are stopped while one waits in line, one waits for its code, and others are asked for',
    required: 'no phone rings; a new one is refused; what waited is sent once the freeze is lifted',
    play: async (stage) => {
      const waiting = await stage.deposit(5_000n);
      const coded = await stage.deposit(2_000n, { method: 'orange_money' });
      await freeze(stage, 'in', 'all', '*');
      await stage.send();
      const typed = await stage.otp(coded, '4321');
      stage.must(typed?.ok === false, 'a code was taken while deposits were frozen');
      stage.must(stage.world.truth.transactions.length === 0, 'a frozen deposit rang a phone');
      await liftAll(stage.world);
      const { person } = stage.world.residents[0] ?? {};
      for (const [scope, subject] of [
        ['owner', person?.id],
        ['phone', person?.phone],
        ['method', 'mtn_money'],
        ['all', '*'],
      ] as const) {
        await freeze(stage, 'in', scope, subject ?? '');
        await stage.deposit(1_000n);
        stage.must(stage.world.books.payments.length === 2, `a deposit was asked for in spite of "${scope}"`);
        await liftAll(stage.world);
      }
      await stage.wait(MINUTE_MS);
      await stage.send();
      await stage.state(waiting, 'pending');
    },
  },
  {
    id: 'frozen withdrawals',
    fault: 'a person’s withdrawals are stopped while one waits in line and another is asked for',
    required: 'nothing leaves and the hold stays; what waited is sent once the freeze is lifted',
    play: async (stage) => {
      await stage.fund(20_000n);
      const waiting = await stage.withdraw(5_000n);
      await freeze(stage, 'out', 'owner', stage.world.residents[0]?.person.id ?? '');
      const held = await stage.available();
      await stage.send();
      await stage.state(waiting, 'created');
      await stage.withdraw(1_000n);
      stage.must(
        stage.world.books.payments.length === 2,
        'a withdrawal was asked for in spite of the freeze',
      );
      stage.must((await stage.available()) === held, 'the hold did not stay');
      await liftAll(stage.world);
      await stage.wait(MINUTE_MS);
      await stage.send();
      await stage.state(waiting, 'pending');
    },
  },
];

async function freeze(
  stage: Stage,
  direction: Direction,
  scope: FreezeScope,
  subject: string,
): Promise<void> {
  const { ground } = stage.world;
  await runOn(stage.world, processOf(stage.world, 0), 'freeze', async (on) => {
    await inTransaction(
      on.db,
      async (tx) =>
        await insertFreeze(tx, {
          id: ground.ids.next('frz'),
          scope,
          subject,
          direction,
          reason: 'a look at it',
          createdBy: 'operator Ama',
          createdAt: ground.clock.now(),
        }),
    );
  });
  // So that whoever lifts knows of it.
  await stage.available();
}
