/**
 * Reads the address of a database that may live on several machines: `postgres://user:word@one:5432,two:5432/name`.
 *
 * The driver knows one host; a database that fails over has at least two, and only one of them may be written to.
 */

const SHAPE = /^(postgres(?:ql)?:\/\/(?:[^@/]*@)?)([^/?@]+)(\/[^?]*)?(\?.*)?$/;

/** One address per host, in the order in which they are named; the address itself when it names one. */
export function hostsOf(url: string): readonly string[] {
  const [, front, hosts, path = '', query = ''] = SHAPE.exec(url) ?? [];
  if (front === undefined || hosts === undefined) return [url];
  return hosts.split(',').map((host) => `${front}${host}${path}${withoutTarget(query)}`);
}

/** Written for other drivers; here several hosts always mean: the one that can be written to. */
function withoutTarget(query: string): string {
  const rest = query
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && !part.startsWith('target_session_attrs='));
  return rest.length === 0 ? '' : `?${rest.join('&')}`;
}

/** The same server, another database. */
export function otherDatabase(url: string, name: string): string {
  const [, front, hosts, , query = ''] = SHAPE.exec(url) ?? [];
  if (front === undefined || hosts === undefined) throw new Error('this is no address of a database');
  return `${front}${hosts}/${encodeURIComponent(name)}${query}`;
}
