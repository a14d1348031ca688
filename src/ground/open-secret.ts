/**
 * Finds the one secret from which all keys are derived.
 *
 * In production it must be given. In demo mode one is made and kept in the data folder, readable by its owner only, so
 * that logins survive a restart without anybody configuring anything.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chance } from './chance.ts';
import { ConfigurationError, type GroundSettings } from './configuration.ts';

export function openSecret(settings: GroundSettings, chance: Chance): string {
  if (settings.SECRET_KEY !== undefined) return settings.SECRET_KEY;
  if (settings.MODE === 'production') {
    throw new ConfigurationError(
      'SECRET_KEY manque : la production veut au moins 32 caractères que personne ne devine.',
      'SECRET_KEY is missing: production needs at least 32 unguessable characters.',
    );
  }
  const path = secretPath(settings.DATA_DIR);
  mkdirSync(settings.DATA_DIR, { recursive: true });
  const made = Buffer.from(chance.bytes(32)).toString('base64url');
  try {
    // `wx` decides the race between two first starts: one writes, both read the same.
    writeFileSync(path, made, { mode: 0o600, flag: 'wx' });
    return made;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return readFileSync(path, 'utf8').trim();
  }
}

/** The secret that a demo made in this folder, when one has run there. */
export function findDemoSecret(folder: string): string | undefined {
  const path = secretPath(folder);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

function secretPath(folder: string): string {
  return join(folder, 'secret');
}
