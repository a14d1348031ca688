/**
 * Sends requests with our proof of identity, in either generation, and renews it once when it is refused.
 *
 * A 401 says that nothing was executed, which is the only reason why a create may be sent a second time. It happens
 * once: a second 401 means wrong keys, and going on would be a loop.
 */
import type { Clock } from '../../../ground/clock.ts';
import type { Api, ApiOutcome, ApiRequest } from './api.ts';
import type { GetmipayConfiguration } from './configuration.ts';
import { openTokens } from './token.ts';

export type AuthorisedOutcome = ApiOutcome | { readonly outcome: 'unauthorised'; readonly evidence: string }; // nothing was executed; our keys are wrong

export interface AuthorisedApi {
  move(request: ApiRequest): Promise<AuthorisedOutcome>;
  read(request: ApiRequest): Promise<AuthorisedOutcome>;
}

type Send = (request: ApiRequest, deadline: AbortSignal) => Promise<ApiOutcome>;

export function authorise(api: Api, configuration: GetmipayConfiguration, clock: Clock): AuthorisedApi {
  const call = configuration.generation === 'jwt' ? byToken(api, configuration, clock) : byKey(configuration);
  return {
    move: (request) => call((sent, deadline) => api.move(sent, deadline), request),
    read: (request) => call((sent, deadline) => api.read(sent, deadline), request),
  };
}

function byKey(configuration: GetmipayConfiguration) {
  return async (send: Send, request: ApiRequest): Promise<AuthorisedOutcome> => {
    const deadline = AbortSignal.timeout(configuration.totalTimeout_ms);
    return unless401(await send(withHeader(request, 'x-api-key', configuration.publicKey), deadline));
  };
}

function byToken(api: Api, configuration: GetmipayConfiguration, clock: Clock) {
  const tokens = openTokens(api, configuration, clock);
  return async (send: Send, request: ApiRequest): Promise<AuthorisedOutcome> => {
    // One deadline for both sendings and the wait for tokens between them: whoever leases this call counts on it.
    const deadline = AbortSignal.timeout(configuration.totalTimeout_ms);
    let held = await tokens.current();
    if (held.answer === 'token') {
      const first = await send(withHeader(request, 'authorization', `Bearer ${held.token}`), deadline);
      if (first.outcome !== 'response' || first.status !== 401) return first;
      held = await tokens.renewed(held.token);
    }
    if (held.answer === 'refused') return { outcome: 'unauthorised', evidence: held.evidence };
    // Without a token the request was never executed, whatever became of the question for the token.
    if (held.answer === 'unreachable') return { outcome: 'not-sent', evidence: held.evidence };
    return unless401(await send(withHeader(request, 'authorization', `Bearer ${held.token}`), deadline));
  };
}

function unless401(outcome: ApiOutcome): AuthorisedOutcome {
  return outcome.outcome === 'response' && outcome.status === 401
    ? { outcome: 'unauthorised', evidence: 'http-401' }
    : outcome;
}

function withHeader(request: ApiRequest, name: string, value: string): ApiRequest {
  return { ...request, headers: { ...request.headers, [name]: value } };
}
