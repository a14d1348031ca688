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
  /** Where backups go: a folder, or `s3://bucket/prefix`. Workers make them each night when it is set. */
  BACKUP_TO: z.string().optional(),
  /** Where heads of the chains are published: a folder, or `s3://bucket/prefix`. With the backups unless set. */
  HEADS_TO: z.string().optional(),
  /** Who may open backups: one or more age recipients, separated by commas. Not a secret. */
  BACKUP_RECIPIENT: z
    .string()
    .regex(/^age1[a-z0-9]+(,age1[a-z0-9]+)*$/, 'must be one or more recipients, age1…')
    .optional(),
  /** The file with the identity that opens them; only where drills are run. */
  BACKUP_IDENTITY_FILE: z.string().optional(),
  /** Every backup of so many days stays; the first of each month stays longer. */
  BACKUP_KEEP_DAYS: z.coerce.number().int().min(1).max(3650).default(35),
  /** The bytes of callbacks of so many months stay in the database; older ones go into sealed files beside the backups. */
  CALLBACKS_KEEP_MONTHS: z.coerce.number().int().min(2).max(120).default(13),
  /** Events of so many months stay in the database; older ones go once their sealed file is compared. None goes unless set. */
  EVENTS_KEEP_MONTHS: z.coerce.number().int().min(13).max(600).optional(),
  /** A server on which the drill may make its scratch database; the one of DATABASE_URL unless set. */
  DRILL_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
    .optional(),
  S3_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
});

export type ChannelSettings = z.output<typeof channelSettings>;
