/**
 * Names the flags of `npm run backup`, `npm run restore` and `npm run person`, for the programs and for the test of what documents say.
 */
export const BACKUP_FLAGS = {
  'new-key': { type: 'string' },
  /** After a restore: the heads that were published before bind no more. Needs `--reason`. */
  'restart-heads': { type: 'boolean' },
  reason: { type: 'string' },
  help: { type: 'boolean' },
} as const;

export const RESTORE_FLAGS = {
  list: { type: 'boolean' },
  drill: { type: 'boolean' },
  /** A database on the server of `DATABASE_URL`. */
  into: { type: 'string' },
  name: { type: 'string' },
  identity: { type: 'string' },
  help: { type: 'boolean' },
} as const;

export const PERSON_FLAGS = {
  phone: { type: 'string' },
  to: { type: 'string' },
  'unlink-authenticator': { type: 'boolean' },
  reason: { type: 'string' },
  help: { type: 'boolean' },
} as const;
