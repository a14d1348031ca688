/**
 * Lets an operator take an alarm, silence it for some hours, or say that it is over.
 *
 * Refuses: console-not-permitted, alert-absent, console-reason-missing (to say that it is over takes a reason).
 */
import { after, HOUR_MS } from '../../ground/clock.ts';
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { actAs } from '../audit/act-as.ts';
import { type Operator, REASON_MISSING } from '../operator.ts';
import {
  type Alert,
  lockOpenAlert,
  markAlertAcknowledged,
  markAlertResolved,
  markAlertSilenced,
} from './alert.rows.ts';

export const ALERT_ABSENT = refusal(
  'alert-absent',
  'absent',
  'Cette alerte est déjà close.',
  'This alert is over already.',
);

export type AlertHandling =
  | { readonly how: 'acknowledged' } // somebody looks after it
  | { readonly how: 'silenced'; readonly hours: number } // told to nobody until then
  | { readonly how: 'resolved'; readonly reason: string }; // it is over

export async function handleAlert(
  tx: Tx,
  ground: Ground,
  by: Operator,
  handled: { readonly alertId: string; readonly handling: AlertHandling },
): Promise<Answer<undefined>> {
  const { handling } = handled;
  return await actAs(tx, ground, by, {
    needs: 'handle-alerts',
    run: async () => {
      const reason = handling.how === 'resolved' ? handling.reason.trim() : undefined;
      if (reason !== undefined && reason.length < 3) return refused(REASON_MISSING);
      const alert = await lockOpenAlert(tx, handled.alertId);
      if (alert === undefined) return refused(ALERT_ABSENT);
      const after = await carryOut(tx, ground, by, alert, handling);
      const { rule, subject, measured } = alert;
      return accepted({
        value: undefined,
        entry: {
          act: `alert.${handling.how}` as const,
          subjectId: alert.id,
          before: { rule, subject, measured, state: alert.state },
          after,
          ...(reason === undefined ? {} : { reason }),
        },
      });
    },
  });
}

async function carryOut(
  tx: Tx,
  ground: Ground,
  by: Operator,
  alert: Alert,
  handling: AlertHandling,
): Promise<Readonly<Record<string, string>>> {
  const now = ground.clock.now();
  switch (handling.how) {
    case 'acknowledged':
      await markAlertAcknowledged(tx, alert.id, by.personId, now);
      return { state: 'acknowledged' };
    case 'silenced': {
      const until = after(now, handling.hours * HOUR_MS);
      await markAlertSilenced(tx, alert.id, until);
      return { until: until.toISOString() };
    }
    case 'resolved':
      await markAlertResolved(tx, alert.id, by.personId, now);
      return { state: 'resolved' };
  }
}
