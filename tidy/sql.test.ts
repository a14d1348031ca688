/**
 * Keeps SQL where it can be found: in the rows file of its table, in migrations, and in the ground that runs them.
 *
 * Whoever asks "who writes this table?" must have one file to open.
 */
import { expect, test } from 'vitest';
import { type Exception, type Finding, judge } from './exceptions.ts';
import { isForTests, readCode, type TextFile } from './sources.ts';
import { dottedName, lineOf, nodeIn, nodesIn, parse, type SyntaxNode, textIn } from './syntax.ts';

const BUILDERS = new Set([
  'selectFrom',
  'insertInto',
  'replaceInto',
  'updateTable',
  'deleteFrom',
  'mergeInto',
]);
const HOMES = [/\.rows\.ts$/, /^src\/ground\/postgres\//, /^src\/ground\/queue\//];

const EXCEPTIONS: readonly Exception[] = [
  {
    path: 'src/channels/monitoring/route.ts',
    what: 'sql',
    reason: '`select 1` names no table: it only asks whether the database answers',
  },
];

function findSql(files: readonly TextFile[]): Finding[] {
  return files.flatMap((file) => {
    if (isForTests(file.path) || HOMES.some((home) => home.test(file.path))) return [];
    return parse(file).nodes.flatMap((node) => {
      const what = sqlIn(node);
      return what === undefined ? [] : [{ path: file.path, line: lineOf(file.text, node.start), what }];
    });
  });
}

function sqlIn(node: SyntaxNode): string | undefined {
  if (node.type === 'TaggedTemplateExpression' && dottedName(nodeIn(node, 'tag')) === 'sql') return 'sql';
  if (node.type !== 'CallExpression') return undefined;
  const callee = nodeIn(node, 'callee');
  if (dottedName(callee)?.startsWith('sql.') === true) return 'sql';
  const method = callee && textIn(nodeIn(callee, 'property'), 'name');
  return method !== undefined && BUILDERS.has(method) ? method : undefined;
}

/**
 * Tables that a rows file writes to or reads first, and does not declare as its own. What one file would be too long for
 * stands in files that bear its name: `payment-sums.rows.ts` beside `payment.rows.ts`.
 */
function findForeignTables(files: readonly TextFile[]): Finding[] {
  const rows = files.filter(({ path }) => path.endsWith('.rows.ts'));
  return rows.flatMap((file) => {
    const namesakes = rows.filter(({ path }) => file.path.startsWith(path.replace(/\.rows\.ts$/, '-')));
    const own = new Set([file, ...namesakes].flatMap(declaredTables));
    return parse(file).nodes.flatMap((node) => {
      if (node.type !== 'CallExpression') return [];
      const method = textIn(nodeIn(nodeIn(node, 'callee') ?? node, 'property'), 'name');
      const [first] = nodesIn(node, 'arguments');
      const table = textIn(first, 'value')?.split(' ')[0];
      if (method === undefined || !BUILDERS.has(method) || table === undefined || own.has(table)) return [];
      return [{ path: file.path, line: lineOf(file.text, node.start), what: table }];
    });
  });
}

function declaredTables(file: TextFile): string[] {
  const { nodes } = parse(file);
  const database = nodes.find(
    (node) => node.type === 'TSInterfaceDeclaration' && textIn(nodeIn(node, 'id'), 'name') === 'Database',
  );
  const body = database && nodeIn(database, 'body');
  return body === undefined
    ? []
    : nodesIn(body, 'body').flatMap((member) => textIn(nodeIn(member, 'key'), 'name') ?? []);
}

test('SQL stands in rows files, in migrations and in the ground that runs them', () => {
  expect(judge(findSql(readCode()), EXCEPTIONS)).toEqual([]);
});

test('a rows file writes and reads its own tables only', () => {
  expect(judge(findForeignTables(readCode()), [])).toEqual([]);
});

test('a table has one rows file', () => {
  const tables = readCode()
    .filter((file) => file.path.endsWith('.rows.ts'))
    .flatMap(declaredTables);
  expect(tables.length).toBeGreaterThan(10);
  expect(tables.toSorted()).toEqual([...new Set(tables)].toSorted());
});

test.each([
  ['const rows = await sql`select 1`.execute(db);', 'sql'],
  ['await sql<{ a: 1 }>`select a from b`.execute(db);', 'sql'],
  ["await sql.raw('select 1').execute(db);", 'sql'],
  ["await db.selectFrom('people').selectAll().execute();", 'selectFrom'],
  ["await tx.deleteFrom('people').execute();", 'deleteFrom'],
])('%s is found outside a rows file', (text, what) => {
  expect(findSql([{ path: 'src/wallet/a.ts', text }])).toEqual([{ path: 'src/wallet/a.ts', line: 1, what }]);
  expect(findSql([{ path: 'src/wallet/a.rows.ts', text }])).toEqual([]);
});

test('words about SQL are not SQL', () => {
  const text = '// sql`select 1`\nconst says = "tx.selectFrom(people)";';
  expect(findSql([{ path: 'src/wallet/a.ts', text }])).toEqual([]);
});

test('another table in a rows file is found', () => {
  const text =
    "declare module 'x' { interface Database { a: A } }\ntx.selectFrom('a');\ntx.updateTable('b as c');";
  const path = 'src/wallet/a.rows.ts';
  expect(findForeignTables([{ path, text }])).toEqual([{ path, line: 3, what: 'b' }]);
  const part = { path: 'src/wallet/a-sums.rows.ts', text: "tx.selectFrom('a');\ntx.selectFrom('b');" };
  expect(findForeignTables([{ path, text: text.replace('b as', 'a as') }, part])).toEqual([
    { path: part.path, line: 2, what: 'b' },
  ]);
});
