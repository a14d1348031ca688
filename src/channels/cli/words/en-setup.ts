/**
 * Says in English what `npm run setup` asks and answers.
 */
import type { FR_SETUP } from './fr-setup.ts';

export const EN_SETUP: typeof FR_SETUP = {
  usage: (secrets) => `npm run setup                               asks, checks, and writes .env
npm run setup -- --non-interactive          takes the answers from flags (--public-url …) and the environment
  --replace                                 replaces an existing .env (a backup is kept)
  --offline                                 checks nothing outside this machine
  --file PATH                               another file than .env
  --admin-phone NUMBER                      makes the first administrator
npm run setup -- --test                     tries what is configured, step by step
  --sms-to NUMBER                           sends one real text message
  --real-amount 100 --payer NUMBER --method wave [--yes]   asks this phone for real money
Secrets are never taken from flags: ${secrets} come from the environment.`,
  noTerminal:
    'There is no terminal to ask at. Use npm run setup -- --non-interactive, with flags and environment (--help).',
  givenUp: 'Given up. Nothing was written.',
  nothingWritten: 'Nothing was written.',
  offline: 'Nothing was written. --offline writes it without looking.',
  exists: (file) => `${file} exists. --replace replaces it and keeps a backup.`,
  replace: (file) => `${file} exists. Replace it? A backup is kept`,
  writeAnyway: 'Not everything works yet. Write it all the same?',
  again: 'Go through the questions again?',
  next: 'Next: npm run setup -- --test tries it all, npm start starts it, npm run doctor looks after it.',
  adminPhone: 'Phone number of the first administrator, with +country code (nothing: later)',
  unwritable: 'The configuration cannot be written:',
  variable: (name, why) => `  ${name}: ${why}`,
  written: (file) => `${file} is written, readable by its owner only.`,
  keptAs: (backup) => `The one before is kept as ${backup}.`,
  notWritten: (file, code) => `${file} could not be written (${code}). Nothing was changed.`,
  secretFlag: (variable) => `${variable} is a secret: give it in the environment, never on the command line.`,
  payerNeeded: '--real-amount needs --payer NUMBER, the phone that is asked for real money',
  oneLine: 'must be on one line',
  quotes: 'may not have all three kinds of quotes',
  needed: 'is needed here',
  keeps: (message) => `${message} (nothing typed keeps the present one)`,
  chooses: (message) => `${message} (↑ ↓, then Enter)`,
  yes: 'Yes',
  no: 'No',
  questions: {
    MODE: 'What is this installation for? demo: trying out; production: real people',
    DATABASE_URL:
      'PostgreSQL, as postgres://user:password@host:5432/name (nothing: embedded, for trying out only)',
    PUBLIC_URL: 'Address at which people and the provider reach it',
    GETMIPAY_API_URL: 'Address of GetMiPay, with its version (nothing: the built-in simulator)',
    GETMIPAY_ENVIRONMENT: 'Which money do the keys move? live: real; sandbox: play money',
    GETMIPAY_REHEARSAL:
      'Play money in production: is this a rehearsal, on a database that never becomes the real one?',
    GETMIPAY_GENERATION: 'Which interface does your account speak? jwt is the documented one',
    GETMIPAY_API_KEY: 'Public key',
    GETMIPAY_SECRET_KEY: 'Secret key',
    GETMIPAY_WEBHOOK_SECRET: 'Secret that signs callbacks',
    GETMIPAY_WEBHOOK_RECIPE: 'Which bytes are signed?',
    SMS_GATEWAY_URL: 'Relay that sends text messages (nothing: shown on a page, for trying out only)',
    SMS_GATEWAY_TOKEN: 'Token for the relay',
    BACKUP_TO: 'Folder or s3://bucket/prefix for backups (nothing: none are made)',
    BACKUP_RECIPIENT: 'Who may open backups: age1… (npm run backup -- --new-key FILE makes a pair)',
    S3_ENDPOINT: 'Address of the store',
    S3_REGION: 'Region of the store',
    S3_ACCESS_KEY_ID: 'Key of the store',
    S3_SECRET_ACCESS_KEY: 'Secret key of the store',
  },
};
