/**
 * Opens the trail: its pages, its file, and the button that walks through it and through the ledger.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { verifyChain } from '../../../../ground/ledger/verify-chain.ts';
import type { Db } from '../../../../ground/postgres/database.ts';
import { inTransaction } from '../../../../ground/postgres/in-transaction.ts';
import { findTrailPage } from '../../../../oversight/audit/audit-entry.rows.ts';
import type { AuditAct, AuditEntry } from '../../../../oversight/audit/audit-entry.ts';
import { recordAct } from '../../../../oversight/audit/record-act.ts';
import { verifyTrail } from '../../../../oversight/audit/verify-trail.ts';
import { checkHeads, DAYS_CHECKED } from '../../../../oversight/heads/check-heads.ts';
import type { HeadShelf } from '../../../../oversight/heads/head-shelf.ts';
import { findPeople } from '../../../../people/person.rows.ts';
import type { Assets } from '../../assets.ts';
import { queryFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { wordsFor } from '../../words/words.ts';
import { consoleFrameOf } from '../console-frame.ts';
import { consolePaths, filePaths } from '../console-paths.ts';
import { needs, operatorOf } from '../console-place.ts';
import { registerListFile } from '../list-file.ts';
import { type TrailLine, TrailPage, type Verdict } from './page.tsx';
import { trailPages } from './trail-file.ts';
import { type TrailFields, trailOf } from './trail-filter.tsx';

const PAGE_LINES = 50;
const LONGEST_SUBJECT = 120;
const ACTS = Object.keys(wordsFor('en').console.trail.acts) as AuditAct[];

export function registerTrail(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const sees = needs('see-trail');

  app.get(consolePaths.trail, sees, async (request, reply) => await show(request, reply, undefined));

  app.post(consolePaths.trailVerify, sees, async (request, reply) => {
    const verdicts = await verifyAll(door);
    const after = Object.fromEntries(
      verdicts.map((verdict) => [verdict.of, verdict.ok ? verdict.rows : `broken at ${verdict.seq ?? '?'}`]),
    );
    const by = operatorOf(request);
    await inTransaction(door.db, async (tx) => {
      await recordAct(tx, door.ground, by, { act: 'trail.verified', subjectId: 'trail', after });
    });
    return await show(request, reply, verdicts);
  });

  registerListFile(app, door, {
    name: 'trail',
    paths: filePaths.trail,
    need: 'see-trail',
    act: 'trail.exported',
    read: () => ({ asked: {}, pages: trailPages(door.db) }),
  });

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    verdicts: readonly Verdict[] | undefined,
  ): Promise<FastifyReply> {
    const query = queryFields(request, ['before', 'act', 'subject', 'actor']);
    const fields = fieldsOf(query);
    const before = /^[0-9]{1,18}$/.test(query.before ?? '') ? BigInt(query.before ?? 0) : undefined;
    const entries = await findTrailPage(door.db, {
      limit: PAGE_LINES + 1,
      ...given({ before, act: fields.act, subjectId: fields.subject, actorId: fields.actor }),
    });
    const shown = entries.slice(0, PAGE_LINES);
    const people = await findPeople(door.db, [...new Set(shown.map((entry) => entry.actorId))]);
    const last = entries.length > PAGE_LINES ? shown.at(-1) : undefined;
    const page = (
      <TrailPage
        frame={await consoleFrameOf(request, reply, door, assets)}
        fields={fields}
        lines={shown.map((entry) => toLine(entry, people.get(entry.actorId)?.displayName))}
        {...given({
          olderHref: last && `${trailOf(fields)}&before=${last.seq}`,
          verdicts,
        })}
      />
    );
    return await sendPage(reply, page);
  }
}

/** What the trail is narrowed by; what is empty or no act narrows nothing. */
function fieldsOf(query: Readonly<Record<'act' | 'subject' | 'actor', string | undefined>>): TrailFields {
  const act = ACTS.find((one) => one === query.act);
  const subject = query.subject?.trim().slice(0, LONGEST_SUBJECT);
  return given({ act, subject: subject === '' ? undefined : subject, actor: query.actor });
}

async function verifyAll({ db, heads }: WebDoor): Promise<Verdict[]> {
  const trail = await verifyTrail(db);
  const ledger = await verifyChain(db);
  return [
    { of: 'trail', ok: trail.ok, ...rowsOf(trail) },
    { of: 'ledger', ok: ledger.ok, ...rowsOf(ledger) },
    ...(heads === undefined ? [] : [await verifyHeads(db, heads)]),
  ];
}

async function verifyHeads(db: Db, shelf: HeadShelf): Promise<Verdict> {
  const no = { of: 'heads', ok: false, rows: '0' } as const;
  try {
    const verdict = await checkHeads(db, shelf, DAYS_CHECKED);
    if (verdict.ok) return { of: 'heads', ok: true, rows: String(verdict.checked) };
    const { chain, seq } = verdict.conviction;
    return { ...no, seq: `${seq} (${chain})` };
  } catch (error) {
    // A place that cannot be read proves nothing, and the page says so instead of failing.
    return { ...no, seq: `? (${error instanceof Error ? error.name : 'unreadable'})` };
  }
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
    actorId: entry.actorId,
    act: entry.act,
    subjectId: entry.subjectId,
    from: [entry.ip, entry.device].filter((part) => part !== undefined).join(' · '),
    ...given({ reason, before, after }),
  };
}
