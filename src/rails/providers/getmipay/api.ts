/**
 * Carries one request to GetMiPay and says what is certain about it: not sent, lost, or answered.
 *
 * A call that moves money opens its own connection. Whether anything can have reached the provider is then a fact
 * (there was a connection, or there was none) and not a guess from error codes, and no answer is lost because an idle
 * connection happened to be closed by the other side. Nothing is ever repeated and no redirect is followed: both
 * would charge twice.
 */
import { Agent, buildConnector, Client, type Dispatcher } from 'undici';

/** No answer of the API comes near it; what is longer is not an answer. */
const LARGEST_ANSWER_BYTES = 256 * 1024;

export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  /** After the API's address, with the leading slash. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly json?: string;
}

export type ApiOutcome =
  | { readonly outcome: 'not-sent'; readonly evidence: string } // proven: there never was a connection
  | { readonly outcome: 'lost'; readonly evidence: string } // it may have arrived, and no whole answer came back
  | { readonly outcome: 'response'; readonly status: number; readonly text: string };

export interface Api {
  /** For what moves money. The call is given up when `deadline` is aborted. */
  move(request: ApiRequest, deadline: AbortSignal): Promise<ApiOutcome>;
  /** For what only asks; connections are kept and shared. */
  read(request: ApiRequest, deadline: AbortSignal): Promise<ApiOutcome>;
}

export interface ApiLimits {
  readonly apiUrl: string;
  readonly connectTimeout_ms: number;
}

export function openApi(limits: ApiLimits): Api {
  const address = new URL(limits.apiUrl);
  const prefix = address.pathname.replace(/\/+$/, '');
  // The caller's deadline is the only one; undici's own per-phase timers would blur which limit was met.
  const options = {
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: LARGEST_ANSWER_BYTES,
    allowH2: false,
  };
  const connector = buildConnector({ timeout: limits.connectTimeout_ms, allowH2: false });
  const shared = new Agent({ ...options, connect: connector });

  const send = (dispatcher: Dispatcher, request: ApiRequest, deadline: AbortSignal): Promise<Answered> =>
    exchange(dispatcher, { origin: address.origin, path: prefix + request.path }, request, deadline);

  return {
    async move(request, deadline) {
      if (deadline.aborted) return { outcome: 'not-sent', evidence: evidenceOf(deadline.reason) };
      let connected = false;
      const client = new Client(address.origin, {
        ...options,
        pipelining: 0,
        connect: (where, done) =>
          connector(where, (...result) => {
            if (result[0] === null) connected = true;
            done(...result);
          }),
      });
      // A request that waits for its connection would notice the deadline only when connecting ends.
      const giveUp = (): void => void client.destroy(timeoutOf(deadline));
      deadline.addEventListener('abort', giveUp, { once: true });
      try {
        return await send(client, request, deadline);
      } catch (error) {
        return { outcome: connected ? 'lost' : 'not-sent', evidence: evidenceOf(error) };
      } finally {
        deadline.removeEventListener('abort', giveUp);
        await client.destroy();
      }
    },
    async read(request, deadline) {
      try {
        return await send(shared, request, deadline);
      } catch (error) {
        return { outcome: 'lost', evidence: evidenceOf(error) };
      }
    },
  };
}

type Answered = Extract<ApiOutcome, { outcome: 'response' }>;

async function exchange(
  dispatcher: Dispatcher,
  place: { readonly origin: string; readonly path: string },
  request: ApiRequest,
  deadline: AbortSignal,
): Promise<Answered> {
  const { statusCode, body } = await dispatcher.request({
    ...place,
    method: request.method,
    headers: {
      accept: 'application/json',
      'user-agent': 'tontine-pro',
      ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    },
    body: request.json ?? null,
    signal: deadline,
  });
  return { outcome: 'response', status: statusCode, text: new TextDecoder().decode(await body.bytes()) };
}

function timeoutOf(deadline: AbortSignal): Error {
  return deadline.reason instanceof Error ? deadline.reason : new Error('the deadline passed');
}

/** The error's code only: messages may repeat addresses, headers and numbers. */
function evidenceOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unexplained';
  if (error.name === 'TimeoutError') return 'timeout';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return code.toLowerCase().slice(0, 60);
}
