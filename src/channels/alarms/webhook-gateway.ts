/**
 * Posts alarms to a program of the host's, signed as the Standard Webhooks specification says.
 *
 * The address is the host's own setting, so it may be inside the house; nothing that a member types ever gets here.
 */
import { createHmac } from 'node:crypto';
import { Agent, request } from 'undici';
import type { AlertGateway, AlertMessage } from '../../oversight/alerts/alert-gateway.ts';
import { ruleText } from '../../oversight/alerts/rule-text.ts';

export interface WebhookSettings {
  readonly url: string;
  /** Signs each message when given. */
  readonly secret?: string;
  readonly onFailure: (reason: string) => void;
}

const CONNECT_TIMEOUT_MS = 5_000;
const ANSWER_TIMEOUT_MS = 10_000;

export function webhookGateway(settings: WebhookSettings): AlertGateway {
  const agent = new Agent({ connect: { timeout: CONNECT_TIMEOUT_MS } });
  return {
    channel: 'webhook',
    async send(message) {
      const body = bodyOf(message);
      try {
        const answer = await request(settings.url, {
          method: 'POST',
          dispatcher: agent,
          headersTimeout: ANSWER_TIMEOUT_MS,
          bodyTimeout: ANSWER_TIMEOUT_MS,
          headers: { 'content-type': 'application/json', ...signed(message, body, settings.secret) },
          body,
        });
        await answer.body.dump();
        if (answer.statusCode >= 200 && answer.statusCode < 300) return 'sent';
        settings.onFailure(`status ${answer.statusCode}`);
        return 'failed';
      } catch (error) {
        settings.onFailure(error instanceof Error ? error.name : 'unknown error');
        return 'failed';
      }
    },
  };
}

function bodyOf({ what, alert, toldAt }: AlertMessage): string {
  return JSON.stringify({
    type: `alert.${what}`,
    timestamp: toldAt.toISOString(),
    data: {
      id: alert.id,
      rule: alert.rule,
      subject: alert.subject,
      measured: alert.measured,
      times: alert.times,
      first_at: alert.firstAt.toISOString(),
      text: { fr: ruleText(alert.rule, 'fr'), en: ruleText(alert.rule, 'en') },
    },
  });
}

function signed(
  { id, toldAt }: AlertMessage,
  body: string,
  secret: string | undefined,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(toldAt.getTime() / 1000));
  const names = { 'webhook-id': id, 'webhook-timestamp': timestamp };
  if (secret === undefined) return names;
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { ...names, 'webhook-signature': `v1,${signature}` };
}
