/**
 * Is the program behind `npm run person`: writes everything that is kept about one person to a file for its owner only,
 * unlinks an operator's authenticator, or erases somebody.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { trueChance } from '../../ground/chance.ts';
import { systemClock } from '../../ground/clock.ts';
import { ConfigurationError, type GroundSettings } from '../../ground/configuration.ts';
import { makeIds } from '../../ground/identifiers.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { openDatabase } from '../../ground/postgres/open-database.ts';
import { unlinkFromHost } from '../../oversight/access/unlink-from-host.ts';
import { erasePerson } from '../../oversight/person/erase-person.ts';
import { exportFromHost } from '../../oversight/person/export-from-host.ts';
import { findPersonByPhone } from '../../people/person.rows.ts';
import type { Person } from '../../people/person.ts';
import { parsePhone } from '../../people/phone-number.ts';
import { findRoles } from '../../people/role-grant.rows.ts';
import { readAllSettings } from '../boot-checks.ts';
import { PERSON_FLAGS } from './backup-flags.ts';

const USAGE = `npm run person -- --phone NUMBER [--to FILE] [--reason TEXT]
                                               writes all that is kept about this person; written in the trail
npm run person -- --phone NUMBER --unlink-authenticator --reason TEXT
                                               lets an operator link another authenticator; written in the trail
npm run person -- --phone NUMBER --erase --by ADMIN-NUMBER --reason TEXT
                                               removes who this is and keeps the books; cannot be undone; written in the trail`;

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
    if (values.erase) {
      const by = parsePhone(values.by, settings.channels.DEFAULT_COUNTRY);
      if (!by.ok) throw new ConfigurationError(`--by: ${by.refusal.en}`);
      await erase(open.db, settings.ground, { person, by: by.value.e164, reason: values.reason ?? '' });
    } else if (values['unlink-authenticator']) await unlink(open.db, person, values.reason ?? '');
    else await write(open.db, person, { reason: values.reason, to: values.to ?? `${person.id}.json` });
    return 0;
  } finally {
    await open.close();
  }
}

async function write(
  db: Db,
  person: Person,
  { reason, to }: { readonly reason: string | undefined; readonly to: string },
): Promise<void> {
  const ground = { clock: systemClock, ids: makeIds(systemClock, trueChance) };
  const told = await inTransaction(db, async (tx) => await exportFromHost(tx, ground, { person, reason }));
  writeFileSync(to, told, { mode: 0o600, flag: 'wx' });
  process.stdout.write(
    `${to} is written, readable by its owner only. Give it to this person and nobody else.\n`,
  );
}

async function erase(
  db: Db,
  settings: GroundSettings,
  asked: { readonly person: Person; readonly by: string; readonly reason: string },
): Promise<void> {
  const admin = await findPersonByPhone(db, asked.by);
  if (admin === undefined) throw new ConfigurationError('--by: nobody has this number');
  const queue = { enqueue: async () => undefined };
  const ground = { clock: systemClock, chance: trueChance, ids: makeIds(systemClock, trueChance), queue };
  const erased = await inTransaction(db, async (tx) => {
    const by = { personId: admin.id, roles: await findRoles(tx, admin.id), ip: 'host', device: undefined };
    const erasure = {
      personId: asked.person.id,
      reason: asked.reason,
      booksKept_years: settings.BOOKS_KEPT_YEARS,
    };
    return await erasePerson(tx, ground, by, erasure);
  });
  if (!erased.ok) throw new ConfigurationError(erased.refusal.en);
  process.stdout.write(
    `${asked.person.id} has no name and no number any more; ${erased.value.payments} payments keep their amounts. ` +
      `Keep the books until ${erased.value.booksUntil.toISOString().slice(0, 10)}. Backups made before still know who it was.\n`,
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
