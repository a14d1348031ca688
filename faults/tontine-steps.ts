/**
 * Lets savers pay, declare, agree, hand over, exchange, undo, forgive and ask for help, rightly and wrongly, and lets their
 * nights pass. How they leave is in `leaving-steps.ts`.
 */
import { DAY_MS, HOUR_MS } from '../src/ground/clock.ts';
import { listOpenRequests } from '../src/tontine/approvals/approval-request.rows.ts';
import { expireApprovalsOnce } from '../src/tontine/approvals/expire-approvals-once.ts';
import { giveVoice } from '../src/tontine/approvals/give-voice.ts';
import { dayAt } from '../src/tontine/cycles/calendar-day.ts';
import { listShares } from '../src/tontine/cycles/share.rows.ts';
import { levyPenaltiesOnce } from '../src/tontine/discipline/levy-penalties-once.ts';
import { proposeWaiver } from '../src/tontine/discipline/propose-waiver.ts';
import { listOpenHandouts } from '../src/tontine/rounds/cash-box.rows.ts';
import { closeRoundsOnce } from '../src/tontine/rounds/close-rounds-once.ts';
import { confirmCash } from '../src/tontine/rounds/confirm-cash.ts';
import { confirmHandover } from '../src/tontine/rounds/confirm-handover.ts';
import { declareCash } from '../src/tontine/rounds/declare-cash.ts';
import { exchangeBox } from '../src/tontine/rounds/exchange-cash.ts';
import { handOverCash } from '../src/tontine/rounds/hand-over-cash.ts';
import { openRoundsOnce } from '../src/tontine/rounds/open-rounds-once.ts';
import { payContribution } from '../src/tontine/rounds/pay-contribution.ts';
import { proposeCorrection } from '../src/tontine/rounds/propose-correction.ts';
import { proposeExchange } from '../src/tontine/rounds/propose-exchange.ts';
import { refuseCash } from '../src/tontine/rounds/refuse-cash.ts';
import { listRounds } from '../src/tontine/rounds/round.rows.ts';
import { claimAid } from '../src/tontine/solidarity/claim-aid.ts';
import { happens, oneOf } from './dice.ts';
import { LEAVING_STEPS } from './leaving-steps.ts';
import { MEETING_STEPS } from './meeting-steps.ts';
import { payIntoBoth } from './potters.ts';
import { letPass, runOn } from './run-on.ts';
import { agree, as, owedBy, present, saver, send, townOf } from './tontine-acts.ts';
import { listConfirmed, listPenalties } from './tontine-books.rows.ts';
import type { TontineStepKind } from './tontine-story.ts';
import type { Saver } from './tontine-town.ts';
import { TURN_STEPS } from './turn-steps.ts';
import { processOf, type World } from './world.ts';

export const TONTINE_STEPS: Readonly<Record<TontineStepKind, (world: World) => Promise<void>>> = {
  contribute,
  notes,
  voices,
  'hand-over': handOver,
  exchange,
  correct,
  forgive,
  aid,
  'hold-round': holdRound,
  ...TURN_STEPS,
  'tontine-night': tontineNight,
  ...LEAVING_STEPS,
  ...MEETING_STEPS,
};

async function contribute(world: World): Promise<void> {
  const { chance, ground } = world;
  if (world.potters !== undefined && happens(chance, 60)) {
    await payIntoBoth(world);
    return;
  }
  const payer = saver(world, chance.below(3));
  const target = happens(chance, 25) ? oneOf(chance, townOf(world).savers) : payer;
  const owed = await owedBy(world, target);
  const amount = oneOf(chance, [owed, owed / 2n, owed + 300n, 500n, 0n]);
  const contributionId = ground.ids.next('ctr');
  world.story.push(`${payer.name} pays ${amount} for ${target.name}`);
  const form = { ...as(world, payer), contributionId, membershipId: target.membershipId, amount };
  await send(world, 'payContribution', async (tx) => await payContribution(tx, ground, form));
  if (!happens(chance, 10)) return;
  const other = { ...form, amount: amount + 1n };
  const changed = await send(
    world,
    'payContribution',
    async (tx) => await payContribution(tx, ground, other),
  );
  if (changed?.ok === true && changed.value.amount !== other.amount)
    world.surprises.push(`the form of ${contributionId} was taken with another amount`);
}

async function notes(world: World): Promise<void> {
  const { chance } = world;
  const target = oneOf(chance, townOf(world).savers);
  const amount = oneOf(chance, [await owedBy(world, target), 500n, 700n]);
  await bringNotes(
    world,
    target,
    amount,
    oneOf(chance, ['confirm', 'confirm', 'confirm', 'refuse', 'forget']),
  );
}

/** The treasurer declares, or whoever else is there to; for the treasurer the president does. */
export async function bringNotes(
  world: World,
  target: Saver,
  amount: bigint,
  end: 'confirm' | 'refuse' | 'forget',
): Promise<void> {
  const { ground } = world;
  const keepers = (await keepersOf(world)).filter((one) => one !== target);
  const [keeper = saver(world, 0), other = saver(world, 2)] = keepers;
  const witness = (await present(world)).includes(target) ? target : other;
  const contributionId = ground.ids.next('ctr');
  world.story.push(`${keeper.name} declares ${amount} in notes of ${target.name}`);
  const form = { contributionId, membershipId: target.membershipId, amount };
  const declared = await send(
    world,
    'declareCash',
    async (tx) => await declareCash(tx, ground, { ...as(world, keeper), ...form }),
  );
  if (declared?.ok !== true || end === 'forget') return;
  const own = await send(
    world,
    'confirmCash',
    async (tx) => await confirmCash(tx, ground, { ...as(world, keeper), ...form }),
  );
  if (own?.ok === true) world.surprises.push(`${keeper.name} confirmed their own word on ${contributionId}`);
  const by = { ...as(world, witness), contributionId };
  if (end === 'refuse')
    await send(
      world,
      'refuseCash',
      async (tx) => await refuseCash(tx, ground, { ...by, reason: 'pas reçu' }),
    );
  else await send(world, 'confirmCash', async (tx) => await confirmCash(tx, ground, by));
}

async function voices(world: World): Promise<void> {
  const { chance, ground } = world;
  for (const request of await listOpenRequests(world.db, townOf(world).groupId)) {
    const who = saver(world, chance.below(3));
    const voice = happens(chance, 8) ? 'no' : 'yes';
    world.story.push(`${who.name} says ${voice} to ${request.kind}`);
    const form = { ...as(world, who), requestId: request.id, voice, reason: 'pas d’accord' } as const;
    const answer = await send(world, 'giveVoice', async (tx) => await giveVoice(tx, ground, form));
    const isKept = [request.requestedBy, request.beneficiaryId].includes(who.membershipId);
    if (isKept && answer?.ok === true)
      world.surprises.push(`${who.name} had a voice on their own ${request.kind}`);
  }
}

/** Those who may keep a box, the treasurer first. */
async function keepersOf(world: World): Promise<Saver[]> {
  const [president, treasurer, ...others] = townOf(world).savers;
  const here = await present(world);
  return [treasurer, president, ...others].flatMap((one) => here.find((who) => who === one) ?? []);
}

export async function handOver(world: World): Promise<void> {
  const { ground } = world;
  for (const handout of await listOpenHandouts(world.db, townOf(world).groupId)) {
    const keepers = await keepersOf(world);
    for (const keeper of keepers) {
      const form = { ...as(world, keeper), handoutId: handout.id };
      const declared = await send(world, 'handOverCash', async (tx) => await handOverCash(tx, ground, form));
      if (declared?.ok !== true) continue;
      const others = keepers.filter((one) => one !== keeper);
      const receiver = others.find((one) => one.membershipId === handout.membershipId);
      const witness = receiver ?? others.at(-1) ?? keeper;
      const by = { ...as(world, witness), handoutId: handout.id };
      await send(world, 'confirmHandover', async (tx) => await confirmHandover(tx, ground, by));
      break;
    }
  }
}

export async function exchange(world: World): Promise<void> {
  const { chance, ground } = world;
  const keeper = saver(world, chance.below(2));
  const fund = oneOf(chance, ['pot', 'solidarity', 'guarantee', 'fines'] as const);
  const amount = oneOf(chance, [100n, 500n, 2_000n]);
  const form = { ...as(world, keeper), exchangeId: ground.ids.next('exc'), fund, amount };
  world.story.push(`${keeper.name} exchanges ${amount} of ${fund}`);
  if (happens(chance, 70))
    await send(world, 'exchangeBox', async (tx) => await exchangeBox(tx, ground, form));
  else await send(world, 'proposeExchange', async (tx) => await proposeExchange(tx, ground, form));
}

/** Whether it comes to it is for the voices that follow, and for what was handed out meanwhile. */
async function correct(world: World): Promise<void> {
  const { chance } = world;
  const confirmed = await listConfirmed(world.db, townOf(world).groupId);
  const officer = saver(world, chance.below(3));
  if (confirmed.length === 0) return;
  await askToUndo(world, officer, oneOf(chance, confirmed));
  // Often at once: later its pot was handed out.
  if (happens(chance, 50)) await voices(world);
}

export async function askToUndo(world: World, officer: Saver, contributionId: string): Promise<void> {
  const form = { ...as(world, officer), contributionId, reason: 'erreur de saisie' };
  world.story.push(`${officer.name} asks for ${contributionId} to be undone`);
  await send(world, 'proposeCorrection', async (tx) => await proposeCorrection(tx, world.ground, form));
}

/** Where nobody was fined yet a day passes, and whoever did not pay is. */
async function forgive(world: World): Promise<void> {
  const { chance } = world;
  const officer = saver(world, chance.below(3));
  if ((await listPenalties(world.db, townOf(world).groupId)).length === 0) {
    await letPass(world, DAY_MS);
    await tontineNight(world);
  }
  const penalties = await listPenalties(world.db, townOf(world).groupId);
  if (penalties.length === 0) return;
  const form = { ...as(world, officer), penaltyId: oneOf(chance, penalties), reason: 'malade' };
  world.story.push(`${officer.name} asks for ${form.penaltyId} to be forgiven`);
  await send(world, 'proposeWaiver', async (tx) => await proposeWaiver(tx, world.ground, form));
}

/** Of few deaths, so that one is told more than once; of today, of a day before anybody had joined, or of tomorrow. */
async function aid(world: World): Promise<void> {
  const { chance, ground } = world;
  const asking = saver(world, chance.below(3));
  const helped = happens(chance, 40) ? oneOf(chance, townOf(world).savers) : asking;
  const day = new Date(ground.clock.now().getTime() + oneOf(chance, [-DAY_MS, 0, 0, 0, DAY_MS]));
  const form = {
    ...as(world, asking),
    claimId: ground.ids.next('aid'),
    membershipId: helped.membershipId,
    event: happens(chance, 10) ? 'voyage' : 'deuil',
    about: happens(chance, 10) ? ' ' : oneOf(chance, ['le père', 'la mère', 'un frère']),
    happenedOn: dayAt(day, 'Africa/Abidjan'),
    proof: 'acte de décès 12',
  };
  world.story.push(`${asking.name} asks for help for ${helped.name}: ${form.event}, ${form.about}`);
  await send(world, 'claimAid', async (tx) => await claimAid(tx, ground, form));
  if (happens(chance, 50)) await voices(world);
}

/** Most pay, the grace ends, the machines do their work, and the officers agree: without this few pots are ever due. */
async function holdRound(world: World): Promise<void> {
  const { chance } = world;
  const rounds = await listRounds(world.db, townOf(world).cycleId);
  const next = rounds.find((one) => one.state === 'open') ?? rounds.find((one) => one.state === 'scheduled');
  if (next === undefined) return;
  await letPass(world, Math.max(0, next.opensAt.getTime() - world.clock.now().getTime()));
  await tontineNight(world);
  const served = (await listShares(world.db, townOf(world).cycleId)).filter((one) => one.servedAt !== null);
  for (const [place, who] of townOf(world).savers.entries()) {
    // Whoever has had their pot is in less of a hurry.
    const isServed = served.some((share) => share.membershipId === who.membershipId);
    if (happens(chance, isServed ? 50 : 20)) continue;
    if (place < 2 && happens(chance, 60)) await payAll(world, who);
    else await bringNotes(world, who, await owedBy(world, who), 'confirm');
  }
  await letPass(world, Math.max(0, next.closesAt.getTime() + HOUR_MS - world.clock.now().getTime()));
  await tontineNight(world);
  await tontineNight(world);
  await agree(world);
  await handOver(world);
}

async function payAll(world: World, payer: Saver): Promise<void> {
  const contributionId = world.ground.ids.next('ctr');
  const form = { ...as(world, payer), contributionId, amount: await owedBy(world, payer) };
  world.story.push(`${payer.name} pays all of ${form.amount}`);
  await send(world, 'payContribution', async (tx) => await payContribution(tx, world.ground, form));
}

const AT_ONCE = 20;

export async function tontineNight(world: World): Promise<void> {
  const on = processOf(world, 1);
  if (happens(world.chance, world.network.weather.crash)) on.dieAfter = 1 + world.chance.below(6);
  const done = await runOn(world, on, 'tontine night', async () => {
    const opened = await openRoundsOnce(on.db, world.ground, AT_ONCE);
    const closed = await closeRoundsOnce(on.db, world.ground, AT_ONCE);
    const fined = await levyPenaltiesOnce(on.db, world.ground, AT_ONCE);
    return opened + closed + fined + (await expireApprovalsOnce(on.db, world.ground, AT_ONCE));
  });
  on.dieAfter = undefined;
  world.story.push(`the night of the group: ${done ?? '(died)'}`);
}
