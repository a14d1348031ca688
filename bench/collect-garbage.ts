/**
 * Asks a process of the product to give back what nobody uses any more, over Node's own inspector.
 *
 * What a process holds swings by a fifth with its collector; what it holds after a collection is what it keeps. The process
 * was started with `INSPECTED` and has said on which address of this machine it listens.
 */
import type { ProductProcess } from '../stories/world/product-process.ts';

/** For the options of Node: any free port of this machine's own address. */
export const INSPECTED = '--inspect=127.0.0.1:0';

const PATIENCE_MS = 30_000;

/** Throws when the process was not started so, does not answer, or says that it could not. */
export async function collectGarbage(process: Pick<ProductProcess, 'output'>): Promise<void> {
  const address = /Debugger listening on (ws:\S+)/.exec(process.output())?.[1];
  if (address === undefined) throw new Error('this process was not started with an inspector');
  const socket = new WebSocket(address);
  try {
    await new Promise<void>((resolve, reject) => {
      const end = (error?: Error): void => (error === undefined ? resolve() : reject(error));
      AbortSignal.timeout(PATIENCE_MS).addEventListener('abort', () =>
        end(new Error('the inspector does not answer')),
      );
      socket.addEventListener('open', () =>
        socket.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' })),
      );
      socket.addEventListener('message', ({ data }) => end(errorIn(String(data))));
      socket.addEventListener('error', () => end(new Error('the inspector cannot be reached')));
      socket.addEventListener('close', () => end(new Error('the inspector hung up')));
    });
  } finally {
    socket.close();
  }
}

function errorIn(text: string): Error | undefined {
  const answer = JSON.parse(text) as { readonly error?: { readonly message: string } };
  return answer.error === undefined ? undefined : new Error(answer.error.message);
}
