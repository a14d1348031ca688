/**
 * Tries the relay for text messages: one real message when a number is given, else only whether somebody answers there.
 */
import { request } from 'undici';
import type { Phone } from '../../../people/phone-number.ts';
import { httpGateway } from '../../http-gateway.ts';
import type { ChannelSettings } from '../../settings.ts';
import type { Check } from '../check.ts';
import { CHECKS } from '../words/checks.ts';

const PATIENCE_MS = 10_000;

export async function trySms(settings: ChannelSettings, to: Phone | undefined): Promise<Check> {
  const { name, cure, ...said } = CHECKS.sms;
  const { SMS_GATEWAY_URL: url, SMS_GATEWAY_TOKEN: token } = settings;
  if (url === undefined) return { name, state: 'amber', seen: said.none, cure: said.set };
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
      ? { name, state: 'green', seen: said.sent }
      : { name, state: 'red', seen: said.notTaken(reason), cure };
  }
  try {
    const answer = await request(url, { method: 'GET', signal: AbortSignal.timeout(PATIENCE_MS) });
    await answer.body.dump();
    return { name, state: 'green', seen: said.answers };
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : CHECKS.noReason;
    return { name, state: 'red', seen: said.silent(why), cure };
  }
}
