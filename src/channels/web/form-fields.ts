/**
 * Reads the fields of a form as text, and nothing else.
 *
 * A field that is sent twice arrives as a list, a forged one as anything: only a single text counts, so that no act
 * ever sees `["5000","1"]` where it expects an amount.
 */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

const FIELD = z.string().max(1000).optional().catch(undefined);

/** The named fields of the body; absent, repeated and oversized ones are `undefined`. */
export function formFields<Name extends string>(
  request: FastifyRequest,
  names: readonly Name[],
): Record<Name, string | undefined> {
  const body = z
    .record(z.string(), z.unknown())
    .catch({})
    .parse(request.body ?? {});
  return pick(body, names);
}

/** The same for the query of an address. */
export function queryFields<Name extends string>(
  request: FastifyRequest,
  names: readonly Name[],
): Record<Name, string | undefined> {
  const query = z
    .record(z.string(), z.unknown())
    .catch({})
    .parse(request.query ?? {});
  return pick(query, names);
}

function pick<Name extends string>(
  source: Record<string, unknown>,
  names: readonly Name[],
): Record<Name, string | undefined> {
  return Object.fromEntries(names.map((name) => [name, FIELD.parse(source[name])])) as Record<
    Name,
    string | undefined
  >;
}
