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
    `This configuration is refused:\n${wrong.map((line) => `  ${line}`).join('\n')}`,
  );
}

function providerFaults({ ground, rails }: AllSettings): string[] {
  const faults: string[] = [];
  const live = rails.GETMIPAY_ENVIRONMENT === 'live';
  const keys = [rails.GETMIPAY_API_KEY, rails.GETMIPAY_SECRET_KEY].filter((key) => key !== undefined);
  if (!usesSimulator(rails) && rails.GETMIPAY_API_KEY === undefined) {
    faults.push('GETMIPAY_API_KEY: is missing while GETMIPAY_API_URL is set');
  }
  if (
    !usesSimulator(rails) &&
    rails.GETMIPAY_GENERATION === 'jwt' &&
    rails.GETMIPAY_SECRET_KEY === undefined
  ) {
    faults.push('GETMIPAY_SECRET_KEY: is missing; the jwt generation needs both keys');
  }
  if (keys.some((key) => /^your_|_here$|changeme|placeholder/i.test(key))) {
    faults.push('GETMIPAY_API_KEY, GETMIPAY_SECRET_KEY: a placeholder is not a key');
  }
  if (ground.DATABASE_URL === undefined && (live || keys.some((key) => key.includes('_live_')))) {
    faults.push('DATABASE_URL: live money needs PostgreSQL; the embedded database never syncs to disk');
  }
  if (live && rails.GETMIPAY_WEBHOOK_SECRET === undefined) {
    faults.push(
      'GETMIPAY_WEBHOOK_SECRET: is missing; without it callbacks of live money would all be refused',
    );
  }
  if (live && ground.MODE !== 'production') {
    faults.push('MODE: must be production for live money');
  }
  return faults;
}

function productionFaults({ ground, rails, channels }: AllSettings): string[] {
  if (ground.MODE !== 'production') return [];
  const faults: string[] = [];
  if (channels.PUBLIC_URL?.startsWith('https://') !== true) {
    faults.push('PUBLIC_URL: must be an https address in production');
  }
  if (ground.DATABASE_URL === undefined) faults.push('DATABASE_URL: production needs PostgreSQL');
  if (channels.SMS_GATEWAY_URL === undefined) {
    faults.push(
      'SMS_GATEWAY_URL: is missing; the built-in outbox keeps login codes in clear, for trying out only',
    );
  }
  if (ground.SECRET_KEY === undefined) faults.push('SECRET_KEY: is missing');
  if (usesSimulator(rails))
    faults.push('GETMIPAY_API_URL: is missing; production does not run on the simulator');
  return faults;
}

function backupFaults({ channels }: AllSettings): string[] {
  const { BACKUP_TO: place, BACKUP_RECIPIENT: recipient } = channels;
  if (place === undefined) return [];
  const faults: string[] = [];
  if (recipient === undefined) {
    faults.push('BACKUP_RECIPIENT: is missing; npm run backup -- --new-key FILE makes a pair');
  }
  if (place.startsWith('s3://')) {
    for (const name of ['S3_ENDPOINT', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const) {
      if (channels[name] === undefined) faults.push(`${name}: is missing while BACKUP_TO is a store`);
    }
  }
  return faults;
}
