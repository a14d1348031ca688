/**
 * Measures how callbacks are taken: signature checked, raw bytes committed, 200 answered; against a bare Fastify route that
 * commits the same row and does nothing else.
 */
import { systemClock } from '../src/ground/clock.ts';
import { migrate } from '../src/ground/postgres/migrate.ts';
import { invariant } from '../src/ground/refusal.ts';
import { signCallback } from '../src/rails/simulator/signature.ts';
import { startBare } from './bare-process.ts';
import { expectSoundSums } from './books.ts';
import { closedLoop } from './measure.ts';
import { openMeasured } from './open-measured.ts';
import type { BenchWorld, OpenSection, Section } from './section.ts';
import { openLine, startWeb, WEBHOOK_SECRET } from './web-process.ts';

const CALLERS = 64;

export const WEBHOOK: Section = {
  name: 'webhook',
  cells: ['webhook-bare-64', 'webhook-64'],
  needsBuild: true,
  open: openWebhooks,
};

async function openWebhooks(world: BenchWorld): Promise<OpenSection> {
  const url = await world.database('webhooks');
  const open = openMeasured(url, 2);
  await migrate(open.db, systemClock);
  const web = await startWeb(url);
  const bare = await startBare(url);
  let sent = 0;
  let taken = 0;
  const body = (): string => {
    sent += 1;
    return callbackBody(sent);
  };
  const line = openLine(web.process.url, CALLERS);
  const bareLine = openLine(bare.url, CALLERS);
  const tell = async (): Promise<number> => {
    const text = body();
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = signCallback(text, timestamp, WEBHOOK_SECRET, 'timestamp.body');
    await line.ask({
      path: '/webhook/getmipay/',
      headers: {
        'content-type': 'application/json',
        'x-getmipay-signature': `sha256=${signature}`,
        'x-getmipay-timestamp': timestamp,
      },
      body: text,
    });
    taken += 1;
    return 1;
  };
  const tellBare = async (): Promise<number> => {
    await bareLine.ask({ path: '/callback', headers: { 'content-type': 'application/json' }, body: body() });
    return 1;
  };
  // A process that has just started translates its program while it answers.
  await closedLoop(CALLERS, 1, tell);
  await closedLoop(CALLERS, 1, tellBare);
  return {
    cells: new Map([
      ['webhook-bare-64', async (seconds: number) => await closedLoop(CALLERS, seconds, tellBare)],
      ['webhook-64', async (seconds: number) => await closedLoop(CALLERS, seconds, tell)],
    ]),
    check: async () => {
      const { rows } = await open.db
        .selectFrom('provider_callbacks')
        .select((eb) => eb.fn.countAll<bigint>().as('rows'))
        .where('verdict', '=', 'verified')
        .where('id', 'not like', `cbk\\_%\\_%`)
        .executeTakeFirstOrThrow();
      invariant(Number(rows) === taken, `${taken} callbacks were answered with 200 and ${rows} are there`);
      await expectSoundSums(open.db);
    },
    checkAll: async () => undefined,
    close: async () => {
      await line.close();
      await bareLine.close();
      await web.close();
      await bare.close();
      await open.close();
    },
  };
}

/** As the provider sends them, each of another payment. */
function callbackBody(place: number): string {
  return JSON.stringify({
    event: 'payin.success',
    data: {
      order_id: `MPAYIN_${String(place).padStart(12, '0')}`,
      pay_id: `MLS${String(place).padStart(16, '0')}`,
      status: 'success',
      amount: 10_000,
      fee_amount: 150,
      net_amount: 9_850,
      currency: 'XOF',
      wallet: '2250700000001',
      paid_at: '2026-01-05T18:00:00Z',
    },
  });
}
