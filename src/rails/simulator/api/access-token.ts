/**
 * Issues and checks the bearer tokens of the newer API generation.
 *
 * They are JSON Web Tokens signed with the merchant's secret key, so that a restarted simulator still honours those it
 * gave out; they live 24 hours. Revoking all of them lets a test meet the 401 in the middle of a flow.
 */
import { createHmac } from 'node:crypto';
import { after, type Clock, DAY_MS } from '../../../ground/clock.ts';
import { isSameText } from '../signature.ts';

export interface AccessTokens {
  issue(): { readonly token: string; readonly expiresAt: Date };
  isValid(token: string): boolean;
  /** Every token given out so far stops working. */
  revokeAll(): void;
}

/** Tokens of one merchant; the secret key signs them and never leaves. */
export function makeAccessTokens(clock: Clock, publicKey: string, secretKey: string): AccessTokens {
  let generation = 0;
  const sign = (text: string) => createHmac('sha256', secretKey).update(text).digest('base64url');
  return {
    issue: () => {
      const now = clock.now();
      const expiresAt = after(now, DAY_MS);
      const head = encode({ alg: 'HS256', typ: 'JWT' });
      const claims = encode({ sub: publicKey, iat: seconds(now), exp: seconds(expiresAt), gen: generation });
      return { token: `${head}.${claims}.${sign(`${head}.${claims}`)}`, expiresAt };
    },
    isValid: (token) => {
      const [head, claims, signature, ...rest] = token.split('.');
      if (head === undefined || claims === undefined || signature === undefined || rest.length > 0)
        return false;
      if (!isSameText(signature, sign(`${head}.${claims}`))) return false;
      // Whatever carries our signature was written by `issue`, so its claims can be read without doubt.
      const { exp, gen } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
      return gen === generation && exp > seconds(clock.now());
    },
    revokeAll: () => {
      generation += 1;
    },
  };
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
