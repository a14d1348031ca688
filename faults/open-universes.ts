/**
 * Opens the database in memory in which universes are played one after the other.
 *
 * Migrating costs more than a universe, so the tables are emptied in between; the space that emptied rows leave is given
 * back from time to time.
 */
import { Kysely } from 'kysely';
import { seededChance } from '../src/ground/chance.ts';
import { systemClock } from '../src/ground/clock.ts';
import { type Database, type Db, openPglite } from '../src/ground/postgres/database.ts';
import { migrate } from '../src/ground/postgres/migrate.ts';
import { invariant } from '../src/ground/refusal.ts';
import { openVault } from '../src/ground/seal/vault.ts';
import { VaultPlugin } from '../src/ground/seal/vault-of.ts';
import { emptyBooks, gatherMonths, vacuumBooks } from './books.rows.ts';
import { PreparedDialect } from './prepared-driver.ts';

const VACUUM_EVERY = 25;

/** Keys for what is sealed: nonces change nothing of what happens, so all universes draw from one seed. */
export function universalVault(): VaultPlugin {
  return new VaultPlugin(() =>
    openVault(['the seal key of every universe, of no host'], seededChance('nonces')),
  );
}

export interface Universes {
  /** The database for the next universe. */
  db(): Promise<Db>;
  close(): Promise<void>;
}

/** `damage` takes a protection out of the database, to see that its absence is noticed. */
export async function openUniverses(damage?: string): Promise<Universes> {
  const open = await openPglite(undefined);
  await migrate(open.db, systemClock);
  invariant(open.lite !== undefined, 'a universe needs the embedded engine');
  await gatherMonths(open.db);
  if (damage !== undefined) await open.lite.exec(damage);
  // One plan a statement for good: tables of some dozen rows leave nothing to choose.
  await open.lite.exec('set plan_cache_mode = force_generic_plan');
  const db: Db = new Kysely<Database>({
    dialect: new PreparedDialect(open.lite),
    plugins: [universalVault()],
  });
  let played = 0;
  return {
    async db() {
      played += 1;
      if (played % VACUUM_EVERY === 0) {
        await emptyBooks(db);
        await vacuumBooks(db);
      }
      return db;
    },
    close: async () => await open.close(),
  };
}
