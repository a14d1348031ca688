import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import Fastify, { type FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import type { SignedInPerson } from '../../../people/find-session.ts';
import { GRANTED_ROLES, type Role } from '../../../people/role.ts';
import type { Assets } from '../assets.ts';
import type { WebDoor } from '../web-door.ts';
import { registerConsole } from './register-console.ts';

/** Every route of the console and the roles that it is open to. A new route must be written down here as well. */
const OPEN_TO: Readonly<Record<string, string>> = {
  'GET /console/': 'operator finance admin',
  'GET /console/now/feed': 'operator finance admin',
  'GET /console/payments/': 'operator finance admin',
  'GET /console/payments/export.csv': 'finance admin',
  'GET /console/payments/export.xlsx': 'finance admin',
  'GET /console/reviews/export.csv': 'finance admin',
  'GET /console/reviews/export.xlsx': 'finance admin',
  'GET /console/reconciliation/export.csv': 'finance admin',
  'GET /console/reconciliation/export.xlsx': 'finance admin',
  'GET /console/reports/export.csv': 'finance admin',
  'GET /console/reports/export.xlsx': 'finance admin',
  'GET /console/trail/export.xlsx': 'finance admin',
  'GET /console/payments/:id/': 'operator finance admin',
  'POST /console/payments/:id/ask/': 'operator finance admin',
  'POST /console/payments/:id/unmask/': 'operator finance admin',
  'POST /console/callbacks/:id/replay/': 'operator finance admin',
  'GET /console/people/': 'operator finance admin',
  'GET /console/people/:id/': 'operator finance admin',
  'POST /console/people/:id/export/': 'admin',
  'POST /console/people/:id/erasure/ask/': 'finance admin',
  'POST /console/people/:id/erasure/decide/': 'admin',
  'GET /console/reviews/': 'operator finance admin',
  'GET /console/reviews/:id/': 'operator finance admin',
  'POST /console/reviews/:id/propose/': 'finance',
  'POST /console/reviews/:id/decide/': 'finance',
  'GET /console/alerts/': 'operator finance admin',
  'POST /console/alerts/:id/': 'operator finance admin',
  'POST /console/alerts/rules/': 'admin',
  'GET /console/reconciliation/': 'operator finance admin',
  'POST /console/reconciliation/now/': 'finance',
  'POST /console/reconciliation/statements/': 'finance',
  'POST /console/reconciliation/breaks/:id/': 'finance',
  'GET /console/reports/': 'operator finance admin',
  'GET /console/settings/': 'finance admin',
  'POST /console/settings/': 'finance admin',
  'POST /console/second-payments/:id/propose/': 'finance',
  'POST /console/second-payments/:id/decide/': 'finance',
  'GET /console/freezes/': 'operator finance admin',
  'POST /console/freezes/': 'finance admin',
  'POST /console/freezes/:id/lift/': 'finance admin',
  'GET /console/access/': 'admin',
  'POST /console/access/invite/': 'admin',
  'POST /console/access/revoke/': 'admin',
  'POST /console/access/sessions/': 'admin',
  'POST /console/access/unlink/': 'admin',
  'POST /console/access/withdraw/': 'admin',
  'GET /console/trail/': 'finance admin',
  'GET /console/trail/export.csv': 'finance admin',
  'POST /console/trail/verify/': 'finance admin',
};
/** Before the second factor: linking it, proving it, taking up an invitation. */
const BEFORE: Readonly<Record<string, string>> = {
  'GET /console/second-factor/': 'operator finance admin',
  'POST /console/second-factor/': 'operator finance admin',
  'GET /console/invitation/:token/': 'member operator finance admin',
  'POST /console/invitation/:token/': 'member operator finance admin',
};
const ROLES: readonly Role[] = ['member', ...GRANTED_ROLES];
const LET_IN = 299;

interface Caller {
  readonly roles: readonly Role[];
  readonly proven: boolean;
}

/** The console's routes behind their guard, without what stands behind them: whoever is let in gets one answer. */
async function openGuard() {
  const app = Fastify();
  const routes: string[] = [];
  let caller: Caller | undefined;
  app.decorateRequest('visitor');
  await app.register(cookie, { secret: 'x'.repeat(64) });
  await app.register(csrf);
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD') routes.push(`${one} ${url}`);
  });
  app.addHook('onRequest', async (request) => {
    request.visitor = { locale: 'fr', signedIn: caller && signedIn(caller) };
  });
  await app.register(async (office) => {
    office.addHook('preHandler', async (_request, reply) => await reply.code(LET_IN).send());
    const assets: Assets = { css: '', tontinesCss: '', consoleCss: '', js: '', icon: '' };
    registerConsole(office, { keys: {} } as unknown as WebDoor, assets);
  });
  await app.ready();
  const ask = async (route: string, who: Caller | undefined) => {
    caller = who;
    return await askAs(app, route);
  };
  return { routes, ask };
}

async function askAs(app: FastifyInstance, route: string) {
  const [method = 'GET', url = ''] = route.split(' ');
  return await app.inject({
    method: method as 'GET',
    url: url.replaceAll(/:\w+/g, 'x'),
    headers: { accept: 'text/html' },
  });
}

function signedIn({ roles, proven }: Caller): SignedInPerson {
  const session = { secondFactorAt: proven ? new Date(0) : undefined };
  return { roles, session, person: { id: 'per_x' } } as unknown as SignedInPerson;
}

test('every route of the console is written down, and no other', async () => {
  const { routes } = await openGuard();
  expect(routes.toSorted()).toEqual([...Object.keys(OPEN_TO), ...Object.keys(BEFORE)].toSorted());
});

test('every route is open to its roles and to nobody else', async () => {
  const { ask } = await openGuard();
  for (const [route, roles] of Object.entries(OPEN_TO)) {
    for (const role of ROLES) {
      const answer = await ask(route, { roles: ['member', role], proven: true });
      const expected = role === 'member' ? 404 : roles.split(' ').includes(role) ? LET_IN : 403;
      expect(`${role} ${answer.statusCode}`, route).toBe(`${role} ${expected}`);
    }
  }
  for (const [route, roles] of Object.entries(BEFORE)) {
    for (const role of ROLES) {
      const answer = await ask(route, { roles: ['member', role], proven: false });
      expect(`${role} ${answer.statusCode}`, route).toBe(
        `${role} ${roles.split(' ').includes(role) ? LET_IN : 404}`,
      );
    }
  }
});

test('without a code in this session every page leads to the code, without a login to the login', async () => {
  const { ask } = await openGuard();
  for (const route of Object.keys(OPEN_TO)) {
    const unproven = await ask(route, { roles: ['member', ...GRANTED_ROLES], proven: false });
    expect(unproven.statusCode).toBe(302);
    expect(unproven.headers.location).toMatch(/^\/console\/second-factor\/\?next=%2Fconsole%2F/);
  }
  for (const route of [...Object.keys(OPEN_TO), ...Object.keys(BEFORE)]) {
    const stranger = await ask(route, undefined);
    expect(stranger.statusCode).toBe(302);
    expect(stranger.headers.location).toMatch(/^\/login\/\?next=%2Fconsole%2F/);
  }
});
