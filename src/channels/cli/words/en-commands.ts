/**
 * Says in English what the programs of the command line tell, ask for and refuse, setup's questions aside.
 */
import type { FR_COMMANDS } from './fr-commands.ts';

export const EN_COMMANDS: typeof FR_COMMANDS = {
  colon: ': ',
  unknownFlag: (flag) => `Unknown option '${flag}'`,
  unexpectedWord: (word) => `Unexpected argument '${word}'`,
  flagNeedsValue: (flag) => `${flag} needs a value`,
  strangeFlags: (why) => `this command line cannot be understood: ${why}`,
  langFlag: '--lang fr|en chooses the language; else it is that of the terminal (LANG).',
  stopped: (why) => why,
  portInUse: (port) =>
    `Port ${port} is in use by another program. Stop it, or set PORT (the simulator: SIMULATOR_PORT) to another one.`,
  kept: (file, backup) => `${file} is written; the one before is kept as ${backup}.`,
  written: (file) => `${file} is written.`,
  doctor: {
    usage:
      'npm run doctor    goes through the checklist of a deployment: good, to watch or wrong, and what to do; changes nothing',
  },
  migrate: {
    usage: 'npm run migrate    brings the database to the schema of this version, and ends',
    nothing: 'Nothing to migrate.',
    ran: (names) => `Migrated: ${names}`,
  },
  backup: {
    usage: `npm run backup                      makes one backup where BACKUP_TO says
npm run backup -- --restart-heads --reason WHY   after a restore: heads published before bind no more
npm run backup -- --new-key FILE    makes a pair of keys: FILE opens backups, the printed recipient closes them`,
    keyMade: (path) =>
      `${path} opens the backups. Keep copies where this machine is not; without one no backup can be opened.`,
    keyExists: (path) => `${path} exists: a key never replaces another one, take another name`,
    needsReason: '--restart-heads needs --reason: it is published with the next head',
    noShelf: 'neither HEADS_TO nor BACKUP_TO is set',
    restarted: (place, ledger, trail) => `published in ${place}: ledger nº ${ledger}, trail nº ${trail}`,
    forgotten: 'Heads before this one are not compared any more. Close the alarm in the console.',
    noPlace: 'BACKUP_TO is not set: a folder, or s3://bucket/prefix',
    made: (name, rows, bytes, seq, took_ms) =>
      `${name}: ${rows} rows, ${bytes} bytes, journal up to ${seq}, in ${took_ms} ms`,
    gone: (place, gone) => `kept in ${place}; ${gone} old ones taken away`,
    noSecret:
      'It contains neither SECRET_KEY nor SEAL_KEYS: keep them elsewhere as well. npm run restore -- --drill proves it.',
  },
  restore: {
    usage: `npm run restore -- --list                  what is kept, and which of it was tried
npm run restore -- --drill [--name NAME]   restores into a scratch database, proves the books, says how long it took
npm run restore -- --into DATABASE [--name NAME] [--identity FILE]
                                           restores into an empty database of this name on the server of DATABASE_URL`,
    noPlace: 'BACKUP_TO is not set: where are the backups?',
    noIdentity: 'BACKUP_IDENTITY_FILE is not set: what opens it?',
    identityNeeded: '--identity FILE: the file that opens backups is needed',
    noBackup: (place) => `there is no backup in ${place}`,
    noServer: 'DATABASE_URL is not set: on which server?',
    untried: 'not tried',
    proven: (took_ms) => `proven in ${took_ms} ms`,
    broken: 'NOT RESTORABLE',
    stray: (name) => `${name}  without its manifest: NOT RESTORABLE`,
    count: (count, place) => `${count} in ${place}`,
    drilled: (name, took_ms) => `${name}: proven, in ${took_ms} ms`,
    failed: (name, took_ms) => `${name}: NOT RESTORABLE, in ${took_ms} ms`,
    done: (name, seq) => `${name}: restored and proven, journal up to ${seq}.`,
    frozen:
      'Withdrawals are frozen: what was paid after the backup is not in it. See docs/runbooks/restore.md.',
  },
  sealKeys: {
    usage: `npm run seal-keys                  says how many rows are plain or under another key than the first
npm run seal-keys -- --add         1. makes a key that opens; then restart every process
npm run seal-keys -- --promote     2. lets the new key seal; then restart every process
npm run seal-keys -- --rotate      3. seals every row anew under the first key; may be run again
npm run seal-keys -- --drop        4. takes the old keys away, when nothing is under them
npm run seal-keys -- --close       after an upgrade, when no older version runs: nothing is written plainly any more
--file FILE names the configuration (.env)`,
    thenPromote: 'Restart every process, then npm run seal-keys -- --promote.',
    thenRotate: 'Restart every process, then npm run seal-keys -- --rotate.',
    thenRestart: 'Restart every process. Backups need the old key.',
    plainly: 'Rows are written plainly, for an older version.',
    left: (plain, otherKey) => `${plain} plain, ${otherKey} under another key than the first.`,
    soFar: (column, rows) => `${column}: ${rows} rows so far`,
    meanwhile: 'A process with the old list has written meanwhile: restart it, and run this again.',
    rotateFirst: 'Run npm run seal-keys -- --rotate first. Nothing was changed.',
    noFile: (file) => `${file} is not there: change SEAL_KEYS where you keep it, see SECURITY.md`,
    oneKey: (step) => `SEAL_KEYS has one key only: --${step} has nothing to do`,
  },
  person: {
    usage: `npm run person -- --phone NUMBER [--to FILE] [--reason TEXT]
                                               writes all that is kept about this person; written in the trail
npm run person -- --phone NUMBER --unlink-authenticator --reason TEXT
                                               lets an operator link another authenticator; written in the trail
npm run person -- --phone NUMBER --erase --by ADMIN-NUMBER --reason TEXT
                                               removes who this is and keeps the books; cannot be undone; written in the trail`,
    nobody: 'nobody has this number',
    byNobody: '--by: nobody has this number',
    by: (why) => `--by: ${why}`,
    written: (file) =>
      `${file} is written, readable by its owner only. Give it to this person and nobody else.`,
    exists: (file) => `${file} exists: take another name with --to`,
    erased: (id, payments, until) =>
      `${id} has no name and no number any more; ${payments} payments keep their amounts. Keep the books until ${until}. Backups made before still know who it was.`,
    unlinked:
      'The authenticator is unlinked and the sessions are over. The next login links another one. The trail says so.',
  },
  start: {
    usage: 'npm start    builds, migrates and starts the product; .env and the environment configure it',
    embedded: 'embedded database (PGlite): for trying out, never for real money',
    role: (role) => `role: ${role}`,
    logins: 'Demo logins (phone, PIN). A code by SMS works too:',
    messages: (url) => `text messages: ${url}`,
    phone: (url) => `Simulated phone: ${url}`,
    simulator: (url) => `GetMiPay simulator: ${url}`,
  },
  seed: {
    usage: `npm run seed -- --payments NUMBER [--days DAYS] [--seed WORD]
                                           fills a trial database with a long made-up history whose books are right`,
    figures: '--payments must be a whole number from 1, --days one from 1 to 390.',
    production: 'A made-up history does not belong into production: MODE is production.',
    soFar: (payments) => `${payments} payments`,
    done: (payments, transfers, members, tontines, seconds) =>
      `${payments} payments, ${transfers} transfers, ${members} members, ${tontines} tontines in ${seconds} s`,
  },
};
