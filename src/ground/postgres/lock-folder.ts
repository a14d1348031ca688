/**
 * Takes a folder for one process, with a lock file beside it.
 *
 * PGlite opens a folder twice without a word, and the second process then overwrites what the first has committed.
 * The lock stands outside the data folder, names the process that holds it, and is never taken from one that lives.
 */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigurationError } from '../configuration.ts';

export interface FolderLock {
  release(): void;
}

/**
 * Locks `folder` (the lock is `<folder>.lock`). Throws `ConfigurationError` when a living process holds it, naming that
 * process.
 */
export function lockFolder(folder: string): FolderLock {
  const path = `${folder}.lock`;
  mkdirSync(dirname(path), { recursive: true });
  for (const lastTry of [false, true]) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, String(process.pid));
      closeSync(file);
      return { release: () => rmSync(path, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const holder = Number.parseInt(readFileSync(path, 'utf8'), 10);
      if (lastTry || isAlive(holder)) {
        throw new ConfigurationError(
          `Le dossier de données ${folder} est utilisé par le processus ${holder}. Arrêtez-le d’abord, ou mettez un autre dossier dans DATA_DIR.`,
          `The data folder ${folder} is in use by process ${holder}. Stop it first, or set DATA_DIR to another folder.`,
          { cause: error },
        );
      }
      // Its process is gone (killed, or the machine restarted): the lock is nobody's.
      rmSync(path, { force: true });
    }
  }
  throw new Error('unreachable');
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
