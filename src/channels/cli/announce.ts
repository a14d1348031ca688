/**
 * Prints what a newcomer needs after the start: the address, the demo logins, the simulated phone.
 */
import type { Locale } from '../../ground/money/money-text.ts';
import type { Sentence } from '../../ground/refusal.ts';
import type { DemoPerson } from '../../people/demo-people.ts';
import { formatPhone } from '../../people/phone-number.ts';
import { COMMANDS } from './words/commands.ts';
import { lines, plainly } from './words/said.ts';

export interface Announcement {
  readonly publicUrl: string;
  readonly engine: 'postgres' | 'pglite';
  readonly role: 'web' | 'worker' | 'all';
  /** Empty outside demo mode. */
  readonly people: readonly DemoPerson[];
  readonly simulatorUrl: string | undefined;
}

export function announce(started: Announcement, language: Locale): void {
  process.stdout.write(
    `${announced(started)
      .map((sentence) => sentence[language])
      .join('\n')}\n`,
  );
}

function announced({ publicUrl, engine, role, people, simulatorUrl }: Announcement): Sentence[] {
  const said = COMMANDS.start;
  const indented = (sentence: Sentence): Sentence => lines([plainly('  '), sentence], '');
  const database = engine === 'postgres' ? plainly('PostgreSQL') : said.embedded;
  const parts = lines([plainly(publicUrl), database, said.role(role)], '  ·  ');
  const all = [plainly(''), plainly('  Tontine Pro'), indented(parts)];
  if (people.length > 0) {
    all.push(plainly(''), indented(said.logins), indented(said.messages(`${publicUrl}/demo/sms/`)));
    for (const person of people) {
      const phone = formatPhone(person.phone).padEnd(22);
      all.push(plainly(`    ${phone} PIN ${person.pin.padEnd(8)} ${person.name} (${person.role})`));
    }
  }
  if (simulatorUrl !== undefined) {
    all.push(plainly(''), indented(said.phone(`${simulatorUrl}/phone/`)));
    all.push(indented(said.simulator(`${simulatorUrl}/`)));
  }
  all.push(plainly(''));
  return all;
}
