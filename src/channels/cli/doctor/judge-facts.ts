/**
 * Decides, for each line of the deployment checklist, whether it is as it should be, and what to do where it is not.
 *
 * Pure: facts in, checks out. What is only untidy in a demo is dangerous in production, and live money makes amber red.
 */
import { DAY_MS, HOUR_MS } from '../../../ground/clock.ts';
import type { Check } from '../check.ts';
import { judgeProvider } from '../trial/judge-provider.ts';
import { judgeSkew } from '../trial/try-clock.ts';
import { judgeServer } from '../trial/try-database.ts';
import { judgeQueue } from '../trial/try-jobs.ts';
import type { BackupFacts, DatabaseFacts, Facts, SiteFacts } from './facts.ts';
import { judgeHeads } from './judge-heads.ts';
import { judgeMonths } from './judge-months.ts';
import { badly, isProduction, when } from './severity.ts';

/** Let's Encrypt renews 30 days before the end: below 14 something does not renew. */
const CERTIFICATE_DAYS = { amber: 14, red: 3 };
/** One night may fail; two may not go unseen. */
const BACKUP_HOURS = { amber: 26, red: 50 };
/** Weekly, and a Sunday may fail. */
const DRILL_DAYS = 15;
const DISK_SHARE = { amber: 0.2, red: 0.07 };
const OLDEST_NODE = 22;

export function judgeFacts(facts: Facts): Check[] {
  return [
    judgeMode(facts),
    judgeEnvFile(facts),
    judgeLog(facts),
    judgeNode(facts.nodeVersion),
    judgeDisk(facts.disk),
    ...when(facts.provider, 'authentication', facts, (found) => judgeProvider(found, facts.settings.rails)),
    ...when(facts.skew, 'clock', facts, (skew) => [
      judgeSkew(skew, facts.settings.rails.GETMIPAY_WEBHOOK_TOLERANCE_S),
    ]),
    judgeWebhook(facts),
    ...when(facts.site, 'site', facts, (found) => judgeSite(found, facts)),
    ...when(facts.database, 'database', facts, (found) => judgeDatabase(found, facts)),
    ...judgeBackups(facts),
  ];
}

function judgeMode(facts: Facts): Check {
  const { ground, rails } = facts.settings;
  const environment = rails.GETMIPAY_API_URL === undefined ? 'simulator' : rails.GETMIPAY_ENVIRONMENT;
  const seen = `${ground.MODE}, ${environment}`;
  if (!isProduction(facts)) {
    return {
      name: 'mode',
      state: 'amber',
      seen,
      cure: 'good for trying out; npm run setup makes it a production',
    };
  }
  return environment === 'live'
    ? { name: 'mode', state: 'green', seen }
    : {
        name: 'mode',
        state: 'amber',
        seen,
        cure: 'nobody pays real money: tell people so, or set live keys',
      };
}

function judgeEnvFile({ envFileMode }: Facts): Check {
  const name = 'configuration file';
  if (envFileMode === undefined) return { name, state: 'green', seen: 'none; the environment has it all' };
  const mode = (envFileMode & 0o777).toString(8);
  return (envFileMode & 0o077) === 0
    ? { name, state: 'green', seen: `for its owner only (${mode})` }
    : {
        name,
        state: 'red',
        seen: `others may read it (${mode})`,
        cure: 'chmod 600 .env, and change the keys in it',
      };
}

function judgeLog(facts: Facts): Check {
  const level = facts.settings.ground.LOG_LEVEL;
  if (isProduction(facts) && (level === 'debug' || level === 'silent')) {
    const why = level === 'debug' ? 'it fills the disk and tells too much' : 'nobody will know what happened';
    return { name: 'log', state: 'amber', seen: level, cure: `set LOG_LEVEL=info: ${why}` };
  }
  return { name: 'log', state: 'green', seen: level };
}

function judgeNode(version: string): Check {
  const major = Number.parseInt(version.replace('v', ''), 10);
  return major >= OLDEST_NODE
    ? { name: 'Node', state: 'green', seen: version }
    : {
        name: 'Node',
        state: 'red',
        seen: version,
        cure: 'start it by npm: the right Node comes with the packages',
      };
}

function judgeDisk(disk: Facts['disk']): Check {
  if ('unknown' in disk) {
    return { name: 'disk', state: 'amber', seen: `not measured (${disk.unknown})`, cure: 'look with df -h' };
  }
  const share = disk.found.freeBytes / disk.found.totalBytes;
  const seen = `${Math.floor(share * 100)} % free, ${Math.floor(disk.found.freeBytes / 1e9)} GB`;
  const state = share < DISK_SHARE.red ? 'red' : share < DISK_SHARE.amber ? 'amber' : 'green';
  return state === 'green'
    ? { name: 'disk', state, seen }
    : { name: 'disk', state, seen, cure: 'make room: a full disk stops the database' };
}

function judgeWebhook(facts: Facts): Check {
  const { rails } = facts.settings;
  const name = 'webhook secret';
  if (rails.GETMIPAY_API_URL === undefined) return { name, state: 'green', seen: 'the simulator’s own' };
  if (rails.GETMIPAY_WEBHOOK_SECRET === undefined) {
    return {
      name,
      state: badly(facts),
      seen: 'none',
      cure: 'set GETMIPAY_WEBHOOK_SECRET as in the dashboard',
    };
  }
  return rails.GETMIPAY_WEBHOOK_SECRET_PREVIOUS === undefined
    ? { name, state: 'green', seen: 'set' }
    : { name, state: 'amber', seen: 'two are accepted', cure: 'after the change take the previous one away' };
}

function judgeSite({ health, certificateUntil }: SiteFacts, facts: Facts): Check[] {
  const up: Check =
    health === 200
      ? { name: 'site', state: 'green', seen: 'ready at the public address' }
      : {
          name: 'site',
          state: 'red',
          seen: health === 0 ? 'no answer at the public address' : `answers ${health}`,
          cure: 'start it; let name, firewall and proxy lead to it; /health says whether the database is there',
        };
  return [up, judgeCertificate(certificateUntil, facts)];
}

function judgeCertificate(until: Date | undefined, facts: Facts): Check {
  const name = 'certificate';
  if (until === undefined) {
    return {
      name,
      state: badly(facts),
      seen: 'no https',
      cure: 'put a proxy with a certificate before it, such as Caddy',
    };
  }
  const days = Math.floor((until.getTime() - facts.now.getTime()) / DAY_MS);
  const state = days < CERTIFICATE_DAYS.red ? 'red' : days < CERTIFICATE_DAYS.amber ? 'amber' : 'green';
  const seen = `good for ${days} days`;
  return state === 'green'
    ? { name, state, seen }
    : { name, state, seen, cure: 'it does not renew by itself: look at the log of the proxy' };
}

function judgeDatabase(found: DatabaseFacts, facts: Facts): Check[] {
  const { ground } = facts.settings;
  const server: Check =
    found.server === undefined
      ? {
          name: 'database',
          state: badly(facts),
          seen: 'embedded, for trying out only',
          cure: 'set DATABASE_URL before real people come',
        }
      : judgeServer(found.server, ground);
  const migrations: Check =
    found.missingMigrations === 0
      ? { name: 'migrations', state: 'green', seen: 'all have run' }
      : {
          name: 'migrations',
          state: 'red',
          seen: `${found.missingMigrations} have not run`,
          cure: 'npm run migrate',
        };
  return [
    server,
    migrations,
    judgeQueue(found.queue, facts.now),
    judgeSealing(found, facts),
    judgePeople(found, facts),
    judgeAdmins(found, facts),
    judgeSecondFactors(found, facts),
    ...judgeHeads(found, facts),
    ...judgeMonths(found, facts),
  ];
}

function judgeSealing({ writesPlainly }: DatabaseFacts, facts: Facts): Check {
  const name = 'seal keys';
  if (writesPlainly) {
    const cure = 'npm run seal-keys -- --close, once no older version runs';
    return { name, state: 'amber', seen: 'numbers are written plainly, for an older version', cure };
  }
  const keys = facts.settings.ground.SEAL_KEYS?.split(',').length ?? 0;
  if (keys > 1) {
    const cure = 'npm run seal-keys -- --rotate, then npm run seal-keys -- --drop';
    return { name, state: 'amber', seen: `${keys} open what is sealed`, cure };
  }
  return keys === 1
    ? { name, state: 'green', seen: 'one, of its own' }
    : { name, state: badly(facts), seen: 'derived from SECRET_KEY', cure: 'npm run seal-keys -- --add' };
}

function judgePeople({ demoPeople }: DatabaseFacts, facts: Facts): Check {
  if (demoPeople === 0 || !isProduction(facts)) {
    return {
      name: 'demo people',
      state: 'green',
      seen: demoPeople === 0 ? 'none' : `${demoPeople}, as a demo has`,
    };
  }
  return {
    name: 'demo people',
    state: 'red',
    seen: `${demoPeople}, whose PINs everybody can read`,
    cure: 'a database that was tried out is not for real people: begin with an empty one',
  };
}

function judgeAdmins({ admins }: DatabaseFacts, facts: Facts): Check {
  const name = 'administrators';
  if (admins === 0) {
    return {
      name,
      state: badly(facts),
      seen: 'none',
      cure: 'npm run setup -- --replace --admin-phone NUMBER',
    };
  }
  return admins === 1
    ? {
        name,
        state: 'amber',
        seen: '1',
        cure: 'a review is decided by two people: give somebody else a role',
      }
    : { name, state: 'green', seen: String(admins) };
}

function judgeSecondFactors(
  { admins, adminsWithoutSecondFactor: without }: DatabaseFacts,
  facts: Facts,
): Check {
  const name = 'second factors';
  return without === 0
    ? { name, state: 'green', seen: `linked by ${admins} of ${admins}` }
    : {
        name,
        state: badly(facts),
        seen: `${without} of ${admins} administrators have linked no authenticator`,
        cure: 'they enter /console/ once, and link one there before they see anything',
      };
}

function judgeBackups(facts: Facts): Check[] {
  const name = 'backups';
  if (facts.backups === undefined) {
    const cure = 'set BACKUP_TO and BACKUP_RECIPIENT: see docs/BACKUP.md';
    return [{ name, state: badly(facts), seen: 'none are made', cure }];
  }
  return when(facts.backups, name, facts, (found) => [judgeAge(found, facts), judgeDrill(found, facts)]);
}

function judgeAge({ newestAt }: BackupFacts, facts: Facts): Check {
  const name = 'backups';
  const cure = 'npm run backup says why; a worker with BACKUP_TO makes one each night';
  if (newestAt === undefined) return { name, state: badly(facts), seen: 'there is none yet', cure };
  const hours = Math.floor((facts.now.getTime() - newestAt.getTime()) / HOUR_MS);
  const state = hours > BACKUP_HOURS.red ? badly(facts) : hours > BACKUP_HOURS.amber ? 'amber' : 'green';
  const seen = `the newest is ${hours} hours old`;
  return state === 'green' ? { name, state, seen } : { name, state, seen, cure };
}

function judgeDrill({ drill }: BackupFacts, facts: Facts): Check {
  const name = 'restore drill';
  const cure = 'npm run restore -- --drill, on a machine that has the identity';
  if (drill === undefined) return { name, state: 'amber', seen: 'nobody has tried to restore one', cure };
  if (!drill.proven)
    return { name, state: 'red', seen: `failed: ${drill.seen}`, cure: 'make a backup now, and try that one' };
  const days = Math.floor((facts.now.getTime() - Date.parse(drill.triedAt)) / DAY_MS);
  const seen = `proven ${days} days ago, in ${Math.ceil(drill.took_ms / 1000)} s`;
  return days > DRILL_DAYS ? { name, state: 'amber', seen, cure } : { name, state: 'green', seen };
}
