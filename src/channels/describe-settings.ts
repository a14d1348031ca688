/**
 * Lists how the installation is set up, for people: each variable with its value and where it comes from.
 *
 * A secret is never among the values, and neither is an address that may hold one: only whether it is set.
 */
import { groundSettings, readSettings } from '../ground/configuration.ts';
import { railsSettings } from '../rails/settings.ts';
import type { AllSettings } from './boot-checks.ts';
import { channelSettings } from './settings.ts';

export interface SettingLine {
  readonly name: string;
  /** Absent when it is a secret, or not set. */
  readonly value: string | undefined;
  readonly isSecret: boolean;
  /** `default` also when somebody typed the same as the default. */
  readonly source: 'environment' | 'default' | 'absent';
}

/** Keys, tokens, and addresses that carry a password. */
const SECRET = /KEY|SECRET|TOKEN|PASSWORD|DATABASE_URL|SMTP_URL|GATEWAY_URL|WEBHOOK_URL/;

export function describeSettings(settings: AllSettings): SettingLine[] {
  const parts = [
    [groundSettings, settings.ground],
    [railsSettings, settings.rails],
    [channelSettings, settings.channels],
  ] as const;
  return parts.flatMap(([shape, chosen]) => {
    const usual = readSettings(shape, {}) as Readonly<Record<string, unknown>>;
    const present = chosen as Readonly<Record<string, unknown>>;
    return Object.keys(shape.shape).map((name) => lineOf(name, present[name], usual[name]));
  });
}

function lineOf(name: string, value: unknown, usual: unknown): SettingLine {
  const isSecret = SECRET.test(name);
  const source = value === undefined ? 'absent' : value === usual ? 'default' : 'environment';
  return { name, isSecret, source, value: isSecret || value === undefined ? undefined : String(value) };
}
