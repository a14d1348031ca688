/**
 * Reads and writes the text of an `.env` file, value by value, without losing one to a quote or a hash sign.
 *
 * The text that is written is `.env.example` with its values filled in, so that the host finds every variable with its
 * comment. A key that is cut at a `#` is a key that is refused by the provider an hour later.
 */
import type { Sentence } from '../../ground/refusal.ts';
import { SETUP } from './words/setup.ts';

export type EnvValues = Readonly<Record<string, string>>;

const LINE = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/;

/** The variables of a text; of one that stands twice the last counts, as Node reads it. */
export function parseEnv(text: string): EnvValues {
  const values: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const [, name, written = ''] = LINE.exec(line) ?? [];
    if (name !== undefined) values[name] = unquoted(written);
  }
  return values;
}

function unquoted(written: string): string {
  const quoted = /^(['"`])([\s\S]*?)\1/.exec(written);
  if (quoted !== null) return quoted[2] ?? '';
  return written.replace(/\s*#.*$/, '').trim();
}

/** Why a value cannot stand in an `.env` file, or nothing. */
export function whyNotInEnv(value: string): Sentence | undefined {
  if (/[\r\n\0]/.test(value)) return SETUP.oneLine;
  return ["'", '"', '`'].every((quote) => value.includes(quote)) ? SETUP.quotes : undefined;
}

/** `template` with the values filled in where their names stand; what it does not name comes at the end. */
export function fillEnv(template: string, values: EnvValues): string {
  const left = new Map(Object.entries(values));
  const lines = template
    .replace(/\n*$/, '')
    .split(/\r?\n/)
    .map((line) => {
      const name = /^([A-Z][A-Z0-9_]*)=/.exec(line)?.[1];
      const value = name === undefined ? undefined : left.get(name);
      if (name === undefined || value === undefined) return line;
      left.delete(name);
      return `${name}=${quoted(value)}`;
    });
  const rest = [...left].map(([name, value]) => `${name}=${quoted(value)}`);
  return `${[...lines, ...(rest.length === 0 ? [] : ['', ...rest])].join('\n')}\n`;
}

function quoted(value: string): string {
  if (/^[\w./:@%+,=~-]*$/.test(value)) return value;
  const quote = ["'", '"', '`'].find((one) => !value.includes(one)) ?? "'";
  return `${quote}${value}${quote}`;
}
