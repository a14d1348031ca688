/**
 * "Sends" text messages into a table, for trying the product out: the demo shows them on a page.
 *
 * It keeps login codes in clear, which is its purpose and its danger: an installation with live money must use a real
 * gateway.
 */
import type { Ground } from '../ground/ground.ts';
import type { Db } from '../ground/postgres/database.ts';
import type { SmsGateway } from './sms-gateway.ts';
import { insertOutboxMessage } from './sms-outbox.rows.ts';

export function outboxGateway(db: Db, ground: Ground): SmsGateway {
  return {
    async send(message) {
      await insertOutboxMessage(db, {
        id: ground.ids.next('sms'),
        to: message.to,
        text: message.text,
        createdAt: ground.clock.now(),
      });
      return 'sent';
    },
  };
}
