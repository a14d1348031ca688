/**
 * Tells how a member is told of their money by text message, stops that in the profile, and what the console knows of it.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MINUTE_MS } from '../src/ground/clock.ts';
import { writeMessagesOnce } from '../src/wallet/messages/write-messages-once.ts';
import { closeBooks } from './world/close-books.ts';
import { enterAs } from './world/operators.ts';
import { logInBySms, paymentIdOf, topUp, waitFor } from './world/people.ts';
import { until } from './world/until.ts';
import { openWorld, type World } from './world/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await closeBooks(world.db, world.books);
  await world.close();
});

it('news of money comes by text message until it is turned off, and the story of each payment tells which', async () => {
  const phone = '+2250709810105';
  // The first look ever only notes where events are.
  await writeMessagesOnce(world.db, world.product.ground, 1);
  const awa = world.visitor();
  await logInBySms(awa, phone);
  const operator = await enterAs(world, 'Comptable');
  const recharge = async () => {
    const waiting = await topUp(awa, { phone: '+2250748010010', method: 'wave', amount: '2000' });
    await waitFor(awa, waiting, 'Recharge réussie');
    await world.letPass(MINUTE_MS);
    return `/console/payments/${paymentIdOf(waiting)}/`;
  };
  const told = await recharge();
  const says = async (story: string, what: string) =>
    await until(what, async () => (await operator.open(story)).text.includes(`SMS « argent reçu » ${what}`));
  await says(told, 'envoyé');
  expect((await awa.open('/demo/sms/')).text).toContain(
    'recharge recue, 1 970 F CFA sont dans votre portefeuille',
  );
  const { fields } = (await awa.open('/profile/')).form('/profile/messages/');
  const off = await awa.follow(await awa.post('/profile/messages/', { ...fields, wanted: 'no' }));
  expect(off.text).toContain('Vous ne recevez pas de SMS sur vos mouvements.');
  await says(await recharge(), 'pas envoyé : la personne n’en veut pas');
});
