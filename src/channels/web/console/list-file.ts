/**
 * Sends a list as a file, CSV or XLSX, page after page while it is read, and writes into the trail that it was taken.
 *
 * The trail comes first: a file whose sending broke off in the middle has left all the same. The names of the columns are
 * the first page, in English in both languages, because programs read them.
 */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { inTransaction } from '../../../ground/postgres/in-transaction.ts';
import type { Permission } from '../../../oversight/access/permission.ts';
import type { AuditAct, AuditFacts } from '../../../oversight/audit/audit-entry.ts';
import { recordAct } from '../../../oversight/audit/record-act.ts';
import type { WebDoor } from '../web-door.ts';
import { wordsFor } from '../words/words.ts';
import { needs, operatorOf } from './console-place.ts';
import { CSV_START, csvLine, type Field } from './csv.ts';
import { XLSX_TYPE, xlsxFile } from './xlsx.ts';

export type Pages = AsyncIterable<readonly (readonly Field[])[]>;

/** One column: its name, and what stands in it. */
export type Column<Line> = readonly [string, (line: Line) => Field];

export interface ListFile {
  /** Of the file, and of the list in the trail. */
  readonly name: string;
  readonly paths: { readonly csv: string; readonly xlsx: string };
  readonly need: Permission;
  readonly act: AuditAct;
  /** What the address asks for: as the trail keeps it, and as pages. */
  readonly read: (request: FastifyRequest) => { readonly asked: AuditFacts; readonly pages: Pages };
}

export function registerListFile(app: FastifyInstance, door: WebDoor, file: ListFile): void {
  for (const format of ['csv', 'xlsx'] as const) {
    app.get(file.paths[format], needs(file.need), async (request, reply) => {
      const { asked, pages } = file.read(request);
      const act = { act: file.act, subjectId: file.name, after: { ...asked, format } };
      const by = operatorOf(request);
      await inTransaction(door.db, async (tx) => await recordAct(tx, door.ground, by, act));
      reply.header('content-disposition', `attachment; filename="${file.name}.${format}"`);
      if (format === 'csv')
        return await reply.type('text/csv; charset=utf-8').send(Readable.from(csvFile(pages)));
      const { cut } = wordsFor(request.visitor.locale).console.find;
      return await reply.type(XLSX_TYPE).send(Readable.from(xlsxFile(pages, cut)));
    });
  }
}

async function* csvFile(pages: Pages): AsyncGenerator<string> {
  yield CSV_START;
  for await (const page of pages) yield page.map(csvLine).join('');
}

/** The names of the columns, then everything that `next` finds, page after page until one is empty. */
export async function* linesOf<Line>(
  columns: readonly Column<Line>[],
  next: (last: Line | undefined) => Promise<readonly Line[]>,
): AsyncGenerator<readonly (readonly Field[])[]> {
  yield [columns.map(([name]) => name)];
  let last: Line | undefined;
  for (;;) {
    const page = await next(last);
    if (page.length === 0) return;
    yield page.map((line) => columns.map(([, read]) => read(line)));
    last = page.at(-1);
  }
}
