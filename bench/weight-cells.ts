/**
 * Counts what a first view of each page weighs, compressed, with everything that it loads; and how long the heaviest one
 * takes on a slow telephone.
 */
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Agent, request } from 'undici';
import { counted } from './measure.ts';
import { setPagesStage } from './pages-stage.ts';
import type { BenchWorld, OpenSection, Section } from './section.ts';
import { openSlowLine } from './slow-line.ts';
import { startWeb } from './web-process.ts';

const SLOW = { kbit_s: 50, roundTrip_ms: 400 };
/** Pages that a member opens by their address; `/` and the login are seen by everybody. */
const OPEN_PAGES = ['/', '/login/'];
const OWN_PAGES = [
  '/wallet/',
  '/wallet/topup/',
  '/wallet/withdraw/',
  '/wallet/history/',
  '/profile/',
  '/tontines/',
  '/tontines/new/',
];

export const WEIGHT: Section = {
  name: 'weight',
  cells: ['weight-heaviest', 'weight-wallet', 'weight-slow-line'],
  needsBuild: true,
  once: true,
  open: openWeights,
};

async function openWeights(world: BenchWorld): Promise<OpenSection> {
  const stage = await setPagesStage(world, 'weights', { payments: 1_000 });
  const web = await startWeb(stage.url);
  const [cookie = ''] = stage.cookies;
  const weigh = async (origin: string): Promise<Map<string, number>> => {
    const weights = new Map<string, number>();
    for (const path of OPEN_PAGES) weights.set(path, (await view(origin, path, '')).bytes);
    for (const path of OWN_PAGES) weights.set(path, (await view(origin, path, cookie)).bytes);
    return weights;
  };
  const weights = await weigh(web.process.url);
  const [heaviest = '', most = 0] = [...weights].toSorted(([, left], [, right]) => right - left)[0] ?? [];
  return {
    cells: new Map([
      ['weight-heaviest', async () => counted(most / 1024)],
      ['weight-wallet', async () => counted((weights.get('/wallet/') ?? 0) / 1024)],
      [
        'weight-slow-line',
        async () => {
          const line = await openSlowLine(web.process.url, SLOW);
          const { took_ms } = await view(line.url, heaviest, OPEN_PAGES.includes(heaviest) ? '' : cookie);
          await line.close();
          return counted(took_ms / 1000);
        },
      ],
    ]),
    notes: {
      'weight-heaviest': `${heaviest}, the heaviest of ${weights.size} pages`,
      'weight-slow-line': `${heaviest} and its styles, while the rest loads beside them`,
    },
    check: async () => undefined,
    checkAll: async () => undefined,
    close: async () => {
      await web.close();
      await stage.close();
    },
  };
}

/** A browser that has never been here: the page, then at once what it names, on two connections; usable with its styles. */
async function view(
  origin: string,
  path: string,
  cookie: string,
): Promise<{ bytes: number; took_ms: number }> {
  const dispatcher = new Agent({ connections: 2 });
  let bytes = 0;
  const load = async (url: string): Promise<string> => {
    const answer = await request(new URL(url, origin), {
      dispatcher,
      headers: { accept: 'text/html', 'accept-encoding': 'br, gzip', cookie, 'accept-language': 'fr' },
    });
    const body = Buffer.from(await answer.body.arrayBuffer());
    if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}`);
    bytes += body.length;
    return await unpack(body, String(answer.headers['content-encoding'] ?? ''));
  };
  const started_ms = performance.now();
  const html = await load(path);
  const names = new Set([...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, url = '']) => url));
  // As browsers do: styles first, because nothing is drawn without them; every flow works without the script.
  const styles = [...names].filter((url) => url.includes('.css'));
  const rest = [...names].filter((url) => !styles.includes(url));
  const styled = Promise.all(styles.map(async (url) => await load(url)));
  const loaded = Promise.all(rest.map(async (url) => await load(url)));
  await styled;
  const took_ms = performance.now() - started_ms;
  await loaded;
  await dispatcher.close();
  return { bytes, took_ms };
}

async function unpack(body: Buffer, encoding: string): Promise<string> {
  if (encoding === '') return body.toString('utf8');
  const format = encoding === 'br' ? brotliDecompressSync : gunzipSync;
  return format(body).toString('utf8');
}
