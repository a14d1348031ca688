/**
 * Reads what the doors need from the environment.
 */
import { z } from 'zod';
import { COUNTRY_CODES } from '../people/country.ts';

export const channelSettings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** Address to listen on; `0.0.0.0` behind a proxy or in a container. */
  HOST: z.string().default('localhost'),
  /** How the world reaches the product; absent means this machine. Production wants https. */
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
  /** How many proxies stand in front; their word about the caller's address is believed, nobody else's. */
  TRUST_PROXY: z.coerce.number().int().min(0).max(5).default(0),
  /** Requests of one network address in a minute; generous, because a whole town may share one. */
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(10).default(1200),
  /** Country of a number that is typed without its code. */
  DEFAULT_COUNTRY: z.enum(COUNTRY_CODES).default('CI'),
  /** What the host takes on top of a withdrawal, in percent of what is sent. */
  WITHDRAWAL_FEE_PERCENT: z.coerce.number().min(0).max(20).default(1),
  /** How long withdrawals wait after a changed number, a replaced PIN or a new device. */
  WITHDRAWAL_HOLD_HOURS: z.coerce.number().min(0).max(720).default(24),
  /** Whether a new device makes withdrawals wait; by default only in production, where a stolen phone is real. */
  HOLD_NEW_DEVICES: z.stringbool({ error: 'must be true or false' }).optional(),
  /** Takes text messages by POST; see `http-gateway.ts`. Absent means the built-in outbox, for trying out only. */
  SMS_GATEWAY_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
  /** Sent to the gateway as a bearer token. */
  SMS_GATEWAY_TOKEN: z.string().min(8, 'must have at least 8 characters').optional(),
  /** The host's mail server, `smtp://user:password@server:587`; alarms are sent by e-mail when all three are set. */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be smtp:// or smtps://' }).optional(),
  ALERT_EMAIL_FROM: z.string().includes('@', 'must be an e-mail address').optional(),
  /** One address or several with commas between. */
  ALERT_EMAIL_TO: z.string().includes('@', 'must be e-mail addresses').optional(),
  /** Receives each alarm by POST; see `webhook-gateway.ts`. */
  ALERT_WEBHOOK_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
  /** Signs the webhook's messages (Standard Webhooks, HMAC-SHA256). */
  ALERT_WEBHOOK_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  /** Most text messages in one day (UTC), all numbers together. */
  SMS_DAILY_BUDGET: z.coerce.number().int().min(1).default(2000),
});

export type ChannelSettings = z.output<typeof channelSettings>;
