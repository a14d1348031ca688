/**
 * Opens the page of the reconciliation, and the forms that look now, explain a difference and bring a statement.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { CURRENCIES } from '../../../../ground/money/currency.ts';
import { inTransaction } from '../../../../ground/postgres/in-transaction.ts';
import { accepted, refusal, refused } from '../../../../ground/refusal.ts';
import { may } from '../../../../oversight/access/permission.ts';
import { listOpenBreaks } from '../../../../oversight/reconcile/break.rows.ts';
import { bringStatement } from '../../../../oversight/reconcile/bring-statement.ts';
import { type DayLook, listDayLooks } from '../../../../oversight/reconcile/day-look.rows.ts';
import { BREAK_ABSENT, handleBreak } from '../../../../oversight/reconcile/handle-break.ts';
import { DAYS_AT_ONCE, lookAtDaysOnce } from '../../../../oversight/reconcile/look-at-days-once.ts';
import { reconcileOnce } from '../../../../oversight/reconcile/reconcile-once.ts';
import { findLastRun, type ReconciliationRun } from '../../../../oversight/reconcile/run.rows.ts';
import { listStatements } from '../../../../rails/statements/statement.rows.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { sendPage } from '../../send-page.ts';
import { signedInOf } from '../../signed-in.ts';
import type { WebDoor } from '../../web-door.ts';
import { wordsFor } from '../../words/words.ts';
import { answerAct } from '../answer-act.tsx';
import { consoleFrameOf } from '../console-frame.ts';
import { consolePaths, filePaths } from '../console-paths.ts';
import { needs, operatorOf } from '../console-place.ts';
import { registerListFile } from '../list-file.ts';
import { namesOf } from '../names-of.ts';
import { breakPages } from './break-file.ts';
import { type FormWithFile, readMultipart } from './multipart.ts';
import { ReconciliationPage } from './page.tsx';

const BREAKS_SHOWN = 200;
const STATEMENTS_SHOWN = 20;
/** Every day of which a look is still to come, and a week of those that are done. */
const DAYS_SHOWN = 14;
/** A month and a week. */
const STEPS_AT_ONCE = 5;
/** As much as a statement may have (`parse-statement.ts`), and the form around it. */
const MOST_BODY_BYTES = 21 * 1024 * 1024;

const FILE_MISSING = refusal('statement-file-missing', 'invalid', 'Choisissez un fichier.', 'Choose a file.');

export function registerReconciliation(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const way = { door, assets, to: consolePaths.reconciliation };

  app.get(consolePaths.reconciliation, needs('see'), async (request, reply) => {
    const breaks = await listOpenBreaks(door.db, BREAKS_SHOWN);
    const statements = await listStatements(door.db, ownerOf(door), STATEMENTS_SHOWN);
    const names = await namesOf(door.db, [
      ...breaks.flatMap((one) => one.ownerId ?? []),
      ...statements.map((one) => one.importedBy),
    ]);
    const page = (
      <ReconciliationPage
        frame={await consoleFrameOf(request, reply, door, assets)}
        runs={await lastRuns(door)}
        looks={await lastLooks(door)}
        breaks={breaks}
        statements={statements}
        names={names}
        mayReconcile={may(signedInOf(request).roles, 'reconcile')}
      />
    );
    return await sendPage(reply, page);
  });

  registerListFile(app, door, {
    name: 'reconciliation',
    paths: filePaths.reconciliation,
    need: 'export',
    act: 'list.exported',
    read: () => ({ asked: {}, pages: breakPages(door.db) }),
  });

  app.post(consolePaths.reconcileNow, needs('reconcile'), async (request, reply) => {
    const looked = await lookAtDaysOnce(door.db, door.ground, door.rails, DAYS_AT_ONCE);
    if (looked === 0) await reconcileOnce(door.db, door.ground, door.rails, 'light');
    return await answerAct(request, reply, accepted(undefined), way);
  });

  app.post(consolePaths.breakHandle(':id'), needs('reconcile'), async (request, reply) => {
    const { id } = request.params as { id?: unknown };
    if (!isId('brk', id)) return await answerAct(request, reply, refused(BREAK_ABSENT), way);
    const { explanation } = formFields(request, ['explanation']);
    const handling = { breakId: id, ...(explanation === undefined ? {} : { explanation }) };
    const handled = await inTransaction(
      door.db,
      async (tx) => await handleBreak(tx, door.ground, operatorOf(request), handling),
    );
    return await answerAct(request, reply, handled, way);
  });
}

/** The one form with a file in it, in a scope of its own: nothing else takes a body of that size or kind. */
export function registerStatements(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const way = { door, assets, to: consolePaths.reconciliation };
  void app.register(async (scope) => {
    scope.addContentTypeParser(
      'multipart/form-data',
      { parseAs: 'buffer' },
      async (request: FastifyRequest, body: Buffer) => {
        const form = readMultipart(body, request.headers['content-type'] ?? '');
        // The guard of forms reads its token as of every form.
        return { ...form.fields, file: form.file };
      },
    );
    scope.post(
      consolePaths.statementImport,
      { ...needs('reconcile'), bodyLimit: MOST_BODY_BYTES },
      async (request, reply) => {
        const { file } = request.body as Pick<FormWithFile, 'file'>;
        if (file === undefined || file.bytes.length === 0)
          return await answerAct(request, reply, refused(FILE_MISSING), way);
        const by = operatorOf(request);
        const brought = { by, fileName: file.name, bytes: file.bytes };
        const imported = await inTransaction(
          door.db,
          async (tx) => await bringStatement(tx, door.ground, door.rails, brought),
        );
        if (!imported.ok) return await answerAct(request, reply, imported, way);
        await lookAtStated(door);
        const { added, known } = imported.value;
        const said = wordsFor(request.visitor.locale).console.reconcile.imported(added, known);
        return await answerAct(request, reply, imported, { ...way, said });
      },
    );
  });
}

/** The newest days of the file at once; the job takes the others, so that nobody waits for a year to be compared. */
async function lookAtStated({ db, ground, rails }: WebDoor): Promise<void> {
  for (let step = 0; step < STEPS_AT_ONCE; step++)
    if ((await lookAtDaysOnce(db, ground, rails, DAYS_AT_ONCE)) === 0) return;
}

function ownerOf({ rails }: WebDoor) {
  return { provider: rails.provider.name, environment: rails.provider.environment };
}

async function lastLooks(door: WebDoor): Promise<DayLook[]> {
  const looks: DayLook[] = [];
  for (const currency of CURRENCIES)
    looks.push(...(await listDayLooks(door.db, { ...ownerOf(door), currency }, DAYS_SHOWN)));
  return looks;
}

async function lastRuns(door: WebDoor): Promise<ReconciliationRun[]> {
  const runs: ReconciliationRun[] = [];
  for (const currency of CURRENCIES) {
    const run = await findLastRun(door.db, { ...ownerOf(door), currency });
    if (run !== undefined) runs.push(run);
  }
  return runs;
}
