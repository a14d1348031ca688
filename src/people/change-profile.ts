/**
 * Changes how a person is named, which language they read, and whether they are told of their money by text message.
 *
 * Refuses: name-missing, name-too-long, name-unreadable, person-absent.
 */
import type { Locale } from '../ground/money/money-text.ts';
import type { Tx } from '../ground/postgres/database.ts';
import { type Answer, accepted, refused } from '../ground/refusal.ts';
import { markProfile } from './person.rows.ts';
import { PERSON_ABSENT, type Person, parseDisplayName } from './person.ts';

export interface ChangeProfile {
  readonly personId: string;
  /** As typed; absent keeps the present name. */
  readonly displayName?: unknown;
  /** Absent keeps the present language. */
  readonly locale?: Locale;
  /** Absent keeps the present choice. */
  readonly wantsMessages?: boolean;
}

export async function changeProfile(tx: Tx, change: ChangeProfile): Promise<Answer<Person>> {
  const name = change.displayName === undefined ? accepted(undefined) : parseDisplayName(change.displayName);
  if (!name.ok) return name;
  const person = await markProfile(tx, {
    personId: change.personId,
    displayName: name.value,
    locale: change.locale,
    wantsMessages: change.wantsMessages,
  });
  return person === undefined ? refused(PERSON_ABSENT) : accepted(person);
}
