/**
 * Opens the web server: headers, limits, cookies, errors; the pages register themselves on it.
 *
 * The content policy allows no inline script and no inline style, no page may be framed, and every form proves that we
 * drew it. Limits that protect money are rows in the database; the one here only keeps a single caller from taking the
 * whole machine.
 */
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { type Assets, registerAssets } from './assets.ts';
import { registerCheck } from './check/route.tsx';
import { registerConsole } from './console/register-console.ts';
import { registerDemo } from './demo/route.tsx';
import { endWithLastAnswer } from './end-with-last-answer.ts';
import { registerErrors } from './errors/route.tsx';
import { registerHistory } from './history/route.tsx';
import { registerHome } from './home/route.tsx';
import { registerLogin } from './login/form.tsx';
import { registerProfile } from './profile/form.tsx';
import { registerTontines } from './tontines/route.tsx';
import { registerTopup } from './topup/form.tsx';
import { meetVisitor } from './visitor.ts';
import { registerWallet } from './wallet/route.tsx';
import type { WebDoor } from './web-door.ts';
import { registerWithdraw } from './withdraw/form.tsx';

/** Forms are small; a megabyte in one is a mistake or an attack. */
const MOST_BODY_BYTES = 64 * 1024;

/**
 * Brotli first, at the level from which more costs twice the time for a hundredth of the bytes. A page is compressed where it
 * was drawn: that takes a tenth of a millisecond, and handing it to another thread in streams takes four. What arrives
 * compressed is not opened, because a small body could become a large one.
 */
const COMPRESSION = {
  threshold: 512,
  encodings: ['br' as const, 'gzip' as const],
  brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
  syncThreshold: 64 * 1024,
  globalDecompression: false,
};

export interface ServerOptions {
  readonly logger: FastifyBaseLogger;
  /** Requests of one address in one minute before it is asked to slow down. */
  readonly requestsPerMinute: number;
  /** Opens doors for machines before anything is there that only pages need. */
  readonly machineDoors?: (app: FastifyInstance) => Promise<void>;
}

export async function openWebServer(door: WebDoor, options: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: (_address, hop) => hop < door.trustedProxies,
    bodyLimit: MOST_BODY_BYTES,
    routerOptions: { ignoreTrailingSlash: true },
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    genReqId: () => door.ground.ids.next('req'),
  });
  endWithLastAnswer(app);
  // Addresses can hold tokens, so the route is logged and never the address itself.
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    request.log.info({
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    });
  });
  await options.machineDoors?.(app);
  await app.register(helmet, helmetOptions(door));
  await app.register(rateLimit, { max: options.requestsPerMinute, timeWindow: 60_000 });
  await app.register(compress, COMPRESSION);
  await app.register(cookie, { secret: Buffer.from(door.keys.cookie).toString('hex') });
  await app.register(csrf, {
    cookieKey: door.secure ? '__Host-csrf' : 'csrf',
    cookieOpts: { path: '/', signed: true, httpOnly: true, sameSite: 'lax', secure: door.secure },
    getToken: (request) => {
      const token = (request.body as Record<string, unknown> | undefined)?._csrf;
      return typeof token === 'string' ? token : undefined;
    },
  });
  app.decorateRequest('visitor');
  const assets = await registerAssets(app);
  await registerErrors(app, door, assets);
  await app.register(async (scope) => await registerPages(scope, door, assets));
  return app;
}

async function registerPages(scope: FastifyInstance, door: WebDoor, assets: Assets): Promise<void> {
  await scope.register(formbody, { bodyLimit: MOST_BODY_BYTES });
  scope.addHook('onRequest', async (request, reply) => await meetVisitor(request, reply, door));
  // Every form, signed in or not, proves that it was drawn here.
  scope.addHook('preHandler', (request, reply, done) => {
    if (request.method === 'GET' || request.method === 'HEAD') done();
    else scope.csrfProtection(request, reply, done);
  });
  registerHome(scope, door, assets);
  registerLogin(scope, door, assets);
  registerProfile(scope, door, assets);
  registerWallet(scope, door, assets);
  registerTopup(scope, door, assets);
  registerWithdraw(scope, door, assets);
  registerHistory(scope, door, assets);
  registerTontines(scope, door, assets);
  registerCheck(scope, door, assets);
  await scope.register(async (office) => registerConsole(office, door, assets));
  if (door.demo !== undefined) registerDemo(scope, door, assets);
}

function helmetOptions(door: WebDoor) {
  // The card's hosted page and the simulated phone are links and redirects, never frames or scripts.
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'style-src': ["'self'"],
        'script-src': ["'self'"],
        'img-src': ["'self'"],
        'connect-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    strictTransportSecurity: door.secure ? { maxAge: 63_072_000, includeSubDomains: true } : false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  } as const;
}
