/**
 * Lets savers leave, die, be put out and stop paying, and others answer for them, rightly and wrongly.
 *
 * Most of it is refused most of the time: whoever has had a pot does not leave, whoever is not late is in no default.
 */
import { listShares, type Share } from '../src/tontine/cycles/share.rows.ts';
import { declareDefault } from '../src/tontine/members/declare-default.ts';
import { proposeExpulsion } from '../src/tontine/members/propose-expulsion.ts';
import { recordDeath } from '../src/tontine/members/record-death.ts';
import { requestExit } from '../src/tontine/members/request-exit.ts';
import { resign } from '../src/tontine/members/resign.ts';
import { standGuarantor } from '../src/tontine/members/stand-guarantor.ts';
import { happens, oneOf } from './dice.ts';
import { agree, as, saver, send, townOf } from './tontine-acts.ts';
import type { Saver } from './tontine-town.ts';
import type { World } from './world.ts';

export const LEAVING_STEPS = { leave, owe, vouch, die } as const;

/** Somebody asks for themself, or the president for whoever has no phone; some only resign, and some are to be put out. */
async function leave(world: World): Promise<void> {
  const { chance, ground } = world;
  const leaver = oneOf(chance, townOf(world).savers);
  const asking = leaver.personId === undefined || happens(chance, 10) ? saver(world, 0) : leaver;
  const how = oneOf(chance, ['exit', 'exit', 'exit', 'resign', 'expulsion'] as const);
  world.story.push(`${asking.name} wants ${leaver.name} to go: ${how}`);
  if (how === 'resign') {
    await send(world, 'resign', async (tx) => await resign(tx, ground, as(world, asking)));
  } else if (how === 'expulsion') {
    const form = { ...as(world, saver(world, 0)), membershipId: leaver.membershipId, reason: 'absent' };
    await send(world, 'proposeExpulsion', async (tx) => await proposeExpulsion(tx, ground, form));
  } else await askToLeave(world, asking, leaver);
  if (happens(chance, 60)) await agree(world);
}

export async function askToLeave(world: World, asking: Saver, leaver: Saver): Promise<string> {
  const exitId = world.ground.ids.next('exi');
  const whom = asking === leaver ? {} : { membershipId: leaver.membershipId };
  const form = { ...as(world, asking), ...whom, exitId, reason: 'déménagement' };
  const answer = await send(world, 'requestExit', async (tx) => await requestExit(tx, world.ground, form));
  return answer === undefined ? 'no answer' : answer.ok ? 'ok' : answer.refusal.code;
}

/** A share is said to have stopped paying; mostly one that has had its pot. */
async function owe(world: World): Promise<void> {
  const shares = await listShares(world.db, townOf(world).cycleId);
  const served = shares.filter((one) => one.servedAt !== null);
  const share = oneOf(world.chance, served.length > 0 && happens(world.chance, 80) ? served : shares);
  await sayItOwes(world, saver(world, world.chance.below(3)), share);
  if (happens(world.chance, 60)) await agree(world);
}

export async function sayItOwes(world: World, officer: Saver, share: Share): Promise<void> {
  const form = { ...as(world, officer), shareId: share.id, reason: 'parti sans payer' };
  world.story.push(`${officer.name} says that share ${share.number} has stopped paying`);
  const declared = await send(
    world,
    'declareDefault',
    async (tx) => await declareDefault(tx, world.ground, form),
  );
  if (declared?.ok === true && share.servedAt === null)
    world.surprises.push(`share ${share.number} is in default and was never served`);
}

async function vouch(world: World): Promise<void> {
  const { chance } = world;
  const share = oneOf(chance, await listShares(world.db, townOf(world).cycleId));
  await standFor(world, saver(world, chance.below(3)), share.id);
}

export async function standFor(world: World, who: Saver, shareId: string): Promise<void> {
  const form = { ...as(world, who), shareId };
  world.story.push(`${who.name} answers for ${shareId}`);
  await send(world, 'standGuarantor', async (tx) => await standGuarantor(tx, world.ground, form));
}

/**
 * The one without a phone dies; their next of kin has a wallet, or none that can take this money, or nobody is known. Not
 * where turns are sold: there the share of the dead is handed on before it can have a pot.
 */
async function die(world: World): Promise<void> {
  const { chance } = world;
  if (!happens(chance, 40) || townOf(world).rules.order !== 'fixed') return;
  const phone = oneOf(chance, ['+2250505050505', '+237650010203', undefined]);
  await tellDeath(world, saver(world, 3), phone);
}

export async function tellDeath(world: World, dead: Saver, phone: string | undefined): Promise<void> {
  const form = {
    ...as(world, saver(world, 0)),
    membershipId: dead.membershipId,
    reason: 'acte de décès 31',
    nextOfKin: { name: 'Aminata', phone },
  };
  world.story.push(`${dead.name} has died; next of kin ${phone ?? 'without a phone'}`);
  await send(world, 'recordDeath', async (tx) => await recordDeath(tx, world.ground, form));
}
