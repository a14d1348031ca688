/**
 * Sends text messages through any service that takes a POST: the host's own relay, or a small bridge to an operator.
 *
 * One request, no repetition: a second try would be a second message and a second price, and the person can ask again.
 * Neither the number nor the text is ever logged, because the text carries the code.
 */
import { Agent, request } from 'undici';
import type { SmsGateway } from '../people/sms-gateway.ts';

export interface HttpGatewaySettings {
  /** Receives `{"to": "+225…", "text": "…"}` as JSON. Any 2xx means that it took the message. */
  readonly url: string;
  /** Sent as `Authorization: Bearer …` when given. */
  readonly token?: string;
  /** Told when a message was not taken: a status or the name of an error, never its content. */
  readonly onFailure: (reason: string) => void;
}

const CONNECT_TIMEOUT_MS = 5_000;
const ANSWER_TIMEOUT_MS = 10_000;

export function httpGateway(settings: HttpGatewaySettings): SmsGateway {
  const agent = new Agent({ connect: { timeout: CONNECT_TIMEOUT_MS } });
  return {
    async send(message) {
      try {
        const answer = await request(settings.url, {
          method: 'POST',
          dispatcher: agent,
          headersTimeout: ANSWER_TIMEOUT_MS,
          bodyTimeout: ANSWER_TIMEOUT_MS,
          headers: {
            'content-type': 'application/json',
            ...(settings.token === undefined ? {} : { authorization: `Bearer ${settings.token}` }),
          },
          body: JSON.stringify({ to: message.to, text: message.text }),
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
