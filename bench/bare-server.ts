/**
 * Is the least that a web server can do with the same database work: a bare Fastify route that sends what it is told.
 *
 * It runs as a process of its own, as the product does. Each of its routes sends a list of statements, in order, on one
 * connection of a pool as large as the product's, and answers with the rows.
 */
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import pg from 'pg';
import type { SentQuery } from './record-queries.ts';

/** As the product's own default. */
const CONNECTIONS = 10;

interface BareSettings {
  readonly databaseUrl: string;
  /** Sent for each GET of `/page`. */
  readonly queries: readonly SentQuery[];
}

const settings = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as BareSettings;
const pool = new pg.Pool({ connectionString: settings.databaseUrl, max: CONNECTIONS });
const app = Fastify();

app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

const INSERT = `insert into provider_callbacks (id, provider, environment, fingerprint, body, content_type, verdict,
  state, seen, tries, due_at, received_at) values ($1, 'getmipay', 'sandbox', $2, $3, 'application/json', 'verified',
  'received', 1, 0, $4, $4)`;

let stored = 0;
app.post('/callback', async (request) => {
  stored += 1;
  const name = `cbk_${process.pid}_${stored}`;
  await pool.query(INSERT, [name, name, request.body, new Date()]);
  return { received: true };
});

app.get('/page', async () => {
  const client = await pool.connect();
  const rows: unknown[] = [];
  try {
    for (const { name, text, values } of settings.queries) {
      const asked = { text, values: values.map(valueOfQuery) };
      rows.push((await client.query(name === '' ? asked : { name, ...asked })).rows);
    }
  } finally {
    client.release();
  }
  return rows;
});

function valueOfQuery(value: SentQuery['values'][number]): string | Buffer | null {
  return typeof value === 'object' && value !== null ? Buffer.from(value.hex, 'hex') : value;
}

process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`);
process.once('SIGTERM', () => {
  void app.close().then(async () => await pool.end());
});
