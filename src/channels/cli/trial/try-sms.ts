/**
 * Tries the relay for text messages: one real message when a number is given, else only whether somebody answers there.
 */
import { request } from 'undici';
import type { Phone } from '../../../people/phone-number.ts';
import { httpGateway } from '../../http-gateway.ts';
import type { ChannelSettings } from '../../settings.ts';
import type { Check } from '../check.ts';

const PATIENCE_MS = 10_000;

export async function trySms(settings: ChannelSettings, to: Phone | undefined): Promise<Check> {
  const name = 'SMS';
  const { SMS_GATEWAY_URL: url, SMS_GATEWAY_TOKEN: token } = settings;
  if (url === undefined) {
    return {
      name,
      state: 'amber',
      seen: 'no relay: messages are shown on a page',
      cure: 'set SMS_GATEWAY_URL before real people come',
    };
  }
  if (to !== undefined) {
    let reason = '';
    const gateway = httpGateway({
      url,
      onFailure: (why) => {
        reason = why;
      },
      ...(token === undefined ? {} : { token }),
    });
    const outcome = await gateway.send({ to: to.e164, text: 'Tontine Pro: test. Rien a faire.' });
    return outcome === 'sent'
      ? { name, state: 'green', seen: 'the relay took one message: look whether it arrived' }
      : { name, state: 'red', seen: `the relay did not take it (${reason})`, cure: CURE };
  }
  try {
    const answer = await request(url, { method: 'GET', signal: AbortSignal.timeout(PATIENCE_MS) });
    await answer.body.dump();
    return {
      name,
      state: 'green',
      seen: 'somebody answers at SMS_GATEWAY_URL; --sms-to NUMBER sends one message',
    };
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
    return { name, state: 'red', seen: `nobody answers at SMS_GATEWAY_URL (${why})`, cure: CURE };
  }
}

const CURE = 'start the relay; compare SMS_GATEWAY_URL and SMS_GATEWAY_TOKEN with it';
