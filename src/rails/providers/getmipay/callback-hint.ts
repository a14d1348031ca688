/**
 * Reads which payment a callback speaks of, and nothing that would be believed.
 *
 * No two sources show the same body, so every shape that was seen is read: flat or under `data`, JSON or form, names
 * in any case. An unreadable body gives an empty hint and never an error: the bytes are kept, and the poller settles.
 */
import type { CallbackHint, CallbackRequest } from '../../provider.ts';
import { masked } from './evidence.ts';
import { field, isObject, type Json, type JsonObject, parseJson, referenceOf, textOf } from './json-text.ts';

export function readCallbackHint(request: CallbackRequest): CallbackHint {
  const outer = readBody(request);
  const inner = withLowerCaseNames(field(outer, 'data'));
  const named = (...names: readonly string[]): string | undefined =>
    referenceOf(field(outer, ...names)) ?? referenceOf(field(inner, ...names));

  const upstream = named('soleaspay_reference', 'pay_id');
  const reference =
    named('transaction_reference') ??
    named('order_id') ??
    named('reference') ??
    named('external_reference') ??
    upstream;
  const claimed =
    textOf(field(outer, 'status', 'payment_status', 'event')) ??
    textOf(field(inner, 'status', 'payment_status', 'event'));
  return {
    ...(reference === undefined
      ? {}
      : { references: upstream === undefined ? { reference } : { reference, upstreamReference: upstream } }),
    ...(claimed === undefined ? {} : { claimedStatus: masked(claimed).slice(0, 40) }),
  };
}

function readBody({ body, contentType }: CallbackRequest): JsonObject {
  const text = new TextDecoder().decode(body);
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType.trim())) return readForm(text);
  return withLowerCaseNames(parseJson(text));
}

/** Fields written as `data[reference]` or `data.reference` count as fields of `data`. */
function readForm(text: string): JsonObject {
  const outer = new Map<string, Json>();
  const inner = new Map<string, Json>();
  for (const [name, value] of new URLSearchParams(text)) {
    const nested = /^data(?:\[([^\]]+)\]|\.(.+))$/i.exec(name);
    const place = nested === null ? outer : inner;
    const key = (nested?.[1] ?? nested?.[2] ?? name).toLowerCase();
    if (!place.has(key)) place.set(key, value);
  }
  return { ...Object.fromEntries(outer), data: Object.fromEntries(inner) };
}

function withLowerCaseNames(value: Json | undefined): JsonObject {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toLowerCase(), inner]));
}
