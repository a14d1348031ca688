/**
 * Refuses migrations that would stop the version that still serves: statements that lock a table for as long as it is
 * large, and statements that take away what the version before still reads (expand first, contract a release later).
 *
 * What a migration does to tables that it makes itself locks nobody. Migrations up to the first release run before
 * anybody is served, so the rule begins after them.
 */
import { expect, test } from 'vitest';
import { listPaths, readText } from './sources.ts';

/** The last number that belongs to the first release. From the next one on somebody is served meanwhile. */
const LAST_OF_FIRST_RELEASE = 14;
/** Says that no version that may still run reads what goes: with the version since which that is so. */
const CONTRACT = /^-- contract: not read since \d+\.\d+\.\d+/m;
const OUTSIDE = /^-- outside a transaction\b/;

interface Rule {
  readonly pattern: RegExp;
  readonly what: string;
  readonly cure: string;
}

/** The table that is locked is the first group, so that one's own new tables can be left alone. */
const LOCKS: readonly Rule[] = [
  {
    pattern: /^create (?:unique )?index (?!concurrently).*? on (?:only )?(\w+)/,
    what: 'an index that is built under a lock',
    cure: 'create index concurrently, in a file that begins with -- outside a transaction',
  },
  {
    pattern:
      /^alter table (?:only )?(\w+)[^;]*\badd (?:constraint \w+ )?(?:check|foreign key)(?![\s\S]*not valid)/,
    what: 'a constraint that reads the whole table under a lock',
    cure: 'add it not valid, and validate it in a migration of its own',
  },
  {
    pattern:
      /^alter table (?:only )?(\w+)[^;]*\badd (?:constraint \w+ )?(?:unique|primary key|exclude)(?!\s+using index)/,
    what: 'a key that is built under a lock',
    cure: 'build the index concurrently first, then add constraint … using index',
  },
  {
    pattern:
      /^alter table (?:only )?(\w+)[^;]*\badd column (?:if not exists )?\w+(?=[^,;]*\bnot null\b)(?![^,;]*\bdefault\b)/,
    what: 'a column that the version before does not fill',
    cure: 'give it a default, or let it be null until every version fills it',
  },
  {
    pattern: /^alter table (?:only )?(\w+)[^;]*\badd column [^,;]*\b(?:references|check)\b/,
    what: 'a column whose constraint reads the whole table under a lock',
    cure: 'add the column first, then the constraint not valid, then validate it',
  },
  {
    pattern: /^alter table (?:only )?(\w+)[^;]*\balter (?:column )?\w+ (?:set data )?type\b/,
    what: 'a type that changes: the table is written anew under a lock',
    cure: 'add a second column, let a job fill it, read it in the next version; or make a domain without a check of the type that it has',
  },
  {
    pattern: /^alter domain (\w+) (?:validate\b|set not null|add\b(?!.*\bnot valid\b))/,
    what: 'a domain’s check, which reads every table that has the domain under a lock',
    cure: 'add it not valid, and leave it so when what it replaces said the same',
  },
  {
    pattern: /^alter table (?:only )?(\w+)[^;]*\balter (?:column )?\w+ set not null/,
    what: 'not null, which reads the whole table under a lock',
    cure: 'add check (… is not null) not valid, validate it, then set not null',
  },
  {
    pattern: /^(?:update|delete from|truncate(?: table)?) (?:only )?(\w+)/,
    what: 'rows that are changed all at once',
    cure: 'let a job do it in bounded steps',
  },
  {
    pattern: /^(?:lock table|vacuum full|cluster|reindex (?:table|index) (?!concurrently)) ?(\w*)/,
    what: 'a lock that is asked for',
    cure: 'find a way without',
  },
];

/** What the version before may still read. */
const CONTRACTS: readonly Rule[] = [
  { pattern: /^drop table (?:if exists )?(\w+)/, what: 'a table that goes', cure: 'in a later release' },
  {
    pattern: /^drop (?:function|view|type) (?:if exists )?(\w+)/,
    what: 'something that goes',
    cure: 'in a later release',
  },
  {
    pattern: /^alter table (?:only )?(\w+)[^;]*\bdrop column\b/,
    what: 'a column that goes',
    cure: 'in a later release',
  },
  {
    // Nobody reads a constraint by its name.
    pattern: /^alter table (?:only )?(\w+)[^;]*\brename (?!constraint\b)/,
    what: 'a name that changes',
    cure: 'add the new one beside it',
  },
];

interface Migration {
  readonly path: string;
  readonly text: string;
}

function statementsOf(text: string): string[] {
  return text
    .split(/^--;;$/m)
    .map((part) => part.replaceAll(/--.*$/gm, '').replaceAll(/\s+/g, ' ').trim().toLowerCase())
    .filter((part) => part !== '');
}

/**
 * Leaves out the columns that get a domain without any check: what is on disk stays as it is. A domain counts from where
 * this file makes it to where the file alters it, because with a check every row would be written anew.
 */
function leaveOutBareDomains(statements: readonly string[]): string[] {
  const bare = new Set<string>();
  return statements.map((statement) => {
    const [, made] = /^create domain (\w+) as \w+;?$/.exec(statement) ?? [];
    if (made !== undefined) bare.add(made);
    const [, altered] = /^alter domain (\w+)/.exec(statement) ?? [];
    if (altered !== undefined) bare.delete(altered);
    return statement.replaceAll(
      /\balter (?:column )?\w+ (?:set data )?type (\w+)(?=[,;]|$)/g,
      (change, type: string) => (bare.has(type) ? `type ${type}` : change),
    );
  });
}

function findLocks({ path, text }: Migration): string[] {
  const statements = leaveOutBareDomains(statementsOf(text));
  const own = new Set(
    statements.flatMap((one) => /^create table (?:if not exists )?(\w+)/.exec(one)?.[1] ?? []),
  );
  const rules = CONTRACT.test(text) ? LOCKS : [...LOCKS, ...CONTRACTS];
  const found = statements.flatMap((statement) =>
    rules
      .filter(({ pattern }) => {
        const table = pattern.exec(statement)?.[1];
        return table !== undefined && !own.has(table);
      })
      .map(({ what, cure }) => `${path}: ${what} (${statement.slice(0, 60)}) → ${cure}`),
  );
  return [...found, ...findInterruptible(path, text, statements)];
}

/** Without a transaction half of a file may have run: each statement must do no harm when it runs again. */
function findInterruptible(path: string, text: string, statements: readonly string[]): string[] {
  if (!OUTSIDE.test(text)) return [];
  const again =
    /^(create (unique )?index concurrently if not exists|drop index concurrently if exists|alter table \w+ validate constraint) /;
  return statements
    .filter((one) => !again.test(one))
    .map((one) => `${path}: outside a transaction, and not to be run twice (${one.slice(0, 60)})`);
}

test('migrations after the first release lock nobody out and take nothing away', () => {
  const later = listPaths('migrations').filter((path) => Number(path.slice(11, 15)) > LAST_OF_FIRST_RELEASE);
  expect(later.flatMap((path) => findLocks({ path, text: readText(path) }))).toEqual([]);
});

test.each([
  'create index a_b on a (b)',
  'create unique index a_b on a (b) where c is null',
  'alter table a add constraint a_check check (b > 0)',
  'alter table a add foreign key (b) references c (d)',
  'alter table a add constraint a_once unique (b)',
  'alter table a add column b int not null',
  'alter table a add column b int default 0 check (b >= 0)',
  'alter table a add column b text references c (d)',
  'alter table a alter column b type bigint',
  'create domain d as bigint check (value > 0)\n--;;\nalter table a alter b type d',
  'create domain d as bigint not null\n--;;\nalter table a alter b type d',
  'create domain d as bigint\n--;;\nalter domain d add check (value > 0) not valid\n--;;\nalter table a alter b type d',
  'create domain d as bigint\n--;;\nalter table a alter b type d using b + 1',
  'create domain d as bigint\n--;;\nalter table a alter b type d, alter c type bigint',
  'create domain d as bigint\n--;;\nalter table a alter b type e',
  'alter table a alter b type d\n--;;\ncreate domain d as bigint',
  'alter domain d add constraint d_fits check (value > 0)',
  'alter domain d set not null',
  'alter domain d validate constraint d_fits',
  'alter table a alter b set not null',
  'update a set b = 1',
  'delete from a where b is null',
  'truncate a',
  'lock table a in share mode',
  'drop table a',
  'drop function f(int)',
  'alter table a drop column b',
  'alter table a rename column b to c',
  'alter table a\n  drop column b',
  '-- outside a transaction\ncreate index concurrently a_b on a (b)',
])('%s is found', (text) => {
  expect(findLocks({ path: 'x.sql', text })).toHaveLength(1);
});

test.each([
  'create table a (b int)\n--;;\ncreate index a_b on a (b)\n--;;\nalter table a add constraint c check (b > 0)',
  'alter table a add column b int',
  'alter table a add column b int not null default 0',
  'alter table a add constraint a_check check (b > 0) not valid',
  'alter table a add constraint a_once unique using index a_b',
  'create domain d as bigint;\n--;;\nalter table a alter b type d, alter column c set data type d;\n--;;\nalter domain d add constraint d_fits check (value > 0) not valid;',
  'alter table a drop constraint a_check',
  'alter table a validate constraint a_check',
  '-- outside a transaction\ncreate index concurrently if not exists a_b on a (b)',
  '-- contract: not read since 1.2.0\nalter table a drop column b',
  'create function f() returns void language sql as $$ update a set b = 1 $$',
])('%s is fine', (text) => {
  expect(findLocks({ path: 'x.sql', text })).toEqual([]);
});
