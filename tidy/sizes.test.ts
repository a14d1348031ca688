/**
 * Measures files and functions with a ratchet: what is long is listed with its size, may shrink, and never grows.
 *
 * A limit that is broken once is a limit no more; a list with figures shows every growth in the change that made it.
 */
import { expect, test } from 'vitest';
import { readCode, type TextFile } from './sources.ts';
import { lineOf, nodeIn, parse, type SyntaxNode, textIn } from './syntax.ts';

const FILE_LINES = 300;
const FUNCTION_LINES = 70;

/** Lines, by path. */
const LONG_FILES: Readonly<Record<string, number>> = {};

/** Lines, by path and name. */
const LONG_FUNCTIONS: Readonly<Record<string, number>> = {
  // The one function around a browser script, so that it leaves no name behind.
  'src/channels/web/comfort.client.js (nameless)': 84,
  // A door and the short steps of it that share what it was opened with.
  'src/channels/web/profile/form.tsx registerProfile': 105,
};

type Sizes = Readonly<Record<string, number>>;

function sizesOfFiles(files: readonly TextFile[]): Sizes {
  return Object.fromEntries(files.map(({ path, text }) => [path, text.split('\n').length - 1]));
}

/** From its first line to its last brace, functions inside it included; of one name, and of no name, the longest. */
function sizesOfFunctions(files: readonly TextFile[]): Sizes {
  const sizes: Record<string, number> = {};
  for (const file of files) {
    const names = namesOf(file);
    for (const node of parse(file).nodes) {
      const name = names.get(node.start) ?? textIn(nodeIn(node, 'id'), 'name');
      if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) continue;
      const key = `${file.path} ${name ?? '(nameless)'}`;
      const lines = lineOf(file.text, node.end) - lineOf(file.text, node.start) + 1;
      sizes[key] = Math.max(lines, sizes[key] ?? 0);
    }
  }
  return sizes;
}

/** The names that functions without one get from where they are put, by the place of the function. */
function namesOf(file: TextFile): Map<number, string> {
  const named = new Map<number, string>();
  const put = (value: SyntaxNode | undefined, name: string | undefined): void => {
    if (value !== undefined && name !== undefined) named.set(value.start, name);
  };
  for (const node of parse(file).nodes) {
    if (node.type === 'VariableDeclarator') put(nodeIn(node, 'init'), textIn(nodeIn(node, 'id'), 'name'));
    if (node.type === 'Property' || node.type === 'MethodDefinition') {
      put(nodeIn(node, 'value'), textIn(nodeIn(node, 'key'), 'name'));
    }
  }
  return named;
}

/** What is too long and not listed, what grew past its listed size, and what is listed without need. */
function findGrowth(sizes: Sizes, limit: number, listed: Sizes): string[] {
  const long = Object.entries(sizes).filter(([what, lines]) => lines > (listed[what] ?? limit));
  const grown = long.map(([what, lines]) => `${what} has ${lines} lines; at most ${listed[what] ?? limit}`);
  const needless = Object.keys(listed)
    .filter((what) => (sizes[what] ?? 0) <= limit)
    .map((what) => `${what} is short now: take it off the list`);
  return [...grown, ...needless];
}

test(`a file has at most ${FILE_LINES} lines, or its listed size`, () => {
  expect(findGrowth(sizesOfFiles(readCode()), FILE_LINES, LONG_FILES)).toEqual([]);
});

// A test's own function tells a story, and is measured with its file.
test(`a function has at most ${FUNCTION_LINES} lines, or its listed size`, () => {
  const files = readCode().filter((file) => !/\.(test|story)\.tsx?$/.test(file.path));
  expect(findGrowth(sizesOfFunctions(files), FUNCTION_LINES, LONG_FUNCTIONS)).toEqual([]);
});

test('a listed size is a ceiling: it may shrink, and leaves the list when it is short', () => {
  const listed = { 'src/a.ts': 400 };
  expect(findGrowth({ 'src/a.ts': 400 }, 300, listed)).toEqual([]);
  expect(findGrowth({ 'src/a.ts': 350 }, 300, listed)).toEqual([]);
  expect(findGrowth({ 'src/a.ts': 401 }, 300, listed)).toEqual(['src/a.ts has 401 lines; at most 400']);
  expect(findGrowth({ 'src/a.ts': 300 }, 300, listed)).toEqual([
    'src/a.ts is short now: take it off the list',
  ]);
  expect(findGrowth({}, 300, listed)).toEqual(['src/a.ts is short now: take it off the list']);
  expect(findGrowth({ 'src/b.ts': 301 }, 300, {})).toEqual(['src/b.ts has 301 lines; at most 300']);
});

test('functions are measured wherever they stand', () => {
  const text = [
    'function outer() {',
    '  const inner = () => {',
    '    act();',
    '  };',
    '}',
    'const table = {',
    '  method() {',
    '    act();',
    '  },',
    '};',
    'act(async () => {',
    '  act();',
    '});',
    '',
  ].join('\n');
  expect(sizesOfFiles([{ path: 'src/a.ts', text }])).toEqual({ 'src/a.ts': 13 });
  expect(sizesOfFunctions([{ path: 'src/a.ts', text }])).toEqual({
    'src/a.ts outer': 5,
    'src/a.ts inner': 3,
    'src/a.ts method': 3,
    'src/a.ts (nameless)': 3,
  });
});
