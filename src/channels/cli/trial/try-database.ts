/**
 * Tries the database: is it there, is it one that may hold money, is its schema ours.
 */
import type { GroundSettings } from '../../../ground/configuration.ts';
import type { OpenDatabase } from '../../../ground/postgres/database.ts';
import { examineServer, type ServerFacts } from '../../../ground/postgres/examine-server.ts';
import { compareSchema, type SchemaFacts } from '../../../ground/postgres/migrate.ts';
import type { Sentence } from '../../../ground/refusal.ts';
import type { Check } from '../check.ts';
import { readPackage } from '../read-package.ts';
import { CHECKS } from '../words/checks.ts';

const OLDEST_VERSION = 15;
/** The tests run on this one; what a newer one changed, nobody here has seen. */
const NEWEST_TRIED = 18;

const { cures } = CHECKS.database;
const CURES: Readonly<Record<string, Sentence>> = {
  '28P01': cures.password,
  '28000': cures.notLetIn,
  '3D000': cures.absent,
  ECONNREFUSED: cures.refused,
  ENOTFOUND: cures.noAddress,
};

/** What went wrong with a database, without its address: that has a password in it. */
export function databaseAway(error: unknown): Check {
  const { name, away } = CHECKS.database;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = code || (error instanceof Error ? error.name : CHECKS.noReason);
  return { name, state: 'red', seen: away(why), cure: CURES[code] ?? cures.other };
}

export function judgeServer(facts: ServerFacts, ground: GroundSettings): Check {
  const { name, ...said } = CHECKS.database;
  const seen = said.seen(facts.majorVersion, facts.connections, facts.mostConnections, facts.standbys);
  const bad = (cure: Sentence): Check => ({ name, state: 'red', seen, cure });
  if (facts.majorVersion < OLDEST_VERSION) return bad(said.tooOld(OLDEST_VERSION));
  if (facts.isReadOnly) return bad(said.standby);
  if (!facts.isDurable) return bad(said.forgetful);
  if (facts.connections > facts.mostConnections * 0.9) return bad(said.full);
  if (facts.majorVersion > NEWEST_TRIED) {
    return { name, state: 'amber', seen, cure: said.tooNew(NEWEST_TRIED) };
  }
  if (ground.MODE === 'production' && facts.synchronousStandbys === 0) {
    return { name, state: 'amber', seen: said.notSynchronous(seen), cure: said.wantsStandby };
  }
  return { name, state: 'green', seen };
}

/** Whether this version of the product and what has run on the database belong together. */
export function judgeSchema({ last, missing, unknown, edited }: SchemaFacts, product: string): Check {
  const { name, ...said } = CHECKS.migrations;
  const bad = (seen: Sentence, cure: Sentence): Check => ({ name, state: 'red', seen, cure });
  if (unknown.length > 0) return bad(said.newer(product, unknown.join(', ')), said.goForward);
  if (edited.length > 0) return bad(said.edited(edited.join(', ')), said.takeBack);
  if (missing.length > 0) return bad(said.missing(product, missing.length), said.migrate);
  return { name, state: 'green', seen: said.seen(product, last ?? '–') };
}

export async function* tryDatabase(open: OpenDatabase, ground: GroundSettings): AsyncGenerator<Check> {
  if (open.engine === 'postgres') {
    try {
      yield judgeServer(await examineServer(open.db), ground);
    } catch (error) {
      yield databaseAway(error);
      return;
    }
  } else {
    const { name, embedded, setUrl } = CHECKS.database;
    yield { name, state: 'amber', seen: embedded, cure: setUrl };
  }
  yield judgeSchema(await compareSchema(open.db), (await readPackage()).version);
}
