/**
 * Runs one of the built command-line programs to its end, as `npm run` does after its build.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Moment } from './kill-at.ts';

export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** What is loaded before the program, see `kill-at.ts`. */
const KILLER = join(import.meta.dirname, 'kill-at.ts');

/** Runs a program that dies at a moment, and fails when it does not get there. */
export async function runKilled(
  name: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
  moment: Moment,
): Promise<void> {
  const ran = await runProgram(name, args, {
    ...variables,
    KILL_AT: JSON.stringify(moment),
    NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import=${KILLER}`,
  });
  if (ran.code !== null) {
    throw new Error(`${name} was to be killed at ${moment.text} and ended with ${ran.code}: ${ran.output}`);
  }
}

/** `name` is a file below `dist/channels/cli/`, without its ending. There is no terminal. */
export async function runProgram(
  name: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  folder = process.cwd(),
): Promise<Ran> {
  const program = join(import.meta.dirname, `../../dist/channels/cli/${name}.js`);
  if (!existsSync(program)) throw new Error('There is no build to run: npm run build comes first');
  const machine = Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR'].flatMap((variable) =>
      process.env[variable] === undefined ? [] : [[variable, process.env[variable]]],
    ),
  );
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...machine, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: folder,
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}
