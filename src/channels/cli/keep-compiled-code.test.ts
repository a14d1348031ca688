import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

/** Starts a program below a folder of packages that looks like ours, and says where its Node keeps what it compiled. */
function keptWhere(folder: string): string {
  const there = join(folder, 'src/channels/cli');
  mkdirSync(there, { recursive: true });
  const file = join(there, 'keep-compiled-code.ts');
  const text = `
    import module from 'node:module';
    await import(${JSON.stringify(file)});
    process.stdout.write(module.getCompileCacheDir() ?? 'nowhere');
  `;
  copyFileSync(join(import.meta.dirname, 'keep-compiled-code.ts'), file);
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', text];
  return execFileSync(process.execPath, flags, { encoding: 'utf8', env: {} });
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tontine-compiled-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('what Node compiles is kept among the packages', () => {
  const folder = emptyFolder();
  expect(keptWhere(folder)).toContain(join(folder, 'node_modules/.cache/tontine-pro/'));
});

test('where nothing can be kept the program starts all the same', () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'node_modules'), 'no folder');
  expect(keptWhere(folder)).toBe('nowhere');
});
