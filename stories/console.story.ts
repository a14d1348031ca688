/**
 * Tells how an installation is run from the console: who gets in, what they see, and what they cannot do.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../src/ground/clock.ts';
import { closeBooks } from './world/close-books.ts';
import { enterAs, proveFactor } from './world/operators.ts';
import { logInBySms, readCode } from './world/people.ts';
import { openWorld, type World } from './world/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await closeBooks(world.db, world.books);
  await world.close();
});

describe('who gets in', () => {
  it('a stranger is sent to log in, a member finds no such page', async () => {
    const stranger = await world.visitor().send('/console/');
    expect(stranger.status).toBe(302);
    expect(stranger.location).toBe('/login/?next=%2Fconsole%2F');
    const member = world.visitor();
    await logInBySms(member, '+2250709810101');
    expect((await member.send('/console/')).status).toBe(404);
    expect((await member.send('/console/second-factor/')).status).toBe(404);
  });

  it('an invited member links an authenticator and reads, but decides nothing', async () => {
    const phone = '+2250709810102';
    const admin = await enterAs(world, 'Administrateur');
    const access = await admin.open('/console/access/');
    const invited = await admin.submit(access, '/access/invite/', { phone, role: 'operator' });
    const link = /data-copy="([^"]+\/invitation\/[^"]+)"/.exec(invited.html)?.[1] ?? '';
    expect(new URL(link).pathname).toMatch(/^\/console\/invitation\//);

    const other = world.visitor();
    await logInBySms(other, '+2250709810103');
    const stolen = await other.submit(await other.open(link), '/console/invitation/');
    expect(stolen.status).toBe(404);
    expect(stolen.text).toContain('Cette invitation n’existe pas');

    const support = world.visitor();
    await logInBySms(support, phone);
    const login = await support.submit(await support.open(link), '/console/invitation/');
    expect(login.text).toContain('Invitation acceptée');
    await logInAgain(support, phone);
    const linking = await support.open('/console/');
    expect(linking.heading).toBe('Liez une application de codes');
    const wrong = await support.submit(linking, '/console/second-factor/', { code: '000000' });
    expect(wrong.status).toBe(403);
    const inside = await proveFactor(support, wrong);
    expect(inside.url).toContain('/console/');
    expect((await support.send('/console/access/')).status).toBe(403);
    expect(await readSms(support, phone)).toContain('entrée dans la console');
  });

  it('taking the role back ends it with the next click, and the trail tells the whole of it', async () => {
    const admin = await enterAs(world, 'Administrateur');
    const access = await admin.open('/console/access/');
    const revoke = access.forms.find(
      (form) => form.action.endsWith('/revoke/') && form.html.includes('Opératrice'),
    );
    const back = await admin.post('/console/access/revoke/', { ...revoke?.fields });
    expect(back.status).toBe(303);
    const trail = await admin.open('/console/trail/');
    expect(trail.text).toContain('Rôle retiré');
    expect(trail.text).toContain('Invitation acceptée');
    const verified = await admin.submit(trail, '/trail/verify/');
    expect(verified.text).toMatch(/La piste : \d+ lignes, aucune n’a été touchée/);
    expect(verified.text).toMatch(/Le grand livre : \d+ lignes, aucune n’a été touchée/);
    const file = await admin.send('/console/trail/export.csv');
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(file.html.split('\r\n')[0]).toContain('"seq";"at";"actor"');
  });
});

async function logInAgain(visitor: Awaited<ReturnType<typeof enterAs>>, phone: string): Promise<void> {
  await world.letPass(2 * MINUTE_MS);
  await logInBySms(visitor, phone);
}

async function readSms(visitor: Awaited<ReturnType<typeof enterAs>>, phone: string): Promise<string> {
  await readCode(visitor, phone);
  return (await visitor.open('/demo/sms/')).text;
}
