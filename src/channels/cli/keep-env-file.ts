/**
 * Writes the `.env` file: readable by its owner only, whole or not at all, with the old one kept beside it.
 *
 * The text goes to a new file first and takes its place by renaming, so that a full disk or a power cut leaves the old
 * configuration; whoever replaced keys by mistake finds the previous ones in the backup.
 */
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';

/** Only the owner reads and writes. */
const OWNER_ONLY = 0o600;

/**
 * Returns the path of the backup, when there was a file before. Throws what the file system says: no permission, no
 * room, no such folder.
 */
export function keepEnvFile(path: string, text: string, now: Date): string | undefined {
  // To the thousandth: two changes may follow each other within a second.
  const stamp = now.toISOString().replaceAll(/[-:.]/g, '');
  const fresh = `${path}.new-${stamp}`;
  const file = openSync(fresh, 'wx', OWNER_ONLY);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    const backup = keepOld(path, `${path}.backup-${stamp}`);
    renameSync(fresh, path);
    return backup;
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

function keepOld(path: string, backup: string): string | undefined {
  try {
    // Written anew instead of copied: a copy takes over the mode of its original.
    writeFileSync(backup, readFileSync(path), { mode: OWNER_ONLY, flag: 'wx' });
    return backup;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
