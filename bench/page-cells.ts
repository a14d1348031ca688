/**
 * Measures the wallet page of somebody signed in, against a bare route that sends the database the same statements.
 *
 * What the page asks is read off its wire while it is drawn once, so the bare route cannot fall behind the page.
 */
import { startBare } from './bare-process.ts';
import { expectSoundSums } from './books.ts';
import { closedLoop } from './measure.ts';
import { setPagesStage } from './pages-stage.ts';
import { recordQueries, type SentQuery } from './record-queries.ts';
import type { BenchWorld, OpenSection, Section } from './section.ts';
import { expectSoundBooks } from './town.ts';
import { openLine, startWeb } from './web-process.ts';

const PAYMENTS = 2_000;
const CALLERS = 8;
const PAGE = '/wallet/';

export const PAGE_SPEED: Section = {
  name: 'page',
  cells: ['page-wallet-bare', 'page-wallet'],
  needsBuild: true,
  open: openPages,
};

async function openPages(world: BenchWorld): Promise<OpenSection> {
  const stage = await setPagesStage(world, 'pages', { payments: PAYMENTS });
  const queries = await queriesOf(stage.url, stage.cookies[0] ?? '');
  const bare = await startBare(stage.url, queries);
  const line = openLine(bare.url, CALLERS);
  const note = `${queries.length} statements a page; 8 callers; about 50 payments each, of which 5 are shown`;
  return {
    cells: new Map([
      [
        'page-wallet-bare',
        async (seconds: number) =>
          await closedLoop(CALLERS, seconds, async () => {
            await line.ask({ path: '/page' });
            return 1;
          }),
      ],
      ['page-wallet', async (seconds: number) => await stage.look(PAGE, seconds)],
    ]),
    notes: { 'page-wallet': note },
    check: async () => await expectSoundSums(stage.open.db),
    checkAll: async () => await expectSoundBooks(stage.open.db),
    close: async () => {
      await line.close();
      await bare.close();
      await stage.close();
    },
  };
}

/** What one drawing of the page asks the database; the second one, when the first has warmed everything up. */
async function queriesOf(databaseUrl: string, cookie: string): Promise<readonly SentQuery[]> {
  const recorder = await recordQueries(databaseUrl);
  const web = await startWeb(recorder.url);
  const line = openLine(web.process.url, 1);
  try {
    await line.ask({ path: PAGE, headers: { cookie } });
    recorder.clear();
    await line.ask({ path: PAGE, headers: { cookie } });
    // The queue looks for its own work on the same connections now and then.
    return recorder.heard().filter(({ text }) => !/pgboss|^\s*(begin|commit|rollback)/i.test(text));
  } finally {
    await line.close();
    await web.close();
    await recorder.close();
  }
}
