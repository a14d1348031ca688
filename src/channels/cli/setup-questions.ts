/**
 * Lists what `npm run setup` asks, in order, and when a question makes sense.
 *
 * Each answer is the value of one variable, judged by the same shape that judges it at the start of the product: there
 * is no second opinion about what a good value is.
 */
import { groundSettings } from '../../ground/configuration.ts';
import { inFrench } from '../../ground/configuration-words.ts';
import type { Sentence } from '../../ground/refusal.ts';
import { railsSettings } from '../../rails/settings.ts';
import { channelSettings } from '../settings.ts';
import { type EnvValues, whyNotInEnv } from './env-text.ts';
import { SETUP } from './words/setup.ts';

const SHAPE = { ...groundSettings.shape, ...railsSettings.shape, ...channelSettings.shape };

export type Variable = keyof typeof SHAPE;

export const VARIABLES = Object.keys(SHAPE) as readonly Variable[];

/** Variables whose values are never shown, and never taken from the command line, where everybody can read them. */
export const SECRET_VARIABLES: readonly Variable[] = [
  'DATABASE_URL',
  'SECRET_KEY',
  'SEAL_KEYS',
  'GETMIPAY_API_KEY',
  'GETMIPAY_SECRET_KEY',
  'GETMIPAY_WEBHOOK_SECRET',
  'GETMIPAY_WEBHOOK_SECRET_PREVIOUS',
  'SMS_GATEWAY_TOKEN',
  'DRILL_DATABASE_URL',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
];

export interface Question {
  readonly variable: keyof typeof SETUP.questions;
  /** What may be chosen; absent: something is typed. */
  readonly choices?: readonly string[];
  /** Proposed when nothing is known yet. */
  readonly proposal?: (answers: EnvValues) => string | undefined;
  readonly applies: (answers: EnvValues) => boolean;
  /** Whether nothing is an answer. */
  readonly required: (answers: EnvValues) => boolean;
}

const always = (): boolean => true;
const never = (): boolean => false;
const inProduction = (answers: EnvValues): boolean => answers.MODE === 'production';
const withProvider = (answers: EnvValues): boolean => (answers.GETMIPAY_API_URL ?? '') !== '';
const byToken = (answers: EnvValues): boolean =>
  withProvider(answers) && answers.GETMIPAY_GENERATION !== 'api-key';
const toStore = (answers: EnvValues): boolean => (answers.BACKUP_TO ?? '').startsWith('s3://');
const withSms = (answers: EnvValues): boolean => (answers.SMS_GATEWAY_URL ?? '') !== '';

export const QUESTIONS: readonly Question[] = [
  {
    variable: 'MODE',
    choices: ['demo', 'production'],
    applies: always,
    required: always,
  },
  {
    variable: 'DATABASE_URL',
    applies: always,
    required: inProduction,
  },
  {
    variable: 'PUBLIC_URL',
    applies: always,
    required: inProduction,
  },
  {
    variable: 'GETMIPAY_API_URL',
    proposal: (answers) => (inProduction(answers) ? 'https://getmipay.com/api/v1' : undefined),
    applies: always,
    required: inProduction,
  },
  {
    variable: 'GETMIPAY_ENVIRONMENT',
    choices: ['sandbox', 'live'],
    applies: withProvider,
    required: always,
  },
  {
    variable: 'GETMIPAY_REHEARSAL',
    choices: ['false', 'true'],
    applies: (answers) => inProduction(answers) && answers.GETMIPAY_ENVIRONMENT === 'sandbox',
    required: always,
  },
  {
    variable: 'GETMIPAY_GENERATION',
    choices: ['jwt', 'api-key'],
    applies: withProvider,
    required: always,
  },
  { variable: 'GETMIPAY_API_KEY', applies: withProvider, required: always },
  { variable: 'GETMIPAY_SECRET_KEY', applies: byToken, required: always },
  {
    variable: 'GETMIPAY_WEBHOOK_SECRET',
    applies: withProvider,
    required: (answers) => answers.GETMIPAY_ENVIRONMENT === 'live',
  },
  {
    variable: 'GETMIPAY_WEBHOOK_RECIPE',
    choices: ['timestamp.body', 'body', 'timestamp-body', 'timestamp-lf-body'],
    applies: withProvider,
    required: always,
  },
  {
    variable: 'SMS_GATEWAY_URL',
    applies: always,
    required: inProduction,
  },
  { variable: 'SMS_GATEWAY_TOKEN', applies: withSms, required: never },
  {
    variable: 'BACKUP_TO',
    applies: (answers) => (answers.DATABASE_URL ?? '') !== '',
    required: never,
  },
  {
    variable: 'BACKUP_RECIPIENT',
    applies: (answers) => (answers.BACKUP_TO ?? '') !== '',
    required: always,
  },
  { variable: 'S3_ENDPOINT', applies: toStore, required: always },
  {
    variable: 'S3_REGION',
    proposal: () => 'us-east-1',
    applies: toStore,
    required: always,
  },
  { variable: 'S3_ACCESS_KEY_ID', applies: toStore, required: always },
  {
    variable: 'S3_SECRET_ACCESS_KEY',
    applies: toStore,
    required: always,
  },
];

/** Why a value cannot be the answer, or nothing. It never repeats the value. */
export function whyNotAnswer(question: Question, answer: string, answers: EnvValues): Sentence | undefined {
  if (answer.trim() === '') return question.required(answers) ? SETUP.needed : undefined;
  return whyNotValue(question.variable, answer);
}

export function whyNotValue(variable: Variable, value: string): Sentence | undefined {
  const read = SHAPE[variable].safeParse(value);
  if (read.success) return whyNotInEnv(value);
  const [issue] = read.error.issues;
  return issue === undefined ? undefined : { fr: inFrench(issue), en: issue.message };
}
