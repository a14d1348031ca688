/**
 * Measures the wallet page and the history of somebody signed in, each against a bare route that sends the database the same
 * statements in the same way.
 *
 * What a page asks is read off its wire while it is drawn once, so the bare route cannot fall behind the page.
 */
import { startBare } from './bare-process.ts';
import { expectSoundSums } from './books.ts';
import { closedLoop } from './measure.ts';
import { type PagesStage, setPagesStage } from './pages-stage.ts';
import { recordQueries, type SentQuery } from './record-queries.ts';
import type { BenchWorld, MeasureCell, OpenSection, Section } from './section.ts';
import { expectSoundBooks } from './town.ts';
import { openLine, startWeb } from './web-process.ts';

const PAYMENTS = 2_000;
const CALLERS = 8;
/** Both alike: a process translates its program for some thousand answers, the larger one for longer. */
const WARM_UP_S = 2;
/** What is shown on each is counted in the page itself. */
const PAGES = { wallet: '/wallet/', history: '/wallet/history/' };

export const PAGE_SPEED: Section = {
  name: 'page',
  cells: Object.keys(PAGES).flatMap((name) => [`page-${name}-bare`, `page-${name}`]),
  needsBuild: true,
  open: openPages,
};

async function openPages(world: BenchWorld): Promise<OpenSection> {
  const stage = await setPagesStage(world, 'pages', { payments: PAYMENTS });
  const cells = new Map<string, MeasureCell>();
  const notes: Record<string, string> = {};
  const closing: (() => Promise<void>)[] = [];
  for (const [name, path] of Object.entries(PAGES)) {
    const drawn = await drawOnce(stage, path);
    const bare = await startBare(stage.url, drawn.queries);
    const line = openLine(bare.url, CALLERS);
    closing.push(async () => {
      await line.close();
      await bare.close();
    });
    const askBare: MeasureCell = async (seconds) =>
      await closedLoop(CALLERS, seconds, async () => {
        await line.ask({ path: '/page' });
        return 1;
      });
    await askBare(WARM_UP_S);
    await stage.look(path, WARM_UP_S);
    cells.set(`page-${name}-bare`, askBare);
    cells.set(`page-${name}`, async (seconds) => await stage.look(path, seconds));
    notes[`page-${name}`] =
      `${drawn.queries.length} statements a page; 8 callers; about 50 payments each, of which ${drawn.lines} are shown`;
  }
  return {
    cells,
    notes,
    check: async () => await expectSoundSums(stage.open.db),
    checkAll: async () => await expectSoundBooks(stage.open.db),
    close: async () => {
      for (const close of closing) await close();
      await stage.close();
    },
  };
}

interface Drawn {
  readonly queries: readonly SentQuery[];
  /** How many rows of the list it shows. */
  readonly lines: number;
}

/** What one drawing of the page asks the database; the second one, when the first has warmed everything up. */
async function drawOnce(stage: PagesStage, path: string): Promise<Drawn> {
  const recorder = await recordQueries(stage.url);
  const web = await startWeb(recorder.url);
  const line = openLine(web.process.url, 1);
  const headers = { cookie: stage.cookies[0] ?? '' };
  try {
    await line.ask({ path, headers });
    recorder.clear();
    const page = await line.ask({ path, headers });
    // The queue looks for its own work on the same connections now and then.
    const queries = recorder.heard().filter(({ text }) => !/pgboss|^\s*(begin|commit|rollback)/i.test(text));
    return { queries, lines: page.split('<span class="figures">').length - 1 };
  } finally {
    await line.close();
    await web.close();
    await recorder.close();
  }
}
