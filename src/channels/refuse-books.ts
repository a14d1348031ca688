/**
 * Refuses to start on a database whose books are not those of this installation, and says what to do.
 *
 * The variables may all be right, and the books behind them half restored, sealed under other keys, full of demo people, or
 * of the other kind of money. Each throws `Hindrance` and closes the database.
 */
import { refuseUnfinished } from '../ground/backup/unfinished-restore.rows.ts';
import { ConfigurationError } from '../ground/configuration.ts';
import type { OpenDatabase } from '../ground/postgres/database.ts';
import type { Sentence } from '../ground/refusal.ts';
import { findForeignKey } from '../ground/seal/sealed-column.rows.ts';
import { vaultOf } from '../ground/seal/vault-of.ts';
import { countDemoPeople } from '../people/count-demo-people.ts';
import { SEALED_IN_PEOPLE } from '../people/person.rows.ts';
import { hasPaymentsOf } from '../rails/payments/other-environment.rows.ts';
import type { AllSettings } from './boot-checks.ts';

/** Tables without the books look like a new installation, in which nobody has any money. */
export async function refuseHalfRestored(database: OpenDatabase): Promise<void> {
  try {
    await refuseUnfinished(database.db);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/**
 * Books that were made for trying out, or with another kind of money, are not those of real people: the PINs of demo people
 * are public, and sandbox money in a wallet would be paid out in real francs.
 */
export async function refuseForeignBooks(database: OpenDatabase, settings: AllSettings): Promise<void> {
  await refuseForeignKeys(database);
  const { ground, rails } = settings;
  const { GETMIPAY_ENVIRONMENT: environment } = rails;
  const found = ground.MODE === 'demo' ? 0 : await countDemoPeople(database.db);
  const other = environment === 'live' ? 'sandbox' : 'live';
  const mixed = await hasPaymentsOf(database.db, 'getmipay', other);
  const wrong: Sentence[] = [];
  if (found > 0) {
    wrong.push({
      fr: `DATABASE_URL : cette base a ${found} personnes de démonstration, dont tout le monde peut lire le PIN. La production commence avec une base vide.`,
      en: `DATABASE_URL: this database has ${found} demo people, whose PINs everybody can read. Production begins with an empty one.`,
    });
  }
  if (mixed) {
    wrong.push({
      fr: `DATABASE_URL : cette base a des paiements ${other}, et GETMIPAY_ENVIRONMENT est ${environment}. L’argent fictif et l’argent réel n’ont jamais les mêmes livres : prenez une base vide, ou remettez GETMIPAY_ENVIRONMENT=${other}.`,
      en: `DATABASE_URL: this database has ${other} payments, and GETMIPAY_ENVIRONMENT is ${environment}. Play money and real money never share their books: take an empty database, or set GETMIPAY_ENVIRONMENT=${other} again.`,
    });
  }
  if (wrong.length === 0) return;
  await database.close();
  throw new ConfigurationError(wrong.map(({ fr }) => fr).join('\n'), wrong.map(({ en }) => en).join('\n'));
}

/** Whoever cannot open what is there would find nobody, and make everybody a second time. */
async function refuseForeignKeys(database: OpenDatabase): Promise<void> {
  for (const column of SEALED_IN_PEOPLE) {
    const id = await findForeignKey(database.db, vaultOf(database.db), column);
    if (id === undefined) continue;
    await database.close();
    throw new ConfigurationError(
      `SEAL_KEYS : des numéros de cette base sont scellés sous la clé ${id}, qui n’est pas dans la liste. Remettez-la.`,
      `SEAL_KEYS: this database has numbers that are sealed under the key ${id}, which is not among them. Put it back.`,
    );
  }
}
