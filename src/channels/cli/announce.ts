/**
 * Prints what a newcomer needs after the start: the address, the demo logins, the simulated phone.
 */
import type { DemoPerson } from '../../people/demo-people.ts';
import { formatPhone } from '../../people/phone-number.ts';

export interface Announcement {
  readonly publicUrl: string;
  readonly engine: 'postgres' | 'pglite';
  readonly role: 'web' | 'worker' | 'all';
  /** Empty outside demo mode. */
  readonly people: readonly DemoPerson[];
  readonly simulatorUrl: string | undefined;
}

export function announce(started: Announcement): void {
  process.stdout.write(`${lines(started).join('\n')}\n`);
}

function lines({ publicUrl, engine, role, people, simulatorUrl }: Announcement): string[] {
  const database =
    engine === 'postgres' ? 'PostgreSQL' : 'embedded database (PGlite): for trying out, never for real money';
  const said = ['', '  Tontine Pro', `  ${publicUrl}  ·  ${database}  ·  role: ${role}`];
  if (people.length > 0) {
    said.push(
      '',
      '  Demo logins (phone, PIN). A code by SMS works too:',
      `  text messages: ${publicUrl}/demo/sms/`,
    );
    for (const person of people) {
      const phone = formatPhone(person.phone).padEnd(22);
      said.push(`    ${phone} PIN ${person.pin.padEnd(8)} ${person.name} (${person.role})`);
    }
  }
  if (simulatorUrl !== undefined) {
    said.push('', `  Simulated phone: ${simulatorUrl}/phone/`, `  GetMiPay simulator: ${simulatorUrl}/`);
  }
  said.push('');
  return said;
}
