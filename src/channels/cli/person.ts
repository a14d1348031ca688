/**
 * Is the program behind `npm run person`: writes everything that is kept about one person to a file for its owner only.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { systemClock } from '../../ground/clock.ts';
import { ConfigurationError } from '../../ground/configuration.ts';
import { openDatabase } from '../../ground/postgres/open-database.ts';
import { gatherPerson } from '../../oversight/person/gather-person.ts';
import { findPersonByPhone } from '../../people/person.rows.ts';
import { parsePhone } from '../../people/phone-number.ts';
import { readAllSettings } from '../boot-checks.ts';
import { PERSON_FLAGS } from './backup-flags.ts';

const USAGE = 'npm run person -- --phone NUMBER [--to FILE]   writes all that is kept about this person';

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
    const file = values.to ?? `${person.id}.json`;
    writeFileSync(file, await gatherPerson(open.db, person, systemClock.now()), { mode: 0o600, flag: 'wx' });
    process.stdout.write(
      `${file} is written, readable by its owner only. Give it to this person and nobody else.\n`,
    );
    return 0;
  } finally {
    await open.close();
  }
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
