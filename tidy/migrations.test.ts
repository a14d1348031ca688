/**
 * Reads the migrations and the SQL in the rows files: numbers without a gap, and no time or chance from the database.
 *
 * SQL that asks its own clock cannot be played again, and two branches with one number meet in production.
 */
import { expect, test } from 'vitest';
import { type Finding, judge } from './exceptions.ts';
import { isForTests, listPaths, readCode, readText, type TextFile } from './sources.ts';
import { dottedName, lineOf, nodeIn, nodesIn, parse } from './syntax.ts';

const NAME = /^migrations\/(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.sql$/;
const OWN_TIME =
  /\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(|\b(current_timestamp|current_date|current_time|localtimestamp|localtime)\b|'(now|today|yesterday|tomorrow)'/gi;
const OWN_CHANCE =
  /\b(random|random_normal|gen_random_uuid|gen_random_bytes|uuidv4|uuidv7|uuid_generate_v\w+|nextval)\s*\(|\b(small|big)?serial\b/gi;
const EXTENSION = /\bcreate\s+extension\b/gi;

/** SQL without its comments, every line where it was. */
function withoutComments(sql: string): string {
  return sql
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/\/\*[\s\S]*?\*\//g, (text) => text.replaceAll(/[^\n]/g, ' '));
}

function findOwnWill({ path, text }: TextFile, firstLine = 1): Finding[] {
  const sql = withoutComments(text);
  const rules = { 'its own time': OWN_TIME, 'its own chance': OWN_CHANCE, 'an extension': EXTENSION };
  return Object.entries(rules).flatMap(([what, rule]) =>
    [...sql.matchAll(rule)].map((found) => ({ path, line: firstLine - 1 + lineOf(sql, found.index), what })),
  );
}

/** The SQL texts of a program file, with the line on which each begins. */
function sqlTexts(file: TextFile): { readonly text: string; readonly line: number }[] {
  return parse(file).nodes.flatMap((node) => {
    if (node.type !== 'TaggedTemplateExpression' || dottedName(nodeIn(node, 'tag')) !== 'sql') return [];
    const template = nodeIn(node, 'quasi');
    return (template === undefined ? [] : nodesIn(template, 'quasis')).map((part) => ({
      text: file.text.slice(part.start, part.end),
      line: lineOf(file.text, part.start),
    }));
  });
}

/** What is wrong with the names: another shape, a number twice, a gap. */
function findBadNumbers(paths: readonly string[]): string[] {
  const shape = paths.filter((path) => !NAME.test(path)).map((path) => `${path} is not NNNN-name.sql`);
  const numbers = paths
    .flatMap((path) => NAME.exec(path)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
  const order = numbers
    .filter((number, place) => number !== place + 1)
    .slice(0, 1)
    .map((number) => `number ${number} is where ${numbers.indexOf(number) + 1} should be`);
  return [...shape, ...order];
}

/** Pieces between the separators that hold more than one statement: PGlite runs one at a time. */
function findDoubleStatements({ path, text }: TextFile): Finding[] {
  let line = 1;
  const found: Finding[] = [];
  for (const piece of text.split(/^--;;$/m)) {
    const bare = withoutComments(piece)
      .replaceAll(/\$(\w*)\$[\s\S]*?\$\1\$/g, '')
      .replaceAll(/'[^']*'/g, '');
    if (bare.split(';').filter((statement) => statement.trim() !== '').length > 1) {
      found.push({ path, line, what: 'two statements without --;; between them' });
    }
    line += piece.split('\n').length - 1;
  }
  return found;
}

const migrations = listPaths('migrations').map((path) => ({ path, text: readText(path) }));

test('migrations are numbered from 1 without a gap', () => {
  expect(migrations.length).toBeGreaterThan(0);
  expect(findBadNumbers(migrations.map(({ path }) => path))).toEqual([]);
});

test('migrations take no time, no chance and no extension from the database', () => {
  expect(
    judge(
      migrations.flatMap((file) => findOwnWill(file)),
      [],
    ),
  ).toEqual([]);
});

test('statements of a migration are separated so that both engines can run them', () => {
  expect(judge(migrations.flatMap(findDoubleStatements), [])).toEqual([]);
});

test('the SQL of the program is handed time and chance', () => {
  const found = readCode()
    .filter((file) => !isForTests(file.path))
    .flatMap((file) =>
      sqlTexts(file).flatMap(({ text, line }) => findOwnWill({ path: file.path, text }, line)),
    );
  expect(judge(found, [])).toEqual([]);
});

test.each([
  ['insert into a values (now())', 'its own time'],
  ['update a set at = current_timestamp', 'its own time'],
  ["update a set at = 'now'", 'its own time'],
  ['create table a (id uuid default gen_random_uuid())', 'its own chance'],
  ['create table a (id bigserial)', 'its own chance'],
  ['select random()', 'its own chance'],
  ['create extension pgcrypto', 'an extension'],
])('%s', (text, what) => {
  expect(findOwnWill({ path: 'a.sql', text })).toEqual([{ path: 'a.sql', line: 1, what }]);
  const program = { path: 'src/a.rows.ts', text: `\nsql\`${text}\`.execute(tx);` };
  const [piece] = sqlTexts(program);
  expect(piece && findOwnWill({ path: program.path, text: piece.text }, piece.line)[0]?.line).toBe(2);
});

test('words in comments and in names are left alone', () => {
  const text = '-- never now()\nselect created_at, known, serial_number from a /* random() */';
  expect(findOwnWill({ path: 'a.sql', text })).toEqual([]);
});

test('a number twice, a gap and another shape are found', () => {
  expect(findBadNumbers(['migrations/0001-a.sql', 'migrations/0001-b.sql'])).toHaveLength(1);
  expect(findBadNumbers(['migrations/0001-a.sql', 'migrations/0003-b.sql'])).toHaveLength(1);
  expect(findBadNumbers(['migrations/1-a.sql'])).toHaveLength(1);
  expect(findBadNumbers(['migrations/0001-a.sql', 'migrations/0002-b.sql'])).toEqual([]);
});

test('two statements in one piece are found, a function body is one', () => {
  const two = { path: 'a.sql', text: 'create table a ();\ncreate table b ();\n' };
  expect(findDoubleStatements(two)).toHaveLength(1);
  const one = {
    path: 'a.sql',
    text: 'create table a ();\n--;;\ncreate function f() as $$ begin; end; $$;\n-- a; b\n',
  };
  expect(findDoubleStatements(one)).toEqual([]);
});
