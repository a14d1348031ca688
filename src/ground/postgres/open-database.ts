/**
 * Opens the database that the configuration names, with its lock where it needs one.
 */
import { resolve } from 'node:path';
import { trueChance } from '../chance.ts';
import type { GroundSettings } from '../configuration.ts';
import { openSealKeys } from '../seal/open-seal-keys.ts';
import { VaultPlugin } from '../seal/vault-of.ts';
import { type OpenDatabase, openPglite, openPostgres } from './database.ts';
import { lockFolder } from './lock-folder.ts';

/** PostgreSQL by `DATABASE_URL`, else PGlite in `DATA_DIR/database`, which one process holds at a time. */
export async function openDatabase(
  settings: GroundSettings,
  onError: (error: Error) => void,
): Promise<OpenDatabase> {
  const plugins = [new VaultPlugin(() => openSealKeys(settings, trueChance))];
  if (settings.DATABASE_URL !== undefined) {
    const connections = settings.DATABASE_CONNECTIONS;
    return openPostgres(settings.DATABASE_URL, { onError, connections, plugins });
  }
  const folder = resolve(settings.DATA_DIR, 'database');
  const lock = lockFolder(folder);
  try {
    const open = await openPglite(folder, plugins);
    return {
      ...open,
      close: async () => {
        await open.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
