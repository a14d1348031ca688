/**
 * Opens the trail: its pages, its file, and the button that walks through it and through the ledger.
 */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { verifyChain } from '../../../../ground/ledger/verify-chain.ts';
import type { Db } from '../../../../ground/postgres/database.ts';
import { inTransaction } from '../../../../ground/postgres/in-transaction.ts';
import { findTrailPage, listTrail } from '../../../../oversight/audit/audit-entry.rows.ts';
import type { AuditEntry } from '../../../../oversight/audit/audit-entry.ts';
import { recordAct } from '../../../../oversight/audit/record-act.ts';
import { verifyTrail } from '../../../../oversight/audit/verify-trail.ts';
import { findPeople } from '../../../../people/person.rows.ts';
import type { Assets } from '../../assets.ts';
import { queryFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { consoleFrameOf } from '../console-frame.ts';
import { consolePaths } from '../console-paths.ts';
import { needs, operatorOf } from '../console-place.ts';
import { CSV_START, csvLine } from '../csv.ts';
import { type TrailLine, TrailPage, type Verdict } from './page.tsx';

const PAGE_LINES = 50;
const FILE_PAGE_LINES = 1_000;

export function registerTrail(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const sees = needs('see-trail');

  app.get(consolePaths.trail, sees, async (request, reply) => await show(request, reply, undefined));

  app.post(consolePaths.trailVerify, sees, async (request, reply) => {
    const verdicts = await verifyBoth(door.db);
    const after = Object.fromEntries(
      verdicts.map((verdict) => [verdict.of, verdict.ok ? verdict.rows : `broken at ${verdict.seq ?? '?'}`]),
    );
    const by = operatorOf(request);
    await inTransaction(door.db, async (tx) => {
      await recordAct(tx, door.ground, by, { act: 'trail.verified', subjectId: 'trail', after });
    });
    return await show(request, reply, verdicts);
  });

  app.get(consolePaths.trailExport, sees, async (request, reply) => {
    await inTransaction(door.db, async (tx) => {
      await recordAct(tx, door.ground, operatorOf(request), { act: 'trail.exported', subjectId: 'trail' });
    });
    reply.header('content-disposition', 'attachment; filename="trail.csv"');
    return await reply.type('text/csv; charset=utf-8').send(Readable.from(trailFile(door.db)));
  });

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    verdicts: readonly Verdict[] | undefined,
  ): Promise<FastifyReply> {
    const query = queryFields(request, ['before', 'subject', 'actor']);
    const before = /^[0-9]{1,18}$/.test(query.before ?? '') ? BigInt(query.before ?? 0) : undefined;
    const entries = await findTrailPage(door.db, {
      limit: PAGE_LINES + 1,
      ...given({ before, subjectId: query.subject, actorId: query.actor }),
    });
    const shown = entries.slice(0, PAGE_LINES);
    const people = await findPeople(door.db, [...new Set(shown.map((entry) => entry.actorId))]);
    const last = entries.length > PAGE_LINES ? shown.at(-1) : undefined;
    const page = (
      <TrailPage
        frame={await consoleFrameOf(request, reply, door, assets)}
        lines={shown.map((entry) => toLine(entry, people.get(entry.actorId)?.displayName))}
        {...given({
          olderHref: last && `${consolePaths.trail}?${new URLSearchParams({ before: String(last.seq) })}`,
          verdicts,
        })}
      />
    );
    return await sendPage(reply, page);
  }
}

async function verifyBoth(db: Db): Promise<Verdict[]> {
  const trail = await verifyTrail(db);
  const ledger = await verifyChain(db);
  return [
    { of: 'trail', ok: trail.ok, ...rowsOf(trail) },
    { of: 'ledger', ok: ledger.ok, ...rowsOf(ledger) },
  ];
}

function rowsOf(
  verdict: { readonly ok: true; readonly rows: bigint } | { readonly ok: false; readonly brokenSeq: bigint },
): { rows: string; seq?: string } {
  return verdict.ok ? { rows: String(verdict.rows) } : { rows: '0', seq: String(verdict.brokenSeq) };
}

function toLine(entry: AuditEntry, name: string | undefined): TrailLine {
  const { reason, before, after } = entry;
  return {
    seq: String(entry.seq),
    at: entry.occurredAt,
    actor: name ?? entry.actorId,
    act: entry.act,
    subjectId: entry.subjectId,
    from: [entry.ip, entry.device].filter((part) => part !== undefined).join(' · '),
    ...given({ reason, before, after }),
  };
}

async function* trailFile(db: Db): AsyncGenerator<string> {
  yield CSV_START;
  yield csvLine([
    'seq',
    'at',
    'actor',
    'roles',
    'ip',
    'device',
    'act',
    'subject',
    'reason',
    'before',
    'after',
    'link',
  ]);
  let after = 0n;
  for (;;) {
    const page = await listTrail(db, after, FILE_PAGE_LINES);
    for (const entry of page) {
      yield csvLine([
        entry.seq,
        entry.occurredAt,
        entry.actorId,
        entry.actorRoles,
        entry.ip,
        entry.device,
        entry.act,
        entry.subjectId,
        entry.reason,
        entry.before,
        entry.after,
        entry.link,
      ]);
      after = entry.seq;
    }
    if (page.length < FILE_PAGE_LINES) return;
  }
}
