/**
 * Plays one universe from its seed: a safe start, a stormy time, then healing, quiet weeks and the last look.
 *
 * The books are checked after every step, so that a failure names the step that made it. The same seed and the same
 * steps give the same universe to the byte; its digest says so.
 */
import { createHash } from 'node:crypto';
import { seededChance } from '../src/ground/chance.ts';
import { DAY_MS } from '../src/ground/clock.ts';
import { readTrialBalance } from '../src/ground/ledger/trial-balance.ts';
import { verifyChain } from '../src/ground/ledger/verify-chain.ts';
import type { Db } from '../src/ground/postgres/database.ts';
import { listAstray } from '../src/rails/payments/not-succeeded.rows.ts';
import { type Books, emptyBooks, listEvents, readBooks } from './books.rows.ts';
import { checkBooks } from './checks.ts';
import { type Coverage, count } from './coverage.ts';
import { happens, oneOf, weighed } from './dice.ts';
import * as machine from './machine-steps.ts';
import { checkMessages } from './message-checks.ts';
import { bringFloat, decideReview, liftAll, operators } from './operator-steps.ts';
import * as people from './people-steps.ts';
import { hasPotters, settlePotters } from './potters.ts';
import * as provider from './provider-steps.ts';
import { checkQuiet } from './quiet-checks.ts';
import { settleResidents } from './residents.ts';
import { allElseIsStill, databaseIsBack, letPass, runOn, textOf } from './run-on.ts';
import { decideSecond, listOpenSeconds } from './second-payment-steps.ts';
import { checkStatement } from './statement-checks.ts';
import { planOf, type Step, type StepKind } from './story.ts';
import { otherKeys, strangeCallback } from './strange-steps.ts';
import { checkTontine } from './tontine-checks.ts';
import { endTontine, quietDay } from './tontine-rest.ts';
import { TONTINE_STEPS } from './tontine-steps.ts';
import { hasTontine } from './tontine-story.ts';
import { drawOrder, settleTontine } from './tontine-town.ts';
import { drawWeather, FAIR, type Weather } from './weather.ts';
import { openWorld, processOf, type Rail, type World } from './world.ts';

export interface Ending {
  readonly seed: string;
  /** Sentences that say what was violated; empty when all is well. */
  readonly failures: readonly string[];
  /** The step after which it was seen; nothing when it was seen at the end. */
  readonly failedAt: number | undefined;
  readonly story: readonly string[];
  readonly coverage: Coverage;
  readonly before: Books;
  readonly after: Books;
  /** SHA-256 of everything that happened. */
  readonly digest: string;
  readonly steps: number;
}

export interface Play {
  readonly seed: string;
  /** The steps to play; by default those of the seed. */
  readonly steps?: readonly Step[];
  /** The rates of the faults; by default those of the seed. */
  readonly weather?: Weather;
}

export async function playUniverse(db: Db, play: Play): Promise<Ending> {
  await emptyBooks(db);
  const { seed } = play;
  const chance = seededChance(`${seed} world`);
  const rail: Rail = weighed(chance, { jwt: 60, 'api-key': 15, idempotent: 25 });
  const feePolicy = oneOf(chance, ['wallet', 'wallet', 'payer', 'platform'] as const);
  const world = await openWorld(db, { seed, rail, feePolicy });
  const weather = play.weather ?? drawWeather(seededChance(`${seed} weather`));
  count(world.coverage, `rail ${rail}`);
  count(world.coverage, `fee policy ${feePolicy}`);
  await settleResidents(world);
  for (let times = 0; times < 3; times++) bringFloat(world);
  await fundResidents(world);
  if (hasTontine(seed)) await settleTontine(world, drawOrder(seed));
  if (hasPotters(seed)) await settlePotters(world);
  world.network.weather = weather;
  const steps = play.steps ?? planOf(seed);
  let before = world.books;
  for (const step of steps) {
    before = world.books;
    const failures = await playStep(world, step);
    if (failures.length > 0) return ending(world, steps, before, failures, step.place);
  }
  before = world.books;
  return ending(world, steps, before, await comeToRest(world), undefined);
}

/** Everybody gets some money, so that there is something to lose, and at the end something to settle with. */
async function fundResidents(world: World): Promise<void> {
  const earlier = new Set(world.truth.transactions);
  for (const resident of world.residents) {
    const paymentId = world.ground.ids.next('pay');
    const form = { resident, paymentId, method: 'mtn_money', amount: 60_000n } as const;
    await runOn(world, processOf(world, 0), 'fund', async (on) => await people.sendDeposit(world, on, form));
  }
  const worker = processOf(world, 1);
  await runOn(world, worker, 'send', async () => await machine.runJob(world, worker, 'send'));
  for (const transaction of world.truth.transactions)
    if (!earlier.has(transaction)) provider.become(world, transaction, 'success');
  await tellAll(world);
  await runOn(world, worker, 'follow', async () => await machine.runJob(world, worker, 'follow'));
  world.books = await readBooks(world.db);
}

async function playStep(world: World, step: Step): Promise<string[]> {
  world.chance = seededChance(`${world.seed} step ${step.place}`);
  if (world.processes.some((one) => one.isCutOff) && happens(world.chance, 60)) await databaseIsBack(world);
  await letPass(world, 1 + world.chance.below(900));
  count(world.coverage, `step ${step.kind}`);
  world.story.push(`[${step.place}] ${step.kind}`);
  await STEPS[step.kind](world);
  return await look(world);
}

const STEPS: Readonly<Record<StepKind, (world: World) => Promise<void> | void>> = {
  deposit: people.deposit,
  'type-code': people.typeCode,
  withdraw: people.withdraw,
  'confirm-again': people.confirmAgain,
  'wrong-pin': people.wrongPin,
  cancel: people.cancel,
  'payers-decide': provider.payersDecide,
  'mind-changes': provider.mindChanges,
  'callbacks-come': provider.callbacksCome,
  'callback-again': provider.callbackAgain,
  'strange-callback': strangeCallback,
  'other-keys': otherKeys,
  forger: provider.forger,
  send: async (world) => await machine.work(world, 'send'),
  follow: async (world) => await machine.work(world, 'follow'),
  enquire: async (world) => await machine.work(world, 'enquire'),
  together: machine.together,
  'let-go': machine.letGo,
  crash: machine.crash,
  operators,
  'database-away': machine.databaseAway,
  'time-passes': machine.timePasses,
  ...TONTINE_STEPS,
};

/** Reads the books and judges them, together with what was thrown and answered meanwhile. */
export async function look(world: World): Promise<string[]> {
  world.books = await readBooks(world.db);
  for (const payment of world.books.payments) {
    count(world.coverage, `state ${payment.direction} ${payment.state}`);
    if (payment.reason !== undefined) count(world.coverage, `reason ${payment.reason}`);
  }
  return [...world.surprises, ...checkBooks(world.books, world.truth), ...(await checkTontine(world))];
}

/** Heals everything, lets weeks pass, has people decide what only they can, and looks a last time. */
export async function comeToRest(world: World): Promise<string[]> {
  world.story.push('[end] all faults heal');
  world.chance = seededChance(`${world.seed} end`);
  world.network.weather = FAIR;
  // Faults that were ordered and never met would park a call when nobody is left to let it go.
  world.network.nextMoves.length = 0;
  world.network.nextReads.length = 0;
  await databaseIsBack(world);
  while (world.network.release(0)) await allElseIsStill();
  await Promise.all(world.running);
  for (const transaction of world.truth.transactions) transaction.word = undefined;
  await liftAll(world);
  world.truth.topUp('XOF', 10_000_000n);
  world.truth.topUp('XAF', 10_000_000n);
  let round = 0;
  await machine.quiet(world, async () => {
    round += 1;
    if (round % 2 === 1) provider.payersDecide(world);
    await tellAll(world);
    if (round % 3 === 0) await decideAll(world);
    await quietDay(world);
  });
  // Equal withdrawals stand in line: each leaves when the one before it has found its end.
  for (let day = 0; day < LONGEST_LINE && (await somebodyIsInLine(world)); day++)
    await machine.quietly(world, DAY_MS, async () => {
      provider.payersDecide(world);
      await tellAll(world);
      await decideAll(world);
    });
  // Whoever lies on notes needs a wallet to pay with what they are worth.
  if (world.tontine !== undefined) await fundResidents(world);
  await endTontine(world);
  const failures = await look(world);
  if (failures.length > 0) return failures;
  const chain = await verifyChain(world.db);
  const balance = await readTrialBalance(world.db);
  return [
    ...checkQuiet(world.books, world.truth, world.coverage),
    ...(chain.ok ? [] : [`the hash chain breaks at ${chain.brokenSeq}: ${chain.reason}`]),
    ...(balance.balanced ? [] : ['the trial balance does not balance']),
    ...(await listAstray(world.db)).map((id) => `${id} is not found by what it is`),
    ...(await checkStatement(world)),
    ...(await checkMessages(world)),
  ];
}

/** Days; longer than the longest line that was ever drawn. */
const LONGEST_LINE = 30;

async function somebodyIsInLine(world: World): Promise<boolean> {
  world.books = await readBooks(world.db);
  return world.books.payments.some((one) => one.state === 'created' || one.state === 'pending');
}

async function tellAll(world: World): Promise<void> {
  for (const callback of world.truth.callbacks.filter((one) => !one.accepted))
    await provider.deliver(world, callback);
}

async function decideAll(world: World): Promise<void> {
  world.books = await readBooks(world.db);
  await liftAll(world);
  for (const review of world.books.reviews) await decideReview(world, review.id, false);
  for (const second of listOpenSeconds(world)) await decideSecond(world, second, false);
}

async function ending(
  world: World,
  steps: readonly Step[],
  before: Books,
  failures: readonly string[],
  failedAt: number | undefined,
): Promise<Ending> {
  await databaseIsBack(world);
  while (world.network.release(0)) await allElseIsStill();
  await Promise.all(world.running);
  const events = await listEvents(world.db).catch((error: unknown) => [
    { name: textOf(error), subject: '', facts: {} },
  ]);
  for (const event of events) count(world.coverage, `event ${event.name}`);
  for (const transfer of world.books.transfers) count(world.coverage, `journal ${transfer.journalKind}`);
  const whole = [...world.story, ...events.map((event) => JSON.stringify(event)), text(world.books)];
  return {
    seed: world.seed,
    failures,
    failedAt,
    story: world.story,
    coverage: world.coverage,
    before,
    after: world.books,
    digest: createHash('sha256').update(whole.join('\n')).digest('hex'),
    steps: steps.length,
  };
}

function text(books: Books): string {
  return JSON.stringify(books, (_name, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}
