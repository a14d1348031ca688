/**
 * Runs one of the built command-line programs to its end, as `npm run` does after its build.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export interface Ran {
  readonly code: number | null;
  readonly output: string;
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
