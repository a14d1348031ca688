import { expect, test } from 'vitest';
import { importsOf } from './imports.ts';

const listed = (text: string) =>
  importsOf({ path: 'src/wallet/a.tsx', text }).map(({ path, from, typeOnly }) => [path ?? from, typeOnly]);

test.each([
  ["import { a } from '../ground/a.ts';", 'src/ground/a.ts', false],
  ["import type { A } from './a.ts';", 'src/wallet/a.ts', true],
  ["import './a.css';", 'src/wallet/a.css', false],
  ["export { a } from '../people/a.ts';", 'src/people/a.ts', false],
  ["export * from '../people/a.ts';", 'src/people/a.ts', false],
  ["const a = await import('../rails/a.ts');", 'src/rails/a.ts', false],
  ["type A = import('../rails/a.ts').A;", 'src/rails/a.ts', true],
  ["import {\n  a,\n  b,\n} from 'kysely';", 'kysely', false],
])('%s', (text, path, typeOnly) => {
  expect(listed(text)).toEqual([[path, typeOnly]]);
});

test('what only looks like an import is none', () => {
  expect(listed("// import { a } from './a.ts';\nconst text = \"import { b } from './b.ts'\";")).toEqual([]);
  expect(listed("declare module '../ground/a.ts' { interface A { b: 1 } }")).toEqual([]);
  expect(listed("const page = <p>import a from './a.ts', don't</p>;")).toEqual([]);
});
