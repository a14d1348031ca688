/**
 * Is a group for tests: people with wallets, founded, joined and started through the production acts.
 *
 * The PIN is left out of most payments, because thousands of them prove nothing about argon2; whoever wants it calls
 * `contribute` itself.
 */

import type { HandClock } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import { derivedUuid } from '../../ground/identifiers.ts';
import { type AccountId, accountId } from '../../ground/ledger/account.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import { openAccount } from '../../ground/ledger/open-account.ts';
import { postOrThrow } from '../../ground/ledger/post-or-throw.ts';
import type { Currency } from '../../ground/money/currency.ts';
import { answerInTransaction } from '../../ground/postgres/answer-in-transaction.ts';
import type { Db, Engine, Tx } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { type Answer, invariant } from '../../ground/refusal.ts';
import { freshDatabase, type RememberingQueue, testGround } from '../../ground/testing/fresh-database.ts';
import { findPerson, insertPerson } from '../../people/person.rows.ts';
import type { Person } from '../../people/person.ts';
import { listOpenRequests } from '../approvals/approval-request.rows.ts';
import { expireApprovalsOnce } from '../approvals/expire-approvals-once.ts';
import { giveVoice } from '../approvals/give-voice.ts';
import { calendarDay } from '../cycles/calendar-day.ts';
import { changeShares } from '../cycles/change-shares.ts';
import { fixOrder } from '../cycles/fix-order.ts';
import { formCycle } from '../cycles/form-cycle.ts';
import { type RunningCycle, runningCycle } from '../cycles/running-cycle.ts';
import { listShares, type Share } from '../cycles/share.rows.ts';
import { startCycle } from '../cycles/start-cycle.ts';
import { levyPenaltiesOnce } from '../discipline/levy-penalties-once.ts';
import { lookIn } from '../groups/enter-group.ts';
import { foundGroup } from '../groups/found-group.ts';
import type { RulesInput } from '../groups/rules.ts';
import { addMember } from '../members/add-member.ts';
import { answerInvitation } from '../members/answer-invitation.ts';
import { grantOffice } from '../members/grant-office.ts';
import { inviteNumber } from '../members/invite-number.ts';
import { listMembers } from '../members/membership.rows.ts';
import type { Office } from '../members/membership-role.rows.ts';
import { closeRoundsOnce } from '../rounds/close-rounds-once.ts';
import type { Contribution } from '../rounds/contribution.ts';
import { boxAccount, fundAccount, type Purse, walletOf } from '../rounds/funds.ts';
import { openRoundsOnce } from '../rounds/open-rounds-once.ts';
import { payContribution } from '../rounds/pay-contribution.ts';
import { remindBeneficiariesOnce } from '../rounds/remind-beneficiaries-once.ts';

export interface Villager {
  readonly name: string;
  /** Nobody, for a member without a phone. */
  readonly person: Person | undefined;
  readonly membershipId: string;
}

export interface SampleGroupOptions {
  readonly engine?: Engine;
  readonly names: readonly string[];
  /** Of these names nobody has a phone. */
  readonly withoutPhone?: readonly string[];
  readonly rules: RulesInput;
  readonly startsOn: string;
  readonly offices?: Readonly<Record<string, Office>>;
  /** Shares that differ from one. */
  readonly shares?: Readonly<Record<string, number>>;
  /** Names in the order in which they are served, a name once for each share. Absent: as they joined. */
  readonly order?: readonly string[];
  readonly groupName?: string;
  readonly isStarted?: boolean;
}

export type SampleGround = Ground & { clock: HandClock; queue: RememberingQueue };
export type SampleGroup = Awaited<ReturnType<typeof sampleGroup>>;

const CURRENCY: Currency = 'XOF';

export async function sampleGroup(options: SampleGroupOptions) {
  const { db } = await freshDatabase(options.engine);
  return await buildGroup(db, testGround(), options);
}

/** The same in a database that is there already. */
export async function buildGroup(db: Db, ground: SampleGround, options: SampleGroupOptions, firstNumber = 0) {
  const village = openVillage(db, ground);
  await gather(village, options, firstNumber);
  const cycle = await prepareCycle(village, options);
  const { groupId, of, who, doing, must } = village;
  const funds = { groupId, cycleId: cycle.cycleId, currency: CURRENCY };
  const balanceOf = async (account: AccountId): Promise<bigint> =>
    (await readBalance(db, account))?.posted ?? 0n;
  return {
    db,
    ground,
    groupId,
    ...cycle,
    funds,
    names: options.names,
    of,
    who,
    doing,
    must,
    balanceOf,
    running: async (): Promise<RunningCycle> =>
      granted(
        await runningCycle(db, granted(await lookIn(db, ground, who(options.names[0] ?? ''), 'see-group'))),
      ),
    wallet: async (name: string): Promise<bigint> =>
      await balanceOf(walletOf(of(name).person?.id ?? 'nobody', CURRENCY)),
    fund: async (fund: 'pot' | 'solidarity' | 'guarantee' | 'fines' | 'interest', purse: Purse = 'wallet') =>
      await balanceOf(fundAccount(funds, fund, purse)),
    box: async (name: string): Promise<bigint> =>
      await balanceOf(boxAccount(groupId, of(name).person?.id ?? 'nobody', CURRENCY)),
    give: async (name: string, amount: bigint): Promise<void> =>
      await payIn(db, ground, who(name).personId, amount),
    pay: async (name: string, amount: bigint, extra: { for?: string; id?: string } = {}) =>
      await doing(
        async (tx): Promise<Answer<Contribution>> =>
          await payContribution(tx, ground, {
            ...who(name),
            contributionId: extra.id ?? ground.ids.next('ctr'),
            amount,
            ...(extra.for === undefined ? {} : { membershipId: of(extra.for).membershipId }),
          }),
      ),
    /** Everybody named says yes to all that is open and may be answered by them. */
    agree: async (...names: string[]): Promise<void> => {
      for (const name of names) await sayYes(village, name);
    },
    /** What machines do by themselves, until there is nothing left. */
    night: async (): Promise<void> => await night(db, ground),
    at: (instant: string): void => ground.clock.set(new Date(instant)),
  };
}

type Village = ReturnType<typeof openVillage>;

function openVillage(db: Db, ground: SampleGround) {
  const groupId = ground.ids.next('grp');
  const villagers = new Map<string, Villager>();
  const of = (name: string): Villager => {
    const found = villagers.get(name);
    invariant(found !== undefined, `nobody is called ${name}`);
    return found;
  };
  const who = (name: string): { groupId: string; personId: string } => {
    const { person } = of(name);
    invariant(person !== undefined, `${name} has no phone`);
    return { groupId, personId: person.id };
  };
  const doing = async <T>(act: (tx: Tx) => Promise<Answer<T>>): Promise<Answer<T>> =>
    await answerInTransaction(db, act);
  const must = async <T>(act: (tx: Tx) => Promise<Answer<T>>): Promise<T> => granted(await doing(act));
  return { db, ground, groupId, villagers, of, who, doing, must };
}

/** Founds the group and lets everybody in. */
async function gather(village: Village, options: SampleGroupOptions, firstNumber: number): Promise<void> {
  const { db, ground, groupId, villagers, of, who, must } = village;
  const [president = ''] = options.names;
  const founder = await moveIn(db, ground, president, firstNumber);
  const founding = { founder, groupId, name: options.groupName ?? 'Les Étoiles', timeZone: 'Africa/Abidjan' };
  await must(async (tx) => await foundGroup(tx, ground, { ...founding, rules: options.rules }));
  const [own] = await listMembers(db, groupId);
  villagers.set(president, { name: president, person: founder, membershipId: own?.id ?? '' });
  for (const [place, name] of options.names.entries()) {
    if (place === 0) continue;
    if (options.withoutPhone?.includes(name) === true) {
      const membershipId = await must(async (tx) => await addMember(tx, ground, { ...who(president), name }));
      villagers.set(name, { name, person: undefined, membershipId });
      continue;
    }
    const person = await moveIn(db, ground, name, firstNumber + place);
    const invited = { ...who(president), phone: person.phone, name };
    const membershipId = await must(async (tx) => await inviteNumber(tx, ground, invited));
    await must(async (tx) => await answerInvitation(tx, ground, { person, membershipId, answer: 'yes' }));
    villagers.set(name, { name, person, membershipId });
  }
  for (const [name, office] of Object.entries(options.offices ?? {})) {
    const grant = { ...who(president), membershipId: of(name).membershipId, office, to: 'hold' } as const;
    await must(async (tx) => await grantOffice(tx, ground, grant));
  }
}

async function prepareCycle(village: Village, options: SampleGroupOptions) {
  const { db, ground, villagers, of, who, must } = village;
  const [president = ''] = options.names;
  const own = { ...who(president), cycleId: ground.ids.next('cyc') };
  const startsOn = calendarDay(options.startsOn);
  await must(async (tx) => await formCycle(tx, ground, { ...own, startsOn }));
  for (const [name, count] of Object.entries(options.shares ?? {})) {
    const { membershipId } = of(name);
    await must(async (tx) => await changeShares(tx, ground, { ...own, membershipId, count }));
  }
  const shares = await listShares(db, own.cycleId);
  const shareIds = orderOf(options.order ?? namesOf(shares, villagers), shares, of);
  if (options.rules.order === 'fixed')
    await must(async (tx) => await fixOrder(tx, ground, { ...own, shareIds }));
  if (options.isStarted !== false) await must(async (tx) => await startCycle(tx, ground, own));
  return { cycleId: own.cycleId, shareIds };
}

async function sayYes({ db, ground, groupId, who, doing }: Village, name: string): Promise<void> {
  for (const request of await listOpenRequests(db, groupId)) {
    await doing(
      async (tx) => await giveVoice(tx, ground, { ...who(name), requestId: request.id, voice: 'yes' }),
    );
  }
}

export async function night(db: Db, ground: Ground): Promise<void> {
  await openRoundsOnce(db, ground, 500);
  await closeRoundsOnce(db, ground, 500);
  await levyPenaltiesOnce(db, ground, 5_000);
  await expireApprovalsOnce(db, ground, 500);
  await remindBeneficiariesOnce(db, ground, 500);
}

function namesOf(shares: readonly Share[], villagers: ReadonlyMap<string, Villager>): string[] {
  const names = new Map([...villagers.values()].map((one) => [one.membershipId, one.name]));
  return shares.map((share) => names.get(share.membershipId) ?? '');
}

function orderOf(
  names: readonly string[],
  shares: readonly Share[],
  of: (name: string) => Villager,
): string[] {
  const left = [...shares];
  return names.map((name) => {
    const place = left.findIndex((share) => share.membershipId === of(name).membershipId);
    const [share] = left.splice(place, 1);
    invariant(place >= 0 && share !== undefined, `${name} has no share left for the order`);
    return share.id;
  });
}

async function moveIn(db: Db, ground: Ground, name: string, place: number): Promise<Person> {
  const id = ground.ids.next('per');
  const phone = `+22507${String(10_000_000 + place).padStart(8, '0')}`;
  const createdAt = ground.clock.now();
  await inTransaction(
    db,
    async (tx) =>
      await insertPerson(tx, {
        id,
        phone,
        country: 'CI',
        locale: 'fr',
        displayName: name,
        identification: 'verified',
        createdAt,
      }),
  );
  const person = await findPerson(db, id);
  invariant(person !== undefined, `${name} was not written`);
  return person;
}

/** Puts money into a wallet, from the provider's float. */
export async function payIn(db: Db, ground: Ground, personId: string, amount: bigint): Promise<void> {
  await inTransaction(db, async (tx) => {
    const float = accountId('float', 'scripted', CURRENCY);
    const wallet = walletOf(personId, CURRENCY);
    for (const account of [float, wallet]) await openAccount(tx, ground, account);
    const journal = { id: ground.ids.next('jrn'), kind: 'deposit.settled', occurredAt: ground.clock.now() };
    const id = derivedUuid(ground.ids.next('pay'), 'credit');
    await postOrThrow(tx, ground, [{ id, kind: 'single', debit: float, credit: wallet, amount, journal }]);
  });
}

/** The value of an answer that must be yes; throws with the code of the refusal. */
export function granted<T>(answer: Answer<T>): T {
  invariant(answer.ok, answer.ok ? '' : `refused: ${answer.refusal.code}`);
  return answer.value;
}

/** `ok`, or the code of the refusal. */
export function outcome(answer: Answer<unknown>): string {
  return answer.ok ? 'ok' : answer.refusal.code;
}
