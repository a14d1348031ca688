/**
 * Names the flags of `npm run backup` and `npm run restore`, for the programs and for the test of what documents say.
 */
export const BACKUP_FLAGS = {
  'new-key': { type: 'string' },
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
