/**
 * Lists what `npm run setup` asks, in order, and when a question makes sense.
 *
 * Each answer is the value of one variable, judged by the same shape that judges it at the start of the product: there
 * is no second opinion about what a good value is.
 */
import { groundSettings } from '../../ground/configuration.ts';
import { railsSettings } from '../../rails/settings.ts';
import { channelSettings } from '../settings.ts';
import { type EnvValues, whyNotInEnv } from './env-text.ts';

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
  readonly variable: Variable;
  readonly message: string;
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
    message: 'What is this installation for? demo: trying out; production: real people',
    choices: ['demo', 'production'],
    applies: always,
    required: always,
  },
  {
    variable: 'DATABASE_URL',
    message:
      'PostgreSQL, as postgres://user:password@host:5432/name (nothing: embedded, for trying out only)',
    applies: always,
    required: inProduction,
  },
  {
    variable: 'PUBLIC_URL',
    message: 'Address at which people and the provider reach it',
    applies: always,
    required: inProduction,
  },
  {
    variable: 'GETMIPAY_API_URL',
    message: 'Address of GetMiPay, with its version (nothing: the built-in simulator)',
    proposal: (answers) => (inProduction(answers) ? 'https://getmipay.com/api/v1' : undefined),
    applies: always,
    required: inProduction,
  },
  {
    variable: 'GETMIPAY_ENVIRONMENT',
    message: 'Which money do the keys move?',
    choices: ['sandbox', 'live'],
    applies: withProvider,
    required: always,
  },
  {
    variable: 'GETMIPAY_GENERATION',
    message: 'Which interface does your account speak? jwt is the documented one',
    choices: ['jwt', 'api-key'],
    applies: withProvider,
    required: always,
  },
  { variable: 'GETMIPAY_API_KEY', message: 'Public key', applies: withProvider, required: always },
  { variable: 'GETMIPAY_SECRET_KEY', message: 'Secret key', applies: byToken, required: always },
  {
    variable: 'GETMIPAY_WEBHOOK_SECRET',
    message: 'Secret that signs callbacks',
    applies: withProvider,
    required: (answers) => answers.GETMIPAY_ENVIRONMENT === 'live',
  },
  {
    variable: 'GETMIPAY_WEBHOOK_RECIPE',
    message: 'Which bytes are signed?',
    choices: ['timestamp.body', 'body', 'timestamp-body', 'timestamp-lf-body'],
    applies: withProvider,
    required: always,
  },
  {
    variable: 'SMS_GATEWAY_URL',
    message: 'Relay that sends text messages (nothing: shown on a page, for trying out only)',
    applies: always,
    required: inProduction,
  },
  { variable: 'SMS_GATEWAY_TOKEN', message: 'Token for the relay', applies: withSms, required: never },
  {
    variable: 'BACKUP_TO',
    message: 'Folder or s3://bucket/prefix for backups (nothing: none are made)',
    applies: (answers) => (answers.DATABASE_URL ?? '') !== '',
    required: never,
  },
  {
    variable: 'BACKUP_RECIPIENT',
    message: 'Who may open backups: age1… (npm run backup -- --new-key FILE makes a pair)',
    applies: (answers) => (answers.BACKUP_TO ?? '') !== '',
    required: always,
  },
  { variable: 'S3_ENDPOINT', message: 'Address of the store', applies: toStore, required: always },
  {
    variable: 'S3_REGION',
    message: 'Region of the store',
    proposal: () => 'us-east-1',
    applies: toStore,
    required: always,
  },
  { variable: 'S3_ACCESS_KEY_ID', message: 'Key of the store', applies: toStore, required: always },
  {
    variable: 'S3_SECRET_ACCESS_KEY',
    message: 'Secret key of the store',
    applies: toStore,
    required: always,
  },
];

/** Why a value cannot be the answer, or nothing. It never repeats the value. */
export function whyNotAnswer(question: Question, answer: string, answers: EnvValues): string | undefined {
  if (answer.trim() === '') return question.required(answers) ? 'is needed here' : undefined;
  return whyNotValue(question.variable, answer);
}

export function whyNotValue(variable: Variable, value: string): string | undefined {
  const read = SHAPE[variable].safeParse(value);
  return read.success ? whyNotInEnv(value) : read.error.issues[0]?.message;
}
