/**
 * Opens the page of alerts, and the forms that handle one and change a rule.
 */
import type { FastifyInstance } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { inTransaction } from '../../../../ground/postgres/in-transaction.ts';
import { refused } from '../../../../ground/refusal.ts';
import { may } from '../../../../oversight/access/permission.ts';
import { listOpenAlerts, listResolvedAlerts, listRules } from '../../../../oversight/alerts/alert.rows.ts';
import { changeRule } from '../../../../oversight/alerts/change-rule.ts';
import { ALERT_ABSENT, type AlertHandling, handleAlert } from '../../../../oversight/alerts/handle-alert.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { sendPage } from '../../send-page.ts';
import { signedInOf } from '../../signed-in.ts';
import type { WebDoor } from '../../web-door.ts';
import { answerAct } from '../answer-act.tsx';
import { consoleFrameOf } from '../console-frame.ts';
import { consolePaths } from '../console-paths.ts';
import { needs, operatorOf } from '../console-place.ts';
import { namesOf } from '../names-of.ts';
import { AlertsPage } from './page.tsx';

const RESOLVED_SHOWN = 30;
const SILENCE_HOURS = 8;

export function registerAlerts(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const way = { door, assets, to: consolePaths.alerts };

  app.get(consolePaths.alerts, needs('see'), async (request, reply) => {
    const open = await listOpenAlerts(door.db);
    const resolved = await listResolvedAlerts(door.db, RESOLVED_SHOWN);
    const actors = [...open, ...resolved].flatMap((alert) => [
      alert.acknowledgedBy ?? '',
      alert.resolvedBy ?? '',
    ]);
    const page = (
      <AlertsPage
        frame={await consoleFrameOf(request, reply, door, assets)}
        open={open}
        resolved={resolved}
        rules={await listRules(door.db)}
        names={await namesOf(door.db, actors)}
        mayConfigure={may(signedInOf(request).roles, 'configure')}
      />
    );
    return await sendPage(reply, page);
  });

  app.post(consolePaths.alertHandle(':id'), needs('handle-alerts'), async (request, reply) => {
    const { id } = request.params as { id?: unknown };
    const { how, reason = '' } = formFields(request, ['how', 'reason']);
    const handling = handlingOf(how, reason);
    if (!isId('alr', id) || handling === undefined)
      return await answerAct(request, reply, refused(ALERT_ABSENT), way);
    const handled = await inTransaction(
      door.db,
      async (tx) => await handleAlert(tx, door.ground, operatorOf(request), { alertId: id, handling }),
    );
    return await answerAct(request, reply, handled, way);
  });

  app.post(consolePaths.alertRules, needs('configure'), async (request, reply) => {
    const fields = formFields(request, ['rule', 'threshold', 'cooldown', 'enabled']);
    const changed = await inTransaction(
      door.db,
      async (tx) =>
        await changeRule(tx, door.ground, operatorOf(request), {
          rule: fields.rule ?? '',
          threshold: fields.threshold ?? '',
          cooldown_min: fields.cooldown ?? '',
          enabled: fields.enabled === 'yes',
        }),
    );
    return await answerAct(request, reply, changed, way);
  });
}

function handlingOf(how: string | undefined, reason: string): AlertHandling | undefined {
  if (how === 'acknowledged') return { how };
  if (how === 'silenced') return { how, hours: SILENCE_HOURS };
  return how === 'resolved' ? { how, reason } : undefined;
}
