/**
 * Measures contributions of people in many groups, from the proven PIN to the committed answer: shared by those of one
 * moment, as the product does it (`contribution-lane.ts`), against a transaction for each.
 *
 * Whoever posts holds the ledger until the disk has answered, so the same is measured with a disk that takes its time,
 * as those of most hosts do, and as a standby in another building does: the server sleeps before it flushes.
 */
import { sql } from 'kysely';
import { seededChance } from '../src/ground/chance.ts';
import { systemClock } from '../src/ground/clock.ts';
import type { Ground } from '../src/ground/ground.ts';
import { derivedUuid, makeIds } from '../src/ground/identifiers.ts';
import { accountId } from '../src/ground/ledger/account.ts';
import { openAccounts } from '../src/ground/ledger/open-accounts.ts';
import { postOrThrow } from '../src/ground/ledger/post-or-throw.ts';
import { answerInTransaction } from '../src/ground/postgres/answer-in-transaction.ts';
import type { Db, OpenDatabase } from '../src/ground/postgres/database.ts';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import { migrate } from '../src/ground/postgres/migrate.ts';
import { type Answer, invariant } from '../src/ground/refusal.ts';
import { findLastCycle } from '../src/tontine/cycles/cycle.rows.ts';
import type { Contribution } from '../src/tontine/rounds/contribution.ts';
import { type ContributionLane, openContributionLane } from '../src/tontine/rounds/contribution-lane.ts';
import { walletOf } from '../src/tontine/rounds/funds.ts';
import { payContribution } from '../src/tontine/rounds/pay-contribution.ts';
import { findGroupFaults } from '../src/tontine/testing/group-books.rows.ts';
import { expectSoundSums } from './books.ts';
import { type Payer, settlePeople } from './load/load-people.ts';
import { closedLoop, type Measured } from './measure.ts';
import { openMeasured } from './open-measured.ts';
import type { BenchWorld, OpenSection, Section } from './section.ts';
import { expectSoundBooks } from './town.ts';

const GROUPS = 200;
const QUICK_GROUPS = 20;
const MEMBERS = 12;
const CALLERS = 64;
/** As the product's own default. */
const CONNECTIONS = 10;
const SLOW_FLUSH_US = 5_000;
/** Small parts of what is due, so that nobody has paid all of it before the run ends. */
const PART = 25n;
const MONEY = 1_000_000n;
const FUNDED_AT_ONCE = 500;
/** Before anything is counted: until then the server knows these tables as empty ones. */
const WARM_S = 4;
const LOOKED_AT = 3;

export const CONTRIBUTE: Section = {
  name: 'contribute',
  cells: ['contribute-apart-64', 'contribute-64', 'contribute-apart-slow-disk', 'contribute-slow-disk'],
  open: openContributing,
};

async function openContributing(world: BenchWorld): Promise<OpenSection> {
  const url = await world.database('contributing');
  const open = openMeasured(url, CONNECTIONS);
  const slow = openMeasured(withSlowDisk(url), CONNECTIONS);
  const { db } = open;
  await migrate(db, systemClock);
  const chance = seededChance('contributing');
  const queue = { enqueue: async () => undefined };
  const ground: Ground = { clock: systemClock, chance, ids: makeIds(systemClock, chance), queue };
  const groups = world.options.quick ? QUICK_GROUPS : GROUPS;
  const stage = { open, ground, pinKey: new Uint8Array(32) };
  const payers = await settlePeople(stage, { groups, members: MEMBERS, pins: 'light' }, world.say);
  await fund(db, ground, payers);
  const ways = { apart: apart(db, ground), together: openContributionLane(db, ground) };
  const slowWays = { apart: apart(slow.db, ground), together: openContributionLane(slow.db, ground) };
  const cell = (way: ContributionLane) => async (seconds: number) =>
    await measure(ground, payers, way, seconds);
  await cell(ways.apart)(WARM_S);
  await analyse(open);
  return {
    cells: new Map([
      ['contribute-apart-64', cell(ways.apart)],
      ['contribute-64', cell(ways.together)],
      ['contribute-apart-slow-disk', cell(slowWays.apart)],
      ['contribute-slow-disk', cell(slowWays.together)],
    ]),
    check: async () => {
      await expectSoundSums(db);
      await expectSoundGroups(db, payers);
    },
    checkAll: async () => await expectSoundBooks(db),
    close: async () => {
      await slow.close();
      await open.close();
    },
  };
}

function withSlowDisk(url: string): string {
  const slow = new URL(url);
  slow.searchParams.set('options', `-c commit_delay=${SLOW_FLUSH_US} -c commit_siblings=0`);
  return slow.href;
}

/** A transaction for each, as it was before people shared one. */
function apart(db: Db, ground: Ground): ContributionLane {
  return async (asked): Promise<Answer<Contribution>> =>
    await answerInTransaction(db, async (tx) => await payContribution(tx, ground, asked));
}

async function measure(
  ground: Ground,
  payers: readonly Payer[],
  way: ContributionLane,
  seconds: number,
): Promise<Measured> {
  return await closedLoop(CALLERS, seconds, async () => {
    const payer = payers[ground.chance.below(payers.length)];
    invariant(payer !== undefined, 'nobody pays');
    const { groupId, personId } = payer;
    const paid = await way({ groupId, personId, contributionId: ground.ids.next('ctr'), amount: PART });
    return paid.ok ? 1 : 0;
  });
}

async function fund(db: Db, ground: Ground, payers: readonly Payer[]): Promise<void> {
  const float = accountId('float', 'bench', 'XOF');
  for (let from = 0; from < payers.length; from += FUNDED_AT_ONCE) {
    const wallets = payers
      .slice(from, from + FUNDED_AT_ONCE)
      .map(({ personId }) => walletOf(personId, 'XOF'));
    await inTransaction(db, async (tx) => {
      await openAccounts(tx, ground, [float, ...wallets]);
      const occurredAt = ground.clock.now();
      const funding = wallets.map((credit) => {
        const id = derivedUuid(ground.ids.next('pay'), 'credit');
        const journal = { id: ground.ids.next('jrn'), kind: 'deposit.settled', occurredAt };
        return { id, kind: 'single', debit: float, credit, amount: MONEY, journal } as const;
      });
      await postOrThrow(tx, ground, funding);
    });
  }
}

/** As the server does by itself where rows come in over hours and not in seconds. */
async function analyse({ db }: OpenDatabase): Promise<void> {
  await sql`analyze`.execute(db);
}

async function expectSoundGroups(db: Db, payers: readonly Payer[]): Promise<void> {
  const groups = [...new Set(payers.map(({ groupId }) => groupId))].slice(0, LOOKED_AT);
  for (const groupId of groups) {
    const cycle = await findLastCycle(db, groupId);
    invariant(cycle !== undefined, `${groupId} has no cycle`);
    const faults = await findGroupFaults(db, { groupId, cycleId: cycle.id });
    invariant(faults.length === 0, faults.join('; '));
  }
}
