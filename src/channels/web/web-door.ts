/**
 * Is what the web pages are handed when they are opened: everything they need, and nothing they make themselves.
 */

import type { Ground } from '../../ground/ground.ts';
import type { Db } from '../../ground/postgres/database.ts';
import type { HeadShelf } from '../../oversight/heads/head-shelf.ts';
import type { Country } from '../../people/country.ts';
import type { SmsGateway } from '../../people/sms-gateway.ts';
import type { Rails } from '../../rails/rails.ts';
import type { ContributionLane } from '../../tontine/rounds/contribution-lane.ts';
import type { WithdrawalPolicy } from '../../wallet/withdrawal-policy.ts';
import type { SettingLine } from '../describe-settings.ts';

export interface WebKeys {
  readonly cookie: Uint8Array;
  readonly oneTimeCode: Uint8Array;
  readonly pin: Uint8Array;
  readonly receipt: Uint8Array;
  readonly secondFactor: Uint8Array;
}

export interface WebDoor {
  readonly db: Db;
  readonly ground: Ground;
  readonly rails: Rails;
  /** Shared by all who contribute at this door. */
  readonly contributions: ContributionLane;
  readonly sms: SmsGateway;
  readonly keys: WebKeys;
  /** The address under which people reach us, without a slash at the end. */
  readonly publicUrl: string;
  /** True when the pages are reached over https only. */
  readonly secure: boolean;
  readonly defaultCountry: Country;
  readonly smsDailyBudget: number;
  /** How long the books of an erased person must be kept. */
  readonly booksKept_years: number;
  /** Fee and waiting times of withdrawals. */
  readonly withdrawals: WithdrawalPolicy;
  /** Present in demo mode: where the simulated phone is. */
  readonly demo?: { readonly phoneUrl: string };
  /** How the installation is set up, without its secrets. */
  readonly settingLines: readonly SettingLine[];
  /** Where heads of the chains are published; absent where they are not. */
  readonly heads?: HeadShelf;
  /** Numbers of proxies in front. */
  readonly trustedProxies: number;
}
