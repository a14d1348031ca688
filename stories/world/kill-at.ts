/**
 * Kills the process it is loaded into at one named moment, as `kill -9` does: before or after a file gets its name or goes,
 * or a statement is sent. For programs whose half-done work must never be taken for done.
 *
 * Loaded by `node --import` before the program. Waiting from outside for the right moment would miss it on a fast machine.
 */
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import pg from 'pg';

export interface Moment {
  readonly call: 'rename' | 'rm' | 'query';
  /** Found in the new name, the path, or the statement. */
  readonly text: string;
  /** Only after a statement with this in it. */
  readonly since?: string;
  /** Which of those that fit; the first unless told. */
  readonly nth?: number;
  /** Killed when it is done instead of before. */
  readonly done?: boolean;
}

type Call = (...args: readonly unknown[]) => unknown;

const moment: Moment | undefined = process.env.KILL_AT && JSON.parse(process.env.KILL_AT);
let seen = 0;
let open = moment?.since === undefined;

function watched(name: Moment['call'], original: Call, textOf: (args: readonly unknown[]) => string): Call {
  return function (this: unknown, ...args) {
    const text = textOf(args);
    const fits = open && moment?.call === name && new RegExp(moment.text).test(text);
    if (moment?.since !== undefined && new RegExp(moment.since).test(text)) open = true;
    if (!fits || ++seen !== (moment.nth ?? 1)) return original.apply(this, [...args]);
    if (moment.done !== true) return die();
    return Promise.resolve(original.apply(this, [...args])).then(die);
  };
}

/** Nothing after this line happens any more. */
function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}

function textOfStatement([first]: readonly unknown[]): string {
  return typeof first === 'string' ? first : String((first as { text?: string } | undefined)?.text);
}

Object.assign(fs, {
  rename: watched('rename', fs.rename as Call, (args) => String(args[1])),
  rm: watched('rm', fs.rm as Call, (args) => String(args[0])),
});
syncBuiltinESMExports();
Object.assign(pg.Client.prototype, {
  query: watched('query', pg.Client.prototype.query as Call, textOfStatement),
});
