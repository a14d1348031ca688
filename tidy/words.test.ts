/**
 * Keeps words out that hide what a file is for, and shortcuts that hide what a type is.
 */
import { expect, test } from 'vitest';
import { type Exception, type Finding, judge } from './exceptions.ts';
import { isForTests, listPaths, readCode, type TextFile } from './sources.ts';
import { dottedName, lineOf, nodeIn, nodesIn, parse, type SyntaxNode, textIn } from './syntax.ts';

/** Words that say nothing: whatever is put under them, more will be. */
const EMPTY_WORDS =
  /^(utils?|helpers?|common|shared|misc|lib|core|base|managers?|services?|handlers?|processors?|data|info|index|types|v2)$/;
const CODE = /\.(ts|tsx|mts|cts)$/;

/** A service is the provider's own word for one way to pay in one country, and ours for it (`rails/provider.ts`). */
const PATH_EXCEPTIONS: readonly Exception[] = [
  ['src/rails/providers/getmipay/services.ts', 'services'],
  ['src/rails/providers/getmipay/services.test.ts', 'services'],
  ['src/rails/providers/getmipay/service-list.ts', 'service'],
  ['src/rails/providers/getmipay/service-list.test.ts', 'service'],
  ['faults/services.ts', 'services'],
].map(([path = '', what = '']) => ({ path, what, reason: 'a service is one way to pay in one country' }));

function findEmptyWords(paths: readonly string[]): Finding[] {
  return paths.flatMap((path) =>
    path.split('/').flatMap((part) => {
      const name = part.replace(/^\./, '').split('.')[0] ?? '';
      return [name, ...name.split('-')]
        .filter((word, place, all) => EMPTY_WORDS.test(word) && all.indexOf(word) === place)
        .map((what) => ({ path, line: 1, what }));
    }),
  );
}

const SHORTCUTS: Readonly<Record<string, string>> = {
  TSAnyKeyword: 'any',
  TSEnumDeclaration: 'enum',
  TSNonNullExpression: 'non-null !',
  TSParameterProperty: 'parameter property',
  ExportDefaultDeclaration: 'default export',
};

const SILENCED = /@ts-(ignore|expect-error|nocheck)\b/;
const UNFINISHED = /\b(TODO|FIXME|XXX|HACK)\b/;
const TEST_NAMES =
  /^(test|it|describe|suite)(\.\w+)*\.(skip|only|todo|skipIf|runIf|fails)(\.|$)|^(xit|xtest|xdescribe|fit|fdescribe)$/;

function findShortcuts(files: readonly TextFile[]): Finding[] {
  return files.flatMap((file) => {
    const { nodes, comments } = parse(file);
    const at = (place: number, what: string): Finding => ({
      path: file.path,
      line: lineOf(file.text, place),
      what,
    });
    return [
      ...nodes.flatMap((node) => {
        const what = shortcutIn(node);
        return what === undefined ? [] : [at(node.start, what)];
      }),
      ...comments.flatMap((comment) => {
        if (SILENCED.test(comment.text)) return [at(comment.start, 'a silenced type error')];
        return UNFINISHED.test(comment.text) ? [at(comment.start, 'an unfinished place')] : [];
      }),
    ];
  });
}

function shortcutIn(node: SyntaxNode): string | undefined {
  if (node.type === 'CallExpression' || node.type === 'TaggedTemplateExpression') {
    const field = node.type === 'CallExpression' ? 'callee' : 'tag';
    const name = dottedName(nodeIn(node, field));
    return name !== undefined && TEST_NAMES.test(name) ? 'a test that does not always run' : undefined;
  }
  return SHORTCUTS[node.type];
}

/** Files of the product that do not open with a comment that says what they are for. */
function findMute(files: readonly TextFile[]): Finding[] {
  return files
    .filter((file) => file.path.startsWith('src/') && !/\.test\.tsx?$/.test(file.path))
    .filter((file) => !/^\/\*\*\n \* \S.*\n/.test(file.text))
    .map((file) => ({ path: file.path, line: 1, what: 'no opening comment' }));
}

/** Members of exported unions of words, and of those only, that are not followed by their meaning. */
function findUnexplained(files: readonly TextFile[]): Finding[] {
  return files.flatMap((file) => {
    if (isForTests(file.path)) return [];
    const lines = file.text.split('\n');
    return parse(file).nodes.flatMap((node) => {
      if (node.type !== 'TSTypeAliasDeclaration') return [];
      const name = textIn(nodeIn(node, 'id'), 'name') ?? '';
      const members = nodesIn(nodeIn(node, 'typeAnnotation') ?? node, 'types');
      if (!/(State|EventName)$/.test(name)) return [];
      return members
        .map((member) => ({ path: file.path, line: lineOf(file.text, member.start), what: name }))
        .filter(({ line }) => lines[line - 1]?.includes('//') !== true);
    });
  });
}

test('no path has a word that could hold anything', () => {
  expect(judge(findEmptyWords(listPaths().filter((path) => CODE.test(path))), PATH_EXCEPTIONS)).toEqual([]);
});

test('no type is escaped, nothing is left unfinished, every test runs', () => {
  expect(judge(findShortcuts(readCode()), [])).toEqual([]);
});

test('every file of the product says what it is for', () => {
  expect(judge(findMute(readCode()), [])).toEqual([]);
});

test('every state and every event says what it means', () => {
  expect(judge(findUnexplained(readCode()), [])).toEqual([]);
});

test.each([
  ['src/wallet/utils.ts', ['utils']],
  ['src/common/money.ts', ['common']],
  ['src/rails/payment-manager.ts', ['manager']],
  ['src/wallet/index.ts', ['index']],
  ['src/wallet/wallet.test.ts', []],
  ['src/ground/database.ts', []],
])('%s', (path, words) => {
  expect(findEmptyWords([path]).map((found) => found.what)).toEqual(words);
});

test.each([
  ['const a = b as any;', 'any'],
  ['enum Colour { red }', 'enum'],
  ['export default function a() {}', 'default export'],
  ['const a = b!;', 'non-null !'],
  ['class A { constructor(private a: string) {} }', 'parameter property'],
  ['// @ts-expect-error later\nconst a: string = 1;', 'a silenced type error'],
  [`// ${'TO'}${'DO'} mend`, 'an unfinished place'],
  ["test.skip('a', () => {});", 'a test that does not always run'],
  ["test.concurrent.only('a', () => {});", 'a test that does not always run'],
  ["describe.skip.each([1])('a', () => {});", 'a test that does not always run'],
  ['it.only.each`a`();', 'a test that does not always run'],
])('%s is found', (text, what) => {
  const found = findShortcuts([{ path: 'src/wallet/a.ts', text }]).map((finding) => finding.what);
  expect(new Set(found)).toEqual(new Set([what]));
});

test('words in texts and names are left alone', () => {
  const text =
    "const any = 'enum'; const says = 'TO' + 'DO'; test('only', () => {}); test.each([1])('a', () => {});";
  expect(findShortcuts([{ path: 'src/wallet/a.ts', text }])).toEqual([]);
});

test('a mute file and an unexplained state are found', () => {
  const path = 'src/wallet/a.ts';
  expect(findMute([{ path, text: "import './b.ts';\n" }])).toHaveLength(1);
  expect(findMute([{ path, text: '/**\n * Keeps a.\n */\n' }])).toEqual([]);
  const text = "export type AState =\n  | 'on' // it runs\n  | 'off';\n";
  expect(findUnexplained([{ path, text }])).toEqual([{ path, line: 3, what: 'AState' }]);
});
