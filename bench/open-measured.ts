/**
 * Opens a database that is measured, with seal keys that processes beside it know as well.
 */
import { trueChance } from '../src/ground/chance.ts';
import { type OpenDatabase, openPostgres } from '../src/ground/postgres/database.ts';
import { openVault } from '../src/ground/seal/vault.ts';
import { VaultPlugin } from '../src/ground/seal/vault-of.ts';

/** What a product that serves this database must have as `SEAL_KEYS`. */
export const MEASURED_SEAL_KEY = 'the-seal-key-of-what-is-measured-and-of-no-host';

export function openMeasured(url: string, connections: number): OpenDatabase {
  const plugins = [new VaultPlugin(() => openVault([MEASURED_SEAL_KEY], trueChance))];
  return openPostgres(url, { onError: () => undefined, connections, plugins });
}
