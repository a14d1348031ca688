/**
 * Answers the call that created a payment, truthfully or in one of the ways in which real answers get lost.
 *
 * In every way but the true one the payment exists all the same: a merchant who reads a broken answer as a refusal
 * loses the payer's money, and this is where that mistake becomes visible.
 */
import type { FastifyReply } from 'fastify';
import type { CreationManner } from '../behaviour.ts';
import type { Wire } from './wire.ts';

/** The HTML that a gateway shows when what stands behind it is down. */
export const GATEWAY_PAGE =
  '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>';

/** Ends the exchange without an answer. */
export function breakConnection(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.destroy();
  return reply;
}

/** Sends `answer` in the manner told, over the reply's own connection. */
export async function sendCreation(
  reply: FastifyReply,
  answer: Wire,
  options: { readonly manner: CreationManner; readonly waitSlowly: () => Promise<void> },
): Promise<FastifyReply> {
  switch (options.manner) {
    case 'lost':
      return breakConnection(reply);
    case 'vague-no':
      return await reply.send({ success: false, message: 'An error occurred.' });
    case 'error-409':
      return await reply.code(409).send({ success: false, message: 'Conflict' });
    case 'error-500':
      return await reply.code(500).send({ success: false, message: 'Internal server error' });
    case 'truncated': {
      const whole = JSON.stringify(answer);
      return await reply.type('application/json').send(whole.slice(0, whole.length / 2));
    }
    case 'empty':
      return await reply.code(200).type('application/json').send('');
    case 'slow':
      await options.waitSlowly();
      return await reply.send(answer);
    default:
      return await reply.send(answer);
  }
}
