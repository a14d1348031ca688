/**
 * Tells every "no" of the login, and that none of them says who is registered here.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logInBySms, readCode } from './world/people.ts';
import { openWorld, type World } from './world/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => await world.close());

describe('the login', () => {
  it('closes a code after five wrong tries, and the right one no longer opens', async () => {
    const phone = '+2250707520001';
    const visitor = world.visitor();
    let page = await visitor.submit(await visitor.open('/login/'), '/login/', { phone, way: 'sms' });
    const right = await readCode(visitor, phone);
    const wrong = right === '000000' ? '000001' : '000000';
    for (let time = 1; time <= 4; time++) {
      page = await visitor.submit(page, '/login/code/', { code: wrong });
      expect(page.refusals).toEqual(['Ce code n’est pas le bon. Vérifiez le dernier SMS reçu.']);
    }
    page = await visitor.submit(page, '/login/code/', { code: wrong });
    expect(page.refusals).toEqual(['Ce code ne peut plus servir. Demandez-en un nouveau.']);
    page = await visitor.submit(page, '/login/code/', { code: right });
    expect(page.refusals).toEqual(['Ce code ne peut plus servir. Demandez-en un nouveau.']);
  });

  it('takes a code once', async () => {
    const phone = '+2250707520002';
    const visitor = world.visitor();
    const page = await visitor.submit(await visitor.open('/login/'), '/login/', { phone, way: 'sms' });
    const code = await readCode(visitor, phone);
    await visitor.submit(page, '/login/code/', { code });
    const other = world.visitor();
    const theirs = await other.submit(await other.open('/login/'), '/login/', {
      phone: '+2250707520003',
      way: 'sms',
    });
    const again = await other.submit(theirs, '/login/code/', { phone, code });
    expect(again.refusals).toEqual(['Ce code ne peut plus servir. Demandez-en un nouveau.']);
  });

  it('sends three codes in a quarter of an hour and refuses the fourth', async () => {
    const visitor = world.visitor();
    const login = await visitor.open('/login/');
    for (let time = 1; time <= 3; time++) {
      expect((await visitor.submit(login, '/login/', { phone: '+2250707520004', way: 'sms' })).status).toBe(
        200,
      );
    }
    const fourth = await visitor.submit(login, '/login/', { phone: '+2250707520004', way: 'sms' });
    expect(fourth.status).toBe(429);
    expect(fourth.text).toContain('Attendez un quart d’heure');
  });

  it('locks the PIN after five misses, known number or not, in the same words', async () => {
    const says = async (phone: string) => {
      const visitor = world.visitor();
      let page = await visitor.submit(await visitor.open('/login/'), '/login/', { phone, way: 'pin' });
      const heard: string[] = [];
      for (let time = 1; time <= 6; time++) {
        page = await visitor.submit(page, '/login/pin/', { pin: '1739' });
        heard.push(`${page.status} ${page.refusals.join()}`);
      }
      return heard;
    };
    const known = await says('+2250505050505');
    expect(await says('+2250505529999')).toEqual(known);
    expect(known[4]).toBe('403 Numéro ou code PIN incorrect. Sans code PIN, demandez un code par SMS.');
    expect(known[5]).toBe('429 Trop de codes PIN faux. Réessayez dans 1 minute.');
  });

  it('says the same to a number that it knows and to one that it does not', async () => {
    const answers = await Promise.all(
      ['+221771234567', '+221775209999'].map(async (phone) => {
        const visitor = world.visitor();
        const page = await visitor.submit(await visitor.open('/login/'), '/login/', { phone, way: 'sms' });
        return `${page.status} ${page.text.replaceAll(/\+221[\d ]+/g, 'NUMBER ')}`;
      }),
    );
    expect(answers[0]).toBe(answers[1]);
  });

  it.each(['', 'abc', '0707', '+33612345678', '+22507075100011111'])(
    'does not take %j for a number',
    async (phone) => {
      const visitor = world.visitor();
      const page = await visitor.submit(await visitor.open('/login/'), '/login/', { phone, way: 'sms' });
      expect(page.status).toBe(422);
      expect(page.refusals).toHaveLength(1);
    },
  );

  it('ends with the logout: the old cookie opens nothing', async () => {
    const visitor = world.visitor();
    await logInBySms(visitor, '+2250707520006');
    const kept = visitor.cookie('session') ?? '';
    const profile = await visitor.open('/profile/');
    await visitor.submit(profile, '/logout/');
    const replay = await visitor.send('/wallet/', { headers: { cookie: `session=${kept}` } });
    expect(replay.status).toBe(302);
  });
});
