import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keepEnvFile } from './keep-env-file.ts';

const NOW = new Date('2026-01-05T08:00:00.123Z');

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'tontine-env-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

test('a first file is for its owner only and leaves no backup', () => {
  const path = join(folder(), '.env');
  expect(keepEnvFile(path, 'A=1\n', NOW)).toBeUndefined();
  expect(readFileSync(path, 'utf8')).toBe('A=1\n');
  expect(modeOf(path)).toBe('600');
  expect(readdirSync(join(path, '..'))).toEqual(['.env']);
});

test('the file before is kept beside it, for its owner only, whatever it was for', () => {
  const path = join(folder(), '.env');
  writeFileSync(path, 'A=old\n', { mode: 0o644 });
  const backup = keepEnvFile(path, 'A=new\n', NOW);
  expect(backup).toBe(`${path}.backup-20260105T080000123Z`);
  expect(readFileSync(backup ?? '', 'utf8')).toBe('A=old\n');
  expect(readFileSync(path, 'utf8')).toBe('A=new\n');
  expect([modeOf(path), modeOf(backup ?? '')]).toEqual(['600', '600']);
});

test('a folder that cannot be written is said, and nothing is left behind', () => {
  const home = folder();
  writeFileSync(join(home, 'file'), '');
  expect(() => keepEnvFile(join(home, 'file', '.env'), 'A=1\n', NOW)).toThrow(/ENOTDIR/);
  expect(() => keepEnvFile(join(home, 'gone', '.env'), 'A=1\n', NOW)).toThrow(/ENOENT/);
  expect(readdirSync(home)).toEqual(['file']);
});
