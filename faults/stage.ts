/**
 * Is where a fault is played on purpose: the same world as a universe, directed line by line.
 *
 * After the last line the world heals and rests like every universe, and all checks are made; a scenario adds only what
 * its own fault requires.
 */
import { seededChance } from '../src/ground/chance.ts';
import type { Db } from '../src/ground/postgres/database.ts';
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import type { Answer } from '../src/ground/refusal.ts';
import { sendWithOtpOnce } from '../src/rails/outbox/send-with-otp-once.ts';
import { cancelWithdrawal } from '../src/wallet/cancel-withdrawal.ts';
import { type BookedPayment, emptyBooks, listCallbacks, listEvents } from './books.rows.ts';
import { about } from './checks.ts';
import { type JobName, runJob } from './machine-steps.ts';
import { askWithdrawal, giveThePin, sendDeposit } from './people-steps.ts';
import { deliver } from './provider-steps.ts';
import type { TrueState, TrueTransaction } from './provider-truth.ts';
import { PIN, type Resident, settleResidents } from './residents.ts';
import { allElseIsStill, databaseIsBack, letPass, runOn } from './run-on.ts';
import { comeToRest, look } from './universe.ts';
import { FAIR, type MoveFault, type ReadFault, type Twist } from './weather.ts';
import { openWorld, processOf, type Rail, type World } from './world.ts';

export interface Scenario {
  /** As in the catalogue of faults. */
  readonly id: string;
  readonly fault: string;
  readonly required: string;
  readonly rail?: Rail;
  /** See `WorldOptions`. */
  readonly isRemote?: boolean;
  readonly play: (stage: Stage) => Promise<void>;
}

export interface Stage {
  readonly world: World;
  /** Somebody recharges; the payment's id. */
  deposit(
    amount: bigint,
    options?: { who?: number; method?: 'mtn_money' | 'orange_money'; paymentId?: string },
  ): Promise<string>;
  /** Recharges and settles, so that there is something to withdraw. */
  fund(amount: bigint, who?: number): Promise<string>;
  withdraw(amount: bigint, options?: { who?: number; paymentId?: string }): Promise<string>;
  cancel(id: string): Promise<Answer<unknown> | undefined>;
  otp(id: string, code: string): Promise<Answer<unknown> | undefined>;
  /** How the next calls go, in order. */
  next(...faults: (MoveFault | 'well')[]): void;
  nextRead(...faults: (ReadFault | 'well')[]): void;
  /** What the provider does to the payments that come next. */
  twist(...twists: Twist[]): void;
  job(job: JobName, place?: number): Promise<number | undefined>;
  send(): Promise<unknown>;
  follow(): Promise<unknown>;
  enquire(): Promise<unknown>;
  /** The provider's true transaction of a payment. */
  truth(id: string): TrueTransaction;
  decide(id: string, to: TrueState): void;
  /** The provider delivers everything that it has to tell. */
  callbacks(): Promise<void>;
  wait(duration_ms: number): Promise<void>;
  /** The database can be reached again. */
  databaseBack(): Promise<void>;
  letGo(): Promise<void>;
  payment(id: string): Promise<BookedPayment>;
  available(who?: number): Promise<bigint>;
  events(name: string): Promise<number>;
  callbackStates(): Promise<string[]>;
  /** Notes a violation unless it holds. */
  must(holds: boolean, sentence: string): void;
  state(id: string, wanted: string): Promise<void>;
}

/** Sentences that say what was violated; empty when the required outcome came. */
export async function playScenario(db: Db, scenario: Scenario): Promise<string[]> {
  await emptyBooks(db);
  const { id: seed, rail = 'jwt', isRemote = false } = scenario;
  const world = await openWorld(db, { seed, rail, feePolicy: 'wallet', isRemote });
  await settleResidents(world);
  for (const currency of ['XOF', 'XAF'] as const) world.truth.topUp(currency, 1_000_000n);
  const violations: string[] = [];
  await scenario.play(openStage(world, violations));
  const seen = await look(world);
  const rested = seen.length > 0 ? seen : await comeToRest(world);
  return [...violations, ...rested];
}

/** What the parts of a stage share. */
interface Backstage {
  readonly world: World;
  readonly violations: string[];
  readonly stage: () => Stage;
  readonly residentOf: (who?: number) => Resident;
  readonly refresh: () => Promise<void>;
}

function openStage(world: World, violations: string[]): Stage {
  const back: Backstage = {
    world,
    violations,
    stage: () => stage,
    residentOf(who = 0) {
      const found = world.residents[who];
      if (found === undefined) throw new Error(`there is no resident ${who}`);
      return found;
    },
    async refresh() {
      for (const failure of await look(world)) if (!violations.includes(failure)) violations.push(failure);
    },
  };
  const stage: Stage = { world, ...moneyActs(back), ...secondActs(back), ...direction(back), ...looks(back) };
  return stage;
}

/** What people do with money. */
function moneyActs({
  world,
  stage,
  residentOf,
  refresh,
}: Backstage): Pick<Stage, 'deposit' | 'fund' | 'withdraw'> {
  return {
    async deposit(amount, options = {}) {
      const paymentId = options.paymentId ?? world.ground.ids.next('pay');
      const form = {
        resident: residentOf(options.who),
        paymentId,
        method: options.method ?? 'mtn_money',
        amount,
      } as const;
      await runOn(
        world,
        processOf(world, 0),
        'requestDeposit',
        async (on) => await sendDeposit(world, on, form),
      );
      await refresh();
      return paymentId;
    },
    async fund(amount, who) {
      const id = await stage().deposit(amount, who === undefined ? {} : { who });
      for (let round = 0; round < 9 && (await stage().job('send')) !== 0; round++);
      stage().decide(id, 'success');
      await stage().callbacks();
      await stage().follow();
      await stage().state(id, 'succeeded');
      return id;
    },
    async withdraw(amount, options = {}) {
      const form = {
        resident: residentOf(options.who),
        paymentId: options.paymentId ?? world.ground.ids.next('pay'),
        amount,
      };
      const on = processOf(world, 0);
      const asked = await runOn(
        world,
        on,
        'requestWithdrawal',
        async () => await askWithdrawal(world, on, form),
      );
      // A browser that the person is known by: nothing waits.
      world.chance = seededChance('known browser');
      if (asked?.ok === true) await giveThePin(world, form, PIN, 1);
      await refresh();
      return form.paymentId;
    },
  };
}

/** What people do afterwards. */
function secondActs({ world, stage, refresh }: Backstage): Pick<Stage, 'cancel' | 'otp'> {
  return {
    cancel: async (paymentId) => {
      const payment = await stage().payment(paymentId);
      const answer = await runOn(
        world,
        processOf(world, 0),
        'cancelWithdrawal',
        async (on) =>
          await inTransaction(
            on.db,
            async (tx) => await cancelWithdrawal(tx, world.ground, { paymentId, personId: payment.owner }),
          ),
      );
      await refresh();
      return answer;
    },
    otp: async (id, code) => {
      const answer = await runOn(
        world,
        processOf(world, 0),
        'sendWithOtpOnce',
        async (on) => await sendWithOtpOnce(on.db, world.ground, on.rails, id, code),
      );
      await refresh();
      return answer;
    },
  };
}

/** What the network, the machines and the provider do. */
function direction({
  world,
  stage,
  refresh,
}: Backstage): Pick<
  Stage,
  'next' | 'nextRead' | 'twist' | 'job' | 'send' | 'follow' | 'enquire' | 'truth' | 'decide' | 'callbacks'
> {
  return {
    next: (...faults) => void world.network.nextMoves.push(...faults),
    nextRead: (...faults) => void world.network.nextReads.push(...faults),
    twist: (...twists) => {
      world.network.weather = { ...FAIR, ...Object.fromEntries(twists.map((twist) => [twist, 100])) };
    },
    async job(job, place = 1) {
      const done = await runOn(
        world,
        processOf(world, place),
        job,
        async (on) => await runJob(world, on, job),
      );
      await refresh();
      return done;
    },
    send: async () => await stage().job('send'),
    follow: async () => await stage().job('follow'),
    enquire: async () => await stage().job('enquire'),
    truth(id) {
      const payment = world.books.payments.find((one) => one.id === id);
      const [found] = about(world.truth, payment?.reference ?? '');
      if (found === undefined) throw new Error(`the provider knows nothing of ${id}`);
      return found;
    },
    decide: (id, to) => world.truth.change(stage().truth(id), to),
    async callbacks() {
      for (const one of world.truth.callbacks.filter((callback) => !callback.accepted))
        await deliver(world, one);
    },
  };
}

/** Time, and what can be seen. */
function looks({
  world,
  violations,
  stage,
  residentOf,
  refresh,
}: Backstage): Pick<
  Stage,
  'wait' | 'databaseBack' | 'letGo' | 'payment' | 'available' | 'events' | 'callbackStates' | 'must' | 'state'
> {
  return {
    async wait(duration_ms) {
      await letPass(world, duration_ms);
    },
    async databaseBack() {
      await databaseIsBack(world);
      await refresh();
    },
    async letGo() {
      world.network.release(0);
      await allElseIsStill();
      await refresh();
    },
    async payment(id) {
      await refresh();
      const found = world.books.payments.find((one) => one.id === id);
      if (found === undefined) throw new Error(`there is no payment ${id}`);
      return found;
    },
    async available(who) {
      await refresh();
      const { person } = residentOf(who);
      const found = world.books.accounts.find((one) => one.id.startsWith(`member:${person.id}:`));
      return found === undefined ? 0n : found.creditsPosted - found.debitsPosted - found.debitsPending;
    },
    events: async (name) => (await listEvents(world.db)).filter((event) => event.name === name).length,
    callbackStates: async () => (await listCallbacks(world.db)).map((one) => one.state),
    must(holds, sentence) {
      if (!holds) violations.push(sentence);
    },
    async state(id, wanted) {
      const { state, reason } = await stage().payment(id);
      stage().must(
        state === wanted,
        `expected ${wanted}, found ${state}${reason === undefined ? '' : ` (${reason})`}`,
      );
    },
  };
}
