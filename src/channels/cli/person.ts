/**
 * Is the program behind `npm run person`: writes everything that is kept about one person to a file for its owner only, or
 * unlinks an operator's authenticator.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { trueChance } from '../../ground/chance.ts';
import { systemClock } from '../../ground/clock.ts';
import { ConfigurationError } from '../../ground/configuration.ts';
import { makeIds } from '../../ground/identifiers.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { openDatabase } from '../../ground/postgres/open-database.ts';
import { unlinkFromHost } from '../../oversight/access/unlink-from-host.ts';
import { gatherPerson } from '../../oversight/person/gather-person.ts';
import { findPersonByPhone } from '../../people/person.rows.ts';
import type { Person } from '../../people/person.ts';
import { parsePhone } from '../../people/phone-number.ts';
import { readAllSettings } from '../boot-checks.ts';
import { PERSON_FLAGS } from './backup-flags.ts';

const USAGE = `npm run person -- --phone NUMBER [--to FILE]   writes all that is kept about this person
npm run person -- --phone NUMBER --unlink-authenticator --reason TEXT
                                               lets an operator link another authenticator; written in the trail`;

async function main(): Promise<0 | 2> {
  const { values } = parseArgs({ options: PERSON_FLAGS });
  if (values.help || values.phone === undefined) {
    process.stdout.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  const settings = readAllSettings(process.env);
  const phone = parsePhone(values.phone, settings.channels.DEFAULT_COUNTRY);
  if (!phone.ok) throw new ConfigurationError(phone.refusal.en);
  const open = await openDatabase(settings.ground, () => undefined);
  try {
    const person = await findPersonByPhone(open.db, phone.value.e164);
    if (person === undefined) throw new ConfigurationError('nobody has this number');
    if (values['unlink-authenticator']) await unlink(open.db, person, values.reason ?? '');
    else await write(open.db, person, values.to ?? `${person.id}.json`);
    return 0;
  } finally {
    await open.close();
  }
}

async function write(db: Db, person: Person, file: string): Promise<void> {
  writeFileSync(file, await gatherPerson(db, person, systemClock.now()), { mode: 0o600, flag: 'wx' });
  process.stdout.write(
    `${file} is written, readable by its owner only. Give it to this person and nobody else.\n`,
  );
}

async function unlink(db: Db, person: Person, reason: string): Promise<void> {
  const ground = { clock: systemClock, ids: makeIds(systemClock, trueChance) };
  const unlinked = await inTransaction(
    db,
    async (tx) => await unlinkFromHost(tx, ground, { personId: person.id, reason }),
  );
  if (!unlinked.ok) throw new ConfigurationError(unlinked.refusal.en);
  process.stdout.write(
    'The authenticator is unlinked and the sessions are over. The next login links another one. The trail says so.\n',
  );
}

try {
  process.exit(await main());
} catch (error) {
  const usage = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n${usage ? `${USAGE}\n` : ''}`,
  );
  process.exit(usage ? 2 : 1);
}
