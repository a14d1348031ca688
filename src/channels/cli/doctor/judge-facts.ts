/**
 * Decides, for each line of the deployment checklist, whether it is as it should be, and what to do where it is not.
 *
 * Pure: facts in, checks out. What is only untidy in a demo is dangerous in production, and live money makes amber red.
 */
import { seenInDrill } from '../../../ground/backup/drill-restore.ts';
import { DAY_MS, HOUR_MS } from '../../../ground/clock.ts';
import type { Check } from '../check.ts';
import { judgeProvider } from '../trial/judge-provider.ts';
import { judgeSkew } from '../trial/try-clock.ts';
import { judgeSchema, judgeServer } from '../trial/try-database.ts';
import { judgeQueue } from '../trial/try-jobs.ts';
import { CHECKS } from '../words/checks.ts';
import { plainly } from '../words/said.ts';
import { type BackupFacts, type DatabaseFacts, type Facts, IN_USE, type SiteFacts } from './facts.ts';
import { judgeHeads } from './judge-heads.ts';
import { judgeMonths } from './judge-months.ts';
import { judgeNode } from './judge-node.ts';
import { badly, isProduction, when } from './severity.ts';

/** Let's Encrypt renews 30 days before the end: below 14 something does not renew. */
const CERTIFICATE_DAYS = { amber: 14, red: 3 };
/** One night may fail; two may not go unseen. */
const BACKUP_HOURS = { amber: 26, red: 50 };
/** Weekly, and a Sunday may fail. */
const DRILL_DAYS = 15;
const DISK_SHARE = { amber: 0.2, red: 0.07 };

export function judgeFacts(facts: Facts): Check[] {
  return [
    judgeMode(facts),
    judgeEnvFile(facts),
    judgeLog(facts),
    judgeNode(facts.nodeVersion, facts.product),
    judgeDisk(facts.disk),
    ...when(facts.provider, CHECKS.provider.name, facts, (found) =>
      judgeProvider(found, facts.settings.rails),
    ),
    ...when(facts.skew, CHECKS.clock.name, facts, (skew) => [
      judgeSkew(skew, facts.settings.rails.GETMIPAY_WEBHOOK_TOLERANCE_S),
    ]),
    judgeWebhook(facts),
    ...when(facts.site, CHECKS.site.name, facts, (found) => judgeSite(found, facts)),
    ...judgeDatabaseFacts(facts),
    ...judgeBackups(facts),
  ];
}

function judgeMode(facts: Facts): Check {
  const { ground, rails } = facts.settings;
  const { name, demo, rehearsal } = CHECKS.mode;
  const environment = rails.GETMIPAY_API_URL === undefined ? 'simulator' : rails.GETMIPAY_ENVIRONMENT;
  const seen = plainly(`${ground.MODE}, ${environment}`);
  if (!isProduction(facts)) return { name, state: 'amber', seen, cure: demo };
  return environment === 'live'
    ? { name, state: 'green', seen }
    : { name, state: 'amber', seen, cure: rehearsal };
}

function judgeEnvFile({ envFileMode }: Facts): Check {
  const { name, none, closed, open, cure } = CHECKS.envFile;
  if (envFileMode === undefined) return { name, state: 'green', seen: none };
  const mode = (envFileMode & 0o777).toString(8);
  return (envFileMode & 0o077) === 0
    ? { name, state: 'green', seen: closed(mode) }
    : { name, state: 'red', seen: open(mode), cure };
}

function judgeLog(facts: Facts): Check {
  const { name, tooMuch, nothing } = CHECKS.log;
  const level = facts.settings.ground.LOG_LEVEL;
  if (isProduction(facts) && (level === 'debug' || level === 'silent')) {
    return { name, state: 'amber', seen: plainly(level), cure: level === 'debug' ? tooMuch : nothing };
  }
  return { name, state: 'green', seen: plainly(level) };
}

function judgeDisk(disk: Facts['disk']): Check {
  const { name, cure, look, unknown, seen: said } = CHECKS.disk;
  if ('unknown' in disk) return { name, state: 'amber', seen: unknown(disk.unknown), cure: look };
  const share = disk.found.freeBytes / disk.found.totalBytes;
  const seen = said(Math.floor(share * 100), Math.floor(disk.found.freeBytes / 1e9));
  const state = share < DISK_SHARE.red ? 'red' : share < DISK_SHARE.amber ? 'amber' : 'green';
  return state === 'green' ? { name, state, seen } : { name, state, seen, cure };
}

function judgeWebhook(facts: Facts): Check {
  const { rails } = facts.settings;
  const { name, simulator, none, set, two, cure, dropOld } = CHECKS.webhook;
  if (rails.GETMIPAY_API_URL === undefined) return { name, state: 'green', seen: simulator };
  if (rails.GETMIPAY_WEBHOOK_SECRET === undefined) return { name, state: badly(facts), seen: none, cure };
  return rails.GETMIPAY_WEBHOOK_SECRET_PREVIOUS === undefined
    ? { name, state: 'green', seen: set }
    : { name, state: 'amber', seen: two, cure: dropOld };
}

function judgeSite({ health, certificateUntil }: SiteFacts, facts: Facts): Check[] {
  const { name, up, silent, answers, cure } = CHECKS.site;
  const site: Check =
    health === 200
      ? { name, state: 'green', seen: up }
      : { name, state: 'red', seen: health === 0 ? silent : answers(health), cure };
  return [site, judgeCertificate(certificateUntil, facts)];
}

function judgeCertificate(until: Date | undefined, facts: Facts): Check {
  const { name, none, proxy, cure, ...said } = CHECKS.certificate;
  if (until === undefined) return { name, state: badly(facts), seen: none, cure: proxy };
  const days = Math.floor((until.getTime() - facts.now.getTime()) / DAY_MS);
  const state = days < CERTIFICATE_DAYS.red ? 'red' : days < CERTIFICATE_DAYS.amber ? 'amber' : 'green';
  const seen = said.days(days);
  return state === 'green' ? { name, state, seen } : { name, state, seen, cure };
}

function judgeDatabaseFacts(facts: Facts): Check[] {
  const { name, inUse, nothingToDo } = CHECKS.database;
  if ('unknown' in facts.database && facts.database.unknown === IN_USE) {
    return [{ name, state: 'amber', seen: inUse, cure: nothingToDo }];
  }
  return when(facts.database, name, facts, (found) => judgeDatabase(found, facts));
}

function judgeDatabase(found: DatabaseFacts, facts: Facts): Check[] {
  const { name, embedded, setUrl } = CHECKS.database;
  const server: Check =
    found.server === undefined
      ? { name, state: badly(facts), seen: embedded, cure: setUrl }
      : judgeServer(found.server, facts.settings.ground);
  return [
    server,
    judgeSchema(found.schema, facts.product.version),
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
  const { name, ...said } = CHECKS.sealing;
  if (writesPlainly) return { name, state: 'amber', seen: said.plainly, cure: said.close };
  const keys = facts.settings.ground.SEAL_KEYS?.split(',').length ?? 0;
  if (keys > 1) return { name, state: 'amber', seen: said.many(keys), cure: said.rotate };
  return keys === 1
    ? { name, state: 'green', seen: said.own }
    : { name, state: badly(facts), seen: said.derived, cure: said.add };
}

function judgePeople({ demoPeople }: DatabaseFacts, facts: Facts): Check {
  const { name, none, inDemo, seen, cure } = CHECKS.demoPeople;
  if (demoPeople === 0) return { name, state: 'green', seen: none };
  if (!isProduction(facts)) return { name, state: 'green', seen: inDemo(demoPeople) };
  return { name, state: 'red', seen: seen(demoPeople), cure };
}

function judgeAdmins({ admins }: DatabaseFacts, facts: Facts): Check {
  const { name, none, appoint, another } = CHECKS.admins;
  if (admins === 0) return { name, state: badly(facts), seen: none, cure: appoint };
  const seen = plainly(String(admins));
  return admins === 1 ? { name, state: 'amber', seen, cure: another } : { name, state: 'green', seen };
}

function judgeSecondFactors(
  { admins, adminsWithoutSecondFactor: without }: DatabaseFacts,
  facts: Facts,
): Check {
  const { name, linked, missing, cure } = CHECKS.secondFactors;
  return without === 0
    ? { name, state: 'green', seen: linked(admins, admins) }
    : { name, state: badly(facts), seen: missing(without, admins), cure };
}

function judgeBackups(facts: Facts): Check[] {
  const { name, none, set } = CHECKS.backups;
  if (facts.backups === undefined) return [{ name, state: badly(facts), seen: none, cure: set }];
  return when(facts.backups, name, facts, (found) => [judgeAge(found, facts), judgeDrill(found, facts)]);
}

function judgeAge({ newestAt }: BackupFacts, facts: Facts): Check {
  const { name, notYet, age, cure } = CHECKS.backups;
  if (newestAt === undefined) return { name, state: badly(facts), seen: notYet, cure };
  const hours = Math.floor((facts.now.getTime() - newestAt.getTime()) / HOUR_MS);
  const state = hours > BACKUP_HOURS.red ? badly(facts) : hours > BACKUP_HOURS.amber ? 'amber' : 'green';
  const seen = age(hours);
  return state === 'green' ? { name, state, seen } : { name, state, seen, cure };
}

function judgeDrill({ drill }: BackupFacts, facts: Facts): Check {
  const { name, never, failed, another, proven, cure } = CHECKS.drill;
  if (drill === undefined) return { name, state: 'amber', seen: never, cure };
  if (!drill.proven) return { name, state: 'red', seen: failed(seenInDrill(drill)), cure: another };
  const days = Math.floor((facts.now.getTime() - Date.parse(drill.triedAt)) / DAY_MS);
  const seen = proven(days, Math.ceil(drill.took_ms / 1000));
  return days > DRILL_DAYS ? { name, state: 'amber', seen, cure } : { name, state: 'green', seen };
}
