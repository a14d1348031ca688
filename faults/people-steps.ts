/**
 * Lets people do what people do: recharge, withdraw, click twice, type wrong codes and PINs, change their minds.
 *
 * Each act is the production act behind the production form. What a person must never get (two answers for one form,
 * money for a wrong PIN) is judged on the spot.
 */
import { inTransaction } from '../src/ground/postgres/in-transaction.ts';
import type { Answer } from '../src/ground/refusal.ts';
import { sendWithOtpOnce } from '../src/rails/outbox/send-with-otp-once.ts';
import type { Method } from '../src/rails/provider.ts';
import { cancelWithdrawal } from '../src/wallet/cancel-withdrawal.ts';
import { confirmWithdrawal } from '../src/wallet/confirm-withdrawal.ts';
import { quoteDeposit } from '../src/wallet/quote-deposit.ts';
import { quoteWithdrawal } from '../src/wallet/quote-withdrawal.ts';
import { requestDeposit } from '../src/wallet/request-deposit.ts';
import { requestWithdrawal } from '../src/wallet/request-withdrawal.ts';
import { walletAccount } from '../src/wallet/wallet.ts';
import { WITHDRAWAL_POLICY } from '../src/wallet/withdrawal-policy.ts';
import { count } from './coverage.ts';
import type { Process } from './crash.ts';
import { happens, maybeOneOf, oneOf } from './dice.ts';
import { listOpenPayments } from './listed.ts';
import { PIN, quickHasher, type Resident } from './residents.ts';
import { runOn } from './run-on.ts';
import { processOf, type World } from './world.ts';

const AMOUNTS = [1_000n, 2_000n, 5_000n, 5_000n, 10_000n, 25_000n, 150_000n];

export interface DepositForm {
  readonly resident: Resident;
  readonly paymentId: string;
  readonly method: Method;
  readonly amount: bigint;
}

export async function deposit(world: World): Promise<void> {
  const resident = oneOf(world.chance, world.residents);
  const isFromCameroon = resident.person.country === 'CM';
  const method = isFromCameroon || happens(world.chance, 70) ? 'mtn_money' : 'orange_money';
  const amount = oneOf(world.chance, AMOUNTS);
  const form = { resident, paymentId: world.ground.ids.next('pay'), method, amount } as const;
  const times = happens(world.chance, 20) ? 3 : 1;
  world.story.push(
    `${resident.name} recharges ${amount} by ${method}${times > 1 ? `, clicking ${times} times` : ''}`,
  );
  const place = world.chance.below(2);
  const answers: (Answer<string> | undefined)[] = [];
  for (let click = 0; click < times; click++)
    answers.push(
      await runOn(
        world,
        processOf(world, place),
        'requestDeposit',
        async (on) => await sendDeposit(world, on, form),
      ),
    );
  sameAnswer(world, form.paymentId, answers);
  if (happens(world.chance, 10)) {
    const other = { ...form, amount: amount + 500n };
    const answer = await runOn(
      world,
      processOf(world, place),
      'requestDeposit',
      async (on) => await sendDeposit(world, on, other),
    );
    if (answer?.ok === true && answers.some((one) => one?.ok === true))
      world.surprises.push(`the form of ${form.paymentId} was taken twice with different amounts`);
  }
}

export async function sendDeposit(world: World, on: Process, form: DepositForm): Promise<Answer<string>> {
  const { person } = form.resident;
  const quote = await quoteDeposit(on.rails, {
    owner: person,
    payerCountry: person.country,
    method: form.method,
    amount: String(form.amount),
  });
  if (!quote.ok) return quote;
  const answer = await inTransaction(
    on.db,
    async (tx) =>
      await requestDeposit(tx, world.ground, on.rails, {
        owner: person,
        paymentId: form.paymentId,
        phone: person.phone,
        quote: quote.value,
      }),
  );
  noteAnswer(world, 'requestDeposit', answer);
  return answer;
}

/** A double click is the same payment with the same answer; a first that failed may succeed the next time. */
function sameAnswer(world: World, paymentId: string, answers: readonly (Answer<string> | undefined)[]): void {
  const first = answers.findIndex((answer) => answer?.ok === true);
  if (first === -1) return;
  for (const answer of answers.slice(first)) {
    if (answer === undefined || (answer.ok && answer.value === paymentId)) continue;
    // The list of services may be out of reach between two clicks; what was done stays done.
    if (!answer.ok && answer.refusal.code.startsWith('deposit-method')) continue;
    world.surprises.push(
      `a second click on the form of ${paymentId} got ${answer.ok ? answer.value : answer.refusal.code}`,
    );
  }
}

export async function typeCode(world: World): Promise<void> {
  const waiting = listOpenPayments(world, 'in', ['action-required']);
  const payment = maybeOneOf(world.chance, waiting);
  if (payment === undefined) return;
  // The provider takes a code that begins with 0 for a wrong one.
  const otp = happens(world.chance, 30) ? '0000' : '4321';
  const twice = happens(world.chance, 20);
  world.story.push(`somebody types the code ${otp} for ${payment.reference}${twice ? ', twice' : ''}`);
  for (let click = 0; click < (twice ? 2 : 1); click++) {
    const answer = await runOn(
      world,
      processOf(world, 0),
      'sendWithOtpOnce',
      async (on) => await sendWithOtpOnce(on.db, world.ground, on.rails, payment.id, otp),
    );
    noteAnswer(world, 'sendWithOtpOnce', answer);
  }
}

export interface WithdrawalForm {
  readonly resident: Resident;
  readonly paymentId: string;
  readonly amount: bigint;
}

export async function withdraw(world: World): Promise<void> {
  const resident = oneOf(world.chance, world.residents);
  const amount = oneOf(world.chance, AMOUNTS);
  const form: WithdrawalForm = { resident, paymentId: world.ground.ids.next('pay'), amount };
  world.story.push(`${resident.name} withdraws ${amount}`);
  const on = processOf(world, world.chance.below(2));
  const asked = await runOn(world, on, 'requestWithdrawal', async () => await askWithdrawal(world, on, form));
  if (asked?.ok !== true) return;
  await giveThePin(world, form, PIN, happens(world.chance, 20) ? 2 : 1);
}

export async function askWithdrawal(
  world: World,
  on: Process,
  form: WithdrawalForm,
): Promise<Answer<unknown>> {
  const { person } = form.resident;
  const available = availableOf(world, walletAccount(person));
  const quote = await quoteWithdrawal(on.rails, WITHDRAWAL_POLICY, {
    owner: person,
    destinationCountry: person.country,
    method: 'mtn_money',
    amount: String(form.amount),
    available,
  });
  if (!quote.ok) {
    noteAnswer(world, 'quoteWithdrawal', quote);
    return quote;
  }
  const { paymentId } = form;
  const answer = await inTransaction(
    on.db,
    async (tx) =>
      await requestWithdrawal(tx, world.ground, {
        person,
        paymentId,
        phone: person.phone,
        quote: quote.value,
      }),
  );
  noteAnswer(world, 'requestWithdrawal', answer);
  return answer;
}

export async function giveThePin(
  world: World,
  form: WithdrawalForm,
  pin: string,
  times: number,
): Promise<void> {
  const answers: Answer<{ id: string }>[] = [];
  for (let click = 0; click < times; click++) {
    const answer = await runOn(
      world,
      processOf(world, 0),
      'confirmWithdrawal',
      async (on) =>
        await confirmWithdrawal(on.db, world.ground, on.rails, {
          personId: form.resident.person.id,
          paymentId: form.paymentId,
          pin,
          hasher: quickHasher,
          // Sometimes from a browser that nobody has seen: the money then waits for a day.
          deviceToken: happens(world.chance, 15) ? undefined : form.resident.deviceToken,
          policy: WITHDRAWAL_POLICY,
        }),
    );
    noteAnswer(world, 'confirmWithdrawal', answer);
    if (answer !== undefined) answers.push(answer);
  }
  if (pin !== PIN && answers.some((answer) => answer.ok))
    world.surprises.push(`a wrong PIN moved the money of ${form.paymentId}`);
  const firstYes = answers.findIndex((answer) => answer.ok);
  if (
    firstYes >= 0 &&
    answers.slice(firstYes).some((answer) => !answer.ok && !answer.refusal.code.startsWith('pin-'))
  )
    world.surprises.push(`the same withdrawal form ${form.paymentId} got two answers`);
}

/** The same form of a payment that exists, again: it must change nothing. */
export async function confirmAgain(world: World): Promise<void> {
  const payment = maybeOneOf(
    world.chance,
    world.books.payments.filter((one) => one.direction === 'out'),
  );
  const resident = world.residents.find((one) => one.person.id === payment?.owner);
  if (payment === undefined || resident === undefined) return;
  world.story.push(`${resident.name} sends the form of ${payment.reference} again`);
  await giveThePin(world, { resident, paymentId: payment.id, amount: payment.amount }, PIN, 1);
}

export async function wrongPin(world: World): Promise<void> {
  const resident = oneOf(world.chance, world.residents);
  const form = { resident, paymentId: world.ground.ids.next('pay'), amount: oneOf(world.chance, AMOUNTS) };
  world.story.push(`somebody tries a wrong PIN for ${resident.name}`);
  const on = processOf(world, 0);
  const asked = await runOn(world, on, 'requestWithdrawal', async () => await askWithdrawal(world, on, form));
  if (asked?.ok === true) await giveThePin(world, form, '9157', 1 + world.chance.below(3));
}

export async function cancel(world: World): Promise<void> {
  const payment = maybeOneOf(
    world.chance,
    world.books.payments.filter((one) => one.direction === 'out'),
  );
  if (payment === undefined) return;
  world.story.push(`the owner of ${payment.reference} (${payment.state}) calls it off`);
  const answer = await runOn(
    world,
    processOf(world, 0),
    'cancelWithdrawal',
    async (on) =>
      await inTransaction(
        on.db,
        async (tx) =>
          await cancelWithdrawal(tx, world.ground, { paymentId: payment.id, personId: payment.owner }),
      ),
  );
  noteAnswer(world, 'cancelWithdrawal', answer);
}

export function availableOf(world: World, account: string): bigint {
  const found = world.books.accounts.find((one) => one.id === account);
  return found === undefined ? 0n : found.creditsPosted - found.debitsPosted - found.debitsPending;
}

export function noteAnswer(world: World, act: string, answer: Answer<unknown> | undefined): void {
  if (answer === undefined) return;
  count(world.coverage, answer.ok ? `${act} yes` : `${act} ${answer.refusal.code}`);
  if (!answer.ok) world.story.push(`  → ${answer.refusal.code}`);
}
