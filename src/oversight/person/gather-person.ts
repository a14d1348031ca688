/**
 * Gathers everything that is kept about one person: who asks what is known about them has a right to all of it.
 *
 * The answer is a text of JSON, table by table, and the statement of each wallet. Other people's rows are not in it. Events
 * that left the database are named by the files that have them: an answer that is not whole must say so.
 */
import { listDroppedSince } from '../../ground/archive/month-archive.rows.ts';
import { type AccountId, accountId } from '../../ground/ledger/account.ts';
import { readBalance } from '../../ground/ledger/balance.ts';
import { listStatement } from '../../ground/ledger/statement.ts';
import type { Currency } from '../../ground/money/currency.ts';
import type { Reader } from '../../ground/postgres/database.ts';
import { listTables } from '../../ground/postgres/list-tables.ts';
import type { Person } from '../../people/person.ts';
import { listRowsAbout } from './rows-about.rows.ts';

const CURRENCIES: readonly Currency[] = ['XOF', 'XAF', 'GNF'];
const LINES_AT_ONCE = 500;

/** JSON with the names of tables and of wallets; what holds nothing about the person is left out. */
export async function gatherPerson(
  reader: Reader,
  person: Pick<Person, 'id' | 'phone'>,
  now: Date,
): Promise<string> {
  const parts: string[] = [`"gatheredAt": ${JSON.stringify(now.toISOString())}`];
  const tables = await listTables(reader);
  const about = { personId: person.id, phone: person.phone, things: [] as string[] };
  const payments = tables.find(({ name }) => name === 'payments');
  const own = payments === undefined ? [] : await listRowsAbout(reader, payments, about);
  const things = own.flatMap((line) => {
    const { id } = JSON.parse(line) as { id?: string };
    return id === undefined ? [] : [id];
  });
  for (const table of tables) {
    const rows = await listRowsAbout(reader, table, { ...about, things });
    if (rows.length > 0) parts.push(`${JSON.stringify(table.name)}: [\n    ${rows.join(',\n    ')}\n  ]`);
  }
  const dropped = await listDroppedSince(reader, new Date(0));
  if (dropped.length > 0) {
    parts.push(`"events_also_in": ${JSON.stringify(dropped.map(({ file }) => file))}`);
  }
  for (const currency of CURRENCIES) {
    const wallet = accountId('member', person.id, currency);
    if ((await readBalance(reader, wallet)) === undefined) continue;
    parts.push(`${JSON.stringify(wallet)}: ${await statementOf(reader, wallet)}`);
  }
  return `{\n  ${parts.join(',\n  ')}\n}\n`;
}

async function statementOf(reader: Reader, wallet: AccountId): Promise<string> {
  const lines: string[] = [];
  let before: bigint | undefined;
  for (;;) {
    const page = await listStatement(reader, wallet, {
      limit: LINES_AT_ONCE,
      ...(before === undefined ? {} : { before }),
    });
    for (const line of page) {
      lines.push(
        JSON.stringify(line, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
      );
    }
    before = page.at(-1)?.seq;
    if (page.length < LINES_AT_ONCE) return `[\n    ${lines.join(',\n    ')}\n  ]`;
  }
}
