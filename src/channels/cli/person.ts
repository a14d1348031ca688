/**
 * Is the program behind `npm run person`: writes everything that is kept about one person to a file for its owner only,
 * unlinks an operator's authenticator, or erases somebody.
 */
import './require-node.ts';

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { trueChance } from '../../ground/chance.ts';
import { systemClock } from '../../ground/clock.ts';
import type { GroundSettings } from '../../ground/configuration.ts';
import { makeIds } from '../../ground/identifiers.ts';
import type { Db } from '../../ground/postgres/database.ts';
import { inTransaction } from '../../ground/postgres/in-transaction.ts';
import { openDatabase } from '../../ground/postgres/open-database.ts';
import { Hindrance } from '../../ground/refusal.ts';
import { unlinkFromHost } from '../../oversight/access/unlink-from-host.ts';
import { erasePerson } from '../../oversight/person/erase-person.ts';
import { exportFromHost } from '../../oversight/person/export-from-host.ts';
import { findPersonByPhone } from '../../people/person.rows.ts';
import type { Person } from '../../people/person.ts';
import { parsePhone } from '../../people/phone-number.ts';
import { findRoles } from '../../people/role-grant.rows.ts';
import { readAllSettings } from '../boot-checks.ts';
import { PERSON_FLAGS } from './backup-flags.ts';
import { type ExitCode, helpOf, runCommand, type Terminal } from './run-command.ts';
import { COMMANDS } from './words/commands.ts';

const SAID = COMMANDS.person;

async function main(terminal: Terminal): Promise<ExitCode> {
  const { values } = parseArgs({ args: terminal.args, options: PERSON_FLAGS });
  if (values.phone === undefined) {
    terminal.say(helpOf(SAID.usage));
    return 2;
  }
  const settings = readAllSettings(process.env);
  const phone = parsePhone(values.phone, settings.channels.DEFAULT_COUNTRY);
  if (!phone.ok) throw new Hindrance(phone.refusal);
  const open = await openDatabase(settings.ground, () => undefined);
  try {
    const person = await findPersonByPhone(open.db, phone.value.e164);
    if (person === undefined) throw new Hindrance(SAID.nobody);
    if (values.erase) {
      const by = parsePhone(values.by, settings.channels.DEFAULT_COUNTRY);
      if (!by.ok) throw new Hindrance(SAID.by(by.refusal));
      const asked = { person, by: by.value.e164, reason: values.reason ?? '' };
      await erase(open.db, settings.ground, asked, terminal);
    } else if (values['unlink-authenticator']) {
      await unlink(open.db, person, values.reason ?? '', terminal);
    } else {
      const taken = { reason: values.reason, to: values.to ?? `${person.id}.json` };
      await write(open.db, person, taken, terminal);
    }
    return 0;
  } finally {
    await open.close();
  }
}

async function write(
  db: Db,
  person: Person,
  { reason, to }: { readonly reason: string | undefined; readonly to: string },
  { say }: Terminal,
): Promise<void> {
  const ground = { clock: systemClock, ids: makeIds(systemClock, trueChance) };
  const told = await inTransaction(db, async (tx) => await exportFromHost(tx, ground, { person, reason }));
  try {
    writeFileSync(to, told, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw exists ? new Hindrance(SAID.exists(to), { cause: error }) : error;
  }
  say(SAID.written(to));
}

async function erase(
  db: Db,
  settings: GroundSettings,
  asked: { readonly person: Person; readonly by: string; readonly reason: string },
  { say }: Terminal,
): Promise<void> {
  const admin = await findPersonByPhone(db, asked.by);
  if (admin === undefined) throw new Hindrance(SAID.byNobody);
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
  if (!erased.ok) throw new Hindrance(erased.refusal);
  const until = erased.value.booksUntil.toISOString().slice(0, 10);
  say(SAID.erased(asked.person.id, erased.value.payments, until));
}

async function unlink(db: Db, person: Person, reason: string, { say }: Terminal): Promise<void> {
  const ground = { clock: systemClock, ids: makeIds(systemClock, trueChance) };
  const unlinked = await inTransaction(
    db,
    async (tx) => await unlinkFromHost(tx, ground, { personId: person.id, reason }),
  );
  if (!unlinked.ok) throw new Hindrance(unlinked.refusal);
  say(SAID.unlinked);
}

await runCommand(SAID.usage, main);
