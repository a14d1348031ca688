/**
 * Runs the built product as a process of its own, exactly as `npm start` does after its build, so that it can be killed.
 *
 * It runs what `npm run build` made: `npm test` builds first, and without a build this says so.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './until.ts';
import { Visitor } from './visitor.ts';

export interface ProductProcess {
  readonly url: string;
  /** The simulated phone; empty when the provider runs elsewhere. */
  readonly phoneUrl: string;
  readonly pid: number;
  /** Everything printed so far. */
  output(): string;
  /** Ends it without a word, as a power cut does. */
  kill(): Promise<void>;
  /** Asks it to end, and returns its exit code and how long it took. */
  stop(): Promise<{ code: number | null; took_ms: number }>;
}

const MAIN = join(import.meta.dirname, '../../dist/main.js');

/** Only what a process needs to run at all: a variable of this machine must not configure the product. */
function plainEnvironment(): Record<string, string> {
  return Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR'].flatMap((name) =>
      process.env[name] === undefined ? [] : [[name, process.env[name]]],
    ),
  );
}

function run(variables: Readonly<Record<string, string>>): {
  child: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
} {
  if (!existsSync(MAIN)) throw new Error('There is no build to run: npm run build comes first');
  const child = spawn(process.execPath, [MAIN], { env: { ...plainEnvironment(), ...variables } });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return { child, output: () => text, ended };
}

/** Starts it and resolves when it has said where it is. */
export async function startProcess(variables: Readonly<Record<string, string>>): Promise<ProductProcess> {
  const { child, output, ended } = run(variables);
  const said =
    variables.GETMIPAY_API_URL === undefined
      ? /^ {2}(http\S+) {2}·[\s\S]*?(http\S+\/phone\/)/m
      : /^ {2}(http\S+) {2}·/m;
  const [url, phoneUrl] = await until(
    'the product says where it is',
    () => {
      if (child.exitCode !== null) throw new Error(`The product ended with ${child.exitCode}:\n${output()}`);
      const found = said.exec(output());
      return found === null ? undefined : ([found[1] ?? '', found[2] ?? ''] as const);
    },
    { within_ms: 40_000, seen: output },
  );
  return {
    url,
    phoneUrl,
    pid: child.pid ?? 0,
    output,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: async () => {
      const start_ms = performance.now();
      child.kill('SIGTERM');
      return { code: await ended, took_ms: performance.now() - start_ms };
    },
  };
}

/** Runs it to its end: for starts that must be refused. */
export async function runToEnd(
  variables: Readonly<Record<string, string>>,
): Promise<{ code: number | null; output: string }> {
  const { output, ended } = run(variables);
  return { code: await ended, output: output() };
}

/** A browser that stays one person's when the product comes back on another port. */
export function visitorOf(product: ProductProcess): Visitor {
  return new Visitor(product.url, '10.9.0.1');
}
