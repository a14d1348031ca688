/**
 * Reads the files of the project, for the tests about the project itself.
 *
 * It walks the folders and asks nobody: what stands there counts, whether or not it was committed yet.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface TextFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Folders that are made, fetched or private: nothing in them is ours to judge. */
const NOT_OURS = new Set(['node_modules', 'dist', 'data', 'coverage', '.git', '.vitest']);
const CODE_FOLDERS = ['src', 'stories', 'faults', 'bench', 'tidy', 'scripts'];
const CODE = /\.(ts|tsx|mts|cts|js|mjs|cjs|jsx)$/;

/** Every file below `folder` (the root when empty), sorted, without the folders that are not ours. */
export function listPaths(folder = ''): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(`${ROOT}${folder}`, { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!NOT_OURS.has(entry.name)) found.push(...listPaths(path));
    } else if (entry.isFile()) found.push(path);
  }
  return found.sort();
}

export function readText(path: string): string {
  return readFileSync(`${ROOT}${path}`, 'utf8');
}

/** All program text of the project, tests included. */
export function readCode(): TextFile[] {
  return listPaths()
    .filter((path) => CODE.test(path) && CODE_FOLDERS.includes(path.slice(0, path.indexOf('/'))))
    .map((path) => ({ path, text: readText(path) }));
}

/** True for what only runs in tests: the tests, the stories, the folders that set their stage, and this folder. */
export function isForTests(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || /(^|\/)(testing|stories|tidy|faults|bench)\//.test(path);
}
