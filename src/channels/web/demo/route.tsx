/**
 * Opens the page of a trial installation on which its text messages can be read. It does not exist in production.
 */
import type { FastifyInstance } from 'fastify';
import { formatPhone } from '../../../people/phone-number.ts';
import { listOutbox } from '../../../people/sms-outbox.rows.ts';
import type { Assets } from '../assets.ts';
import { paths } from '../paths.ts';
import { sendPage } from '../send-page.ts';
import { frameOf } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import { SmsPage } from './sms-page.tsx';

const MESSAGES_SHOWN = 20;

export function registerDemo(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  app.get(paths.demoSms, async (request, reply) => {
    const messages = await listOutbox(door.db, MESSAGES_SHOWN);
    const lines = messages.map((message) => ({
      id: message.id,
      toText: formatPhone(message.to),
      text: message.text,
      at: message.createdAt,
    }));
    return await sendPage(reply, <SmsPage frame={frameOf(request, reply, door, assets)} messages={lines} />);
  });
}
