/**
 * Is what is known about a backup without opening it, sealed so that nobody can put another one in its place.
 *
 * Encryption keeps strangers from reading a backup. It does not keep them from making one: everybody may know the
 * recipient. The seal is made with a key of the installation, over the file's own hash.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { demand } from '../refusal.ts';

const shape = z.object({
  format: z.literal(1),
  /** The file that it is about. */
  name: z.string(),
  madeAt: z.iso.datetime(),
  took_ms: z.number().int(),
  bytes: z.number().int(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** The newest migration that had run. */
  schema: z.string(),
  /** The last row of the journal, and the head of its chain. */
  seq: z.string().regex(/^\d+$/),
  head: z.string().regex(/^[0-9a-f]{64}$/),
  rows: z.record(z.string(), z.number().int()),
});

export type Facts = z.output<typeof shape>;
export interface Manifest extends Facts {
  readonly seal: string;
}

export function sealManifest(facts: Facts, key: Uint8Array): Manifest {
  return { ...facts, seal: sealOf(facts, key) };
}

/** Throws, saying why, when the text is not what this installation wrote. */
export function readManifest(text: string, key: Uint8Array): Manifest {
  const manifest = parseManifest(text);
  const { seal, ...facts } = manifest;
  const [given, expected] = [Buffer.from(seal, 'hex'), Buffer.from(sealOf(facts, key), 'hex')];
  demand(
    given.length === expected.length && timingSafeEqual(given, expected),
    'le sceau de cette sauvegarde n’est pas le nôtre : elle a été modifiée, ou SECRET_KEY n’est plus celle d’alors ; remettez l’ancienne, ou prenez une autre avec --name',
    'the seal of this backup is not ours: it was changed, or SECRET_KEY is another one than when it was made; put the old one back, or take another one with --name',
  );
  return manifest;
}

function parseManifest(text: string): Manifest {
  const read = shape.extend({ seal: z.string() }).safeParse(parsed(text));
  demand(
    read.success,
    'le manifeste de cette sauvegarde ne peut pas être lu : il est tronqué ou modifié ; copiez-le de nouveau, ou prenez une autre avec --name',
    'the manifest of this backup cannot be read: it is cut off or changed; copy it again, or take another one with --name',
  );
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON is no manifest; its reader says so.
    return undefined;
  }
}

function sealOf(facts: Facts, key: Uint8Array): string {
  const { rows, ...rest } = shape.parse(facts);
  const lines = [
    ...Object.entries(rest),
    ...Object.entries(rows).map(([name, count]) => [`rows ${name}`, count]),
  ];
  const text = lines.map(([name, value]) => `${name}=${value}`).toSorted((a, b) => (a < b ? -1 : 1));
  return createHmac('sha256', key).update(text.join('\n')).digest('hex');
}

export const BACKUP_SUFFIX = '.tontine.age';

/** Sortable by time, and unique as long as nobody makes two in one second. */
export function backupName(at: Date): string {
  return `books-${at.toISOString().replaceAll(/[-:]|\.\d+/g, '')}${BACKUP_SUFFIX}`;
}

/** When a backup was made, by its name; nothing for another file. */
export function timeOfBackup(name: string): Date | undefined {
  const [, day, time] = /^books-(\d{8})T(\d{6})Z\.tontine\.age$/.exec(name) ?? [];
  if (day === undefined || time === undefined) return undefined;
  const iso = `${day.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`;
  return new Date(iso);
}

export function manifestName(backup: string): string {
  return backup.replace(BACKUP_SUFFIX, '.json');
}

export function drillName(backup: string): string {
  return backup.replace(BACKUP_SUFFIX, '.drill.json');
}

/** Whether a file is a manifest or a report of a backup that is not among `names`. */
export function isWidowed(file: string, names: ReadonlySet<string>): boolean {
  const [, stem] = /^(books-\d{8}T\d{6}Z)(?:\.drill)?\.json$/.exec(file) ?? [];
  return stem !== undefined && !names.has(`${stem}${BACKUP_SUFFIX}`);
}
