/**
 * Is a six-digit code sent by SMS: how it is made, how it is kept, and how often it may be asked for or missed.
 *
 * Six digits are few, so everything rests on the counting: five tries for one code, fifteen misses an hour for one
 * number whatever the number of codes. The rows keep only a keyed hash bound to the number and the purpose, so a
 * code to log in resets no PIN, a code for one destination allows no other, and a copy of the table opens nothing.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Chance } from '../ground/chance.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../ground/clock.ts';
import type { Phone } from './phone-number.ts';

/** What a code opens. A code made for one purpose is wrong for the others. */
export type CodePurpose =
  | 'login' // to log in, or to sign up
  | 'reset-pin' // to choose a new PIN without the old one
  | DestinationPurpose;

/** To allow money to be sent to this number, E.164 after the colon. The code goes to the person's own phone. */
export type DestinationPurpose = `destination:${string}`;

/** How a code stopped being valid before its time. */
export type CodeEnding =
  | 'used' // typed right, once
  | 'replaced' // a newer code was asked for
  | 'exhausted'; // missed five times

export const CODE_LIFE_MS = 10 * MINUTE_MS;
export const TRIES_PER_CODE = 5;
/** Misses of one number, over all its codes, within `MISSES_WINDOW_MS`. */
export const MISSES_PER_NUMBER = 15;
export const MISSES_WINDOW_MS = HOUR_MS;

/** How many codes may be sent. */
export interface CodeLimits {
  /** To one number in 15 minutes. */
  readonly perNumber: number;
  /** To one number in 24 hours. */
  readonly perNumberDaily: number;
  /** For one network address in an hour; generous, because a whole town may share one address. */
  readonly perAddressHourly: number;
  /** In all, in one day (UTC): the most that a fraud can cost. */
  readonly perDay: number;
}

export const PER_NUMBER_WINDOW_MS = 15 * MINUTE_MS;
export const PER_NUMBER_DAILY_WINDOW_MS = DAY_MS;
export const PER_ADDRESS_WINDOW_MS = HOUR_MS;

export const CODE_LIMITS: CodeLimits = {
  perNumber: 3,
  perNumberDaily: 10,
  perAddressHourly: 60,
  perDay: 2_000,
};

/** Proof that somebody holds the phone now. Only `verifyCode` makes one. */
export interface VerifiedPhone<P extends CodePurpose = CodePurpose> {
  readonly phone: Phone;
  readonly purpose: P;
  readonly [proof]: true;
}
declare const proof: unique symbol;

export function drawCode(chance: Chance): string {
  return String(chance.below(1_000_000)).padStart(6, '0');
}

/** The six digits that were typed, spaces removed; nothing when it is not six ASCII digits. */
export function readCode(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length > 20) return undefined;
  const code = text.replaceAll(/\s/g, '');
  return /^[0-9]{6}$/.test(code) ? code : undefined;
}

export function hashCode(pepper: Uint8Array, purpose: CodePurpose, phone: string, code: string): Uint8Array {
  return createHmac('sha256', pepper).update(`${purpose}\n${phone}\n${code}`).digest();
}

/** Compares in constant time. */
export function isSameHash(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
