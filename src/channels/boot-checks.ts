/**
 * Refuses to start where real people or real money would be at risk, and says which variable to change.
 *
 * Found at boot a wrong setting is a sentence; found later it is somebody's money.
 */
import {
  ConfigurationError,
  type EnvironmentVariables,
  type GroundSettings,
  groundSettings,
  readSettings,
} from '../ground/configuration.ts';
import type { Sentence } from '../ground/refusal.ts';
import { type RailsSettings, railsSettings, usesSimulator } from '../rails/settings.ts';
import { type ChannelSettings, channelSettings } from './settings.ts';

export interface AllSettings {
  readonly ground: GroundSettings;
  readonly rails: RailsSettings;
  readonly channels: ChannelSettings;
}

/** Throws `ConfigurationError` when the variables cannot be used together. */
export function readAllSettings(variables: EnvironmentVariables): AllSettings {
  const settings = {
    ground: readSettings(groundSettings, variables),
    rails: readSettings(railsSettings, variables),
    channels: readSettings(channelSettings, variables),
  };
  checkBoot(settings);
  return settings;
}

/** Throws `ConfigurationError` listing every reason at once. */
export function checkBoot(settings: AllSettings): void {
  const wrong = [...providerFaults(settings), ...productionFaults(settings), ...backupFaults(settings)];
  if (wrong.length === 0) return;
  throw new ConfigurationError(
    `Cette configuration est refusée :\n${wrong.map(({ fr }) => `  ${fr}`).join('\n')}`,
    `This configuration is refused:\n${wrong.map(({ en }) => `  ${en}`).join('\n')}`,
  );
}

/** What is wrong with which variables, and what to do. */
function fault(variables: string, fr: string, en: string): Sentence {
  return { fr: `${variables} : ${fr}`, en: `${variables}: ${en}` };
}

function providerFaults({ ground, rails }: AllSettings): Sentence[] {
  const faults: Sentence[] = [];
  const live = rails.GETMIPAY_ENVIRONMENT === 'live';
  const keys = [rails.GETMIPAY_API_KEY, rails.GETMIPAY_SECRET_KEY].filter((key) => key !== undefined);
  if (!usesSimulator(rails) && rails.GETMIPAY_API_KEY === undefined) {
    faults.push(
      fault(
        'GETMIPAY_API_KEY',
        'manque alors que GETMIPAY_API_URL est donné',
        'is missing while GETMIPAY_API_URL is set',
      ),
    );
  }
  if (
    !usesSimulator(rails) &&
    rails.GETMIPAY_GENERATION === 'jwt' &&
    rails.GETMIPAY_SECRET_KEY === undefined
  ) {
    faults.push(
      fault(
        'GETMIPAY_SECRET_KEY',
        'manque ; la génération jwt veut les deux clés',
        'is missing; the jwt generation needs both keys',
      ),
    );
  }
  if (keys.some((key) => /^your_|_here$|changeme|placeholder/i.test(key))) {
    faults.push(
      fault(
        'GETMIPAY_API_KEY, GETMIPAY_SECRET_KEY',
        'un mot mis à la place d’une clé n’est pas une clé',
        'a placeholder is not a key',
      ),
    );
  }
  if (ground.DATABASE_URL === undefined && (live || keys.some(isLiveKey))) {
    faults.push(
      fault(
        'DATABASE_URL',
        'l’argent réel veut PostgreSQL ; la base embarquée n’écrit jamais pour de bon sur le disque',
        'live money needs PostgreSQL; the embedded database never syncs to disk',
      ),
    );
  }
  if (live && rails.GETMIPAY_WEBHOOK_SECRET === undefined) {
    faults.push(
      fault(
        'GETMIPAY_WEBHOOK_SECRET',
        'manque ; sans lui, toutes les notifications d’argent réel seraient refusées',
        'is missing; without it callbacks of live money would all be refused',
      ),
    );
  }
  if (live && ground.MODE !== 'production') {
    faults.push(
      fault('MODE', 'doit être production pour de l’argent réel', 'must be production for live money'),
    );
  }
  return [...faults, ...keyFaults(rails, keys)];
}

/** Keys of one world beside the name of the other: whoever mixed them up believes that the money is of the other kind. */
function keyFaults(
  { GETMIPAY_ENVIRONMENT: environment }: RailsSettings,
  keys: readonly string[],
): Sentence[] {
  const names = 'GETMIPAY_API_KEY, GETMIPAY_SECRET_KEY';
  if (environment === 'live' && keys.some(isSandboxKey)) {
    return [
      fault(
        names,
        'ce sont des clés de bac à sable alors que GETMIPAY_ENVIRONMENT=live : prenez les clés réelles du tableau de bord',
        'these are sandbox keys while GETMIPAY_ENVIRONMENT=live: take the live keys from the dashboard',
      ),
    ];
  }
  if (environment === 'sandbox' && keys.some(isLiveKey)) {
    return [
      fault(
        names,
        'ce sont des clés réelles alors que GETMIPAY_ENVIRONMENT=sandbox : mettez GETMIPAY_ENVIRONMENT=live, ou des clés de bac à sable',
        'these are live keys while GETMIPAY_ENVIRONMENT=sandbox: set GETMIPAY_ENVIRONMENT=live, or sandbox keys',
      ),
    ];
  }
  return [];
}

/** Only keys that say so themselves: what a key without such a word opens, the provider knows alone. */
function isSandboxKey(key: string): boolean {
  return key.includes('_test_');
}

function isLiveKey(key: string): boolean {
  return key.includes('_live_');
}

function productionFaults({ ground, rails, channels }: AllSettings): Sentence[] {
  if (ground.MODE !== 'production') return [];
  const faults: Sentence[] = [];
  if (channels.PUBLIC_URL?.startsWith('https://') !== true) {
    faults.push(
      fault(
        'PUBLIC_URL',
        'doit être une adresse https en production',
        'must be an https address in production',
      ),
    );
  }
  if (ground.DATABASE_URL === undefined) {
    faults.push(fault('DATABASE_URL', 'la production veut PostgreSQL', 'production needs PostgreSQL'));
  }
  if (channels.SMS_GATEWAY_URL === undefined) {
    faults.push(
      fault(
        'SMS_GATEWAY_URL',
        'manque ; la boîte d’envoi intégrée garde les codes de connexion en clair, pour essayer seulement',
        'is missing; the built-in outbox keeps login codes in clear, for trying out only',
      ),
    );
  }
  if (ground.SECRET_KEY === undefined) faults.push(fault('SECRET_KEY', 'manque', 'is missing'));
  if (ground.SEAL_KEYS === undefined) {
    faults.push(
      fault(
        'SEAL_KEYS',
        'manque ; npm run seal-keys -- --add en fait une, pour les numéros et les noms',
        'is missing; npm run seal-keys -- --add makes one, for phone numbers and names',
      ),
    );
  }
  if (usesSimulator(rails)) {
    faults.push(
      fault(
        'GETMIPAY_API_URL',
        'manque ; la production ne tourne pas sur le simulateur',
        'is missing; production does not run on the simulator',
      ),
    );
  } else if (rails.GETMIPAY_ENVIRONMENT === 'sandbox' && !rails.GETMIPAY_REHEARSAL) {
    faults.push(
      fault(
        'GETMIPAY_ENVIRONMENT',
        'est sandbox : de l’argent fictif passerait pour réel ; mettez live et les clés réelles, ou GETMIPAY_REHEARSAL=true pour une répétition dont tout le monde sait qu’elle en est une',
        'is sandbox: play money would pass for real; set live and the live keys, or GETMIPAY_REHEARSAL=true for a rehearsal that everybody knows to be one',
      ),
    );
  }
  return faults;
}

function backupFaults({ channels }: AllSettings): Sentence[] {
  const { BACKUP_TO: place, HEADS_TO: heads, BACKUP_RECIPIENT: recipient } = channels;
  const faults: Sentence[] = [];
  if (place !== undefined && recipient === undefined) {
    faults.push(
      fault(
        'BACKUP_RECIPIENT',
        'manque ; npm run backup -- --new-key FICHIER fait une paire',
        'is missing; npm run backup -- --new-key FILE makes a pair',
      ),
    );
  }
  const stores = [place, heads].filter((one) => one?.startsWith('s3://') === true);
  if (stores.length > 0) {
    for (const name of ['S3_ENDPOINT', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const) {
      if (channels[name] !== undefined) continue;
      faults.push(
        fault(
          name,
          'manque alors que BACKUP_TO ou HEADS_TO est un magasin',
          'is missing while BACKUP_TO or HEADS_TO is a store',
        ),
      );
    }
  }
  return faults;
}
