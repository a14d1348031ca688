import { expect, test } from 'vitest';
import { hostsOf, otherDatabase } from './connection-url.ts';

test.each([
  ['postgres://u:p@one/db', ['postgres://u:p@one/db']],
  ['postgres://one,two/db', ['postgres://one/db', 'postgres://two/db']],
  [
    'postgresql://u:p%40@one:5432,two:5433/db?target_session_attrs=read-write&sslmode=require',
    ['postgresql://u:p%40@one:5432/db?sslmode=require', 'postgresql://u:p%40@two:5433/db?sslmode=require'],
  ],
  ['postgres:///db?host=/run', ['postgres:///db?host=/run']],
])('%s', (url, hosts) => {
  expect(hostsOf(url)).toEqual(hosts);
});

test('another database on the same server', () => {
  expect(otherDatabase('postgres://u:p@one:1,two:2/db?a=b', 'x y')).toBe(
    'postgres://u:p@one:1,two:2/x%20y?a=b',
  );
  expect(otherDatabase('postgres://one', 'x')).toBe('postgres://one/x');
  expect(() => otherDatabase('nonsense', 'x')).toThrow('no address');
});
