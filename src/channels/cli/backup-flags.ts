/**
 * Names the flags of `npm run backup`, `npm run restore`, `npm run seal-keys` and `npm run person`, for the programs and for the test of what documents say.
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

export const SEAL_KEYS_FLAGS = {
  add: { type: 'boolean' },
  promote: { type: 'boolean' },
  rotate: { type: 'boolean' },
  drop: { type: 'boolean' },
  close: { type: 'boolean' },
  file: { type: 'string' },
  help: { type: 'boolean' },
} as const;

export const PERSON_FLAGS = {
  phone: { type: 'string' },
  to: { type: 'string' },
  'unlink-authenticator': { type: 'boolean' },
  erase: { type: 'boolean' },
  /** The admin's number who asks for an erasure. */
  by: { type: 'string' },
  reason: { type: 'string' },
  help: { type: 'boolean' },
} as const;
