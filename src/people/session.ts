/**
 * Is a login on one device, and says how long it lasts.
 *
 * The token is 256 bits of chance and leaves the server once, in a cookie; the database keeps its SHA-256, so a copy
 * of the database logs nobody in. A session ends by disuse and, however used, at an absolute end.
 */
import { createHash } from 'node:crypto';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../ground/clock.ts';
import type { SessionLevel } from './role.ts';

/** Why a session is over before its time. */
export type SessionEnding =
  | 'signed-out' // the person left on that device
  | 'replaced' // the same browser logged in again
  | 'revoked' // the person ended it from another device
  | 'pin-changed' // the PIN changed elsewhere
  | 'role-changed'; // what the person may do changed

export interface Session {
  readonly id: string;
  readonly personId: string;
  readonly level: SessionLevel;
  readonly ip: string;
  /** Browser and system in a few words, such as `Opera Mini · Android`; absent when they cannot be told. */
  readonly device: string | undefined;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly idleUntil: Date;
  readonly expiresAt: Date;
  /** When a code of the authenticator was typed in it; without one it opens no console. */
  readonly secondFactorAt: Date | undefined;
}

/** Where a login comes from, for the list of devices. */
export interface Origin {
  readonly ip: string;
  readonly userAgent?: string;
}

export interface SessionLength {
  readonly idle_ms: number;
  readonly absolute_ms: number;
}

export const SESSION_LENGTHS: Readonly<Record<SessionLevel, SessionLength>> = {
  member: { idle_ms: 7 * DAY_MS, absolute_ms: 30 * DAY_MS },
  staff: { idle_ms: 8 * HOUR_MS, absolute_ms: 24 * HOUR_MS },
};

/** A session is written at most this often, however many pages are read. */
export const TOUCH_INTERVAL_MS = MINUTE_MS;

export const TOKEN_BYTES = 32;
const TOKEN_SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** True for a text that could be a token: nothing else reaches the database. */
export function isToken(text: unknown): text is string {
  return typeof text === 'string' && TOKEN_SHAPE.test(text);
}

export function hashToken(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}

/** When disuse ends the session if it is used at `now` and never again; never later than the absolute end. */
export function idleEnd(now: Date, level: SessionLevel, expiresAt: Date): Date {
  return new Date(Math.min(now.getTime() + SESSION_LENGTHS[level].idle_ms, expiresAt.getTime()));
}
