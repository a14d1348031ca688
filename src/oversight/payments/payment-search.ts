/**
 * Understands what an operator typed into the search, and what a page of results may be narrowed by.
 *
 * One box takes whatever is in hand: our reference, the provider's, a whole number, its last digits, an id. A wrong guess
 * finds nothing and costs one look at an index.
 */
import { type IdPrefix, isId } from '../../ground/identifiers.ts';
import type { Country } from '../../people/country.ts';
import { parsePhone } from '../../people/phone-number.ts';
import type { PaymentState } from '../../rails/payments/payment.ts';
import type { Direction, Method } from '../../rails/provider.ts';

/** What one text can mean. */
export type Sought =
  | { readonly by: 'id'; readonly value: string } // our payment id
  | { readonly by: 'owner'; readonly value: string } // everything of one person
  | { readonly by: 'group'; readonly value: string } // everything of those who are or were members of a tontine
  | { readonly by: 'reference'; readonly value: string } // ours, as printed on receipts
  | { readonly by: 'phone'; readonly value: string } // the whole number
  | { readonly by: 'phone-end'; readonly value: string } // its last four to seven digits
  | { readonly by: 'provider-reference'; readonly value: string }; // the provider's

export interface PaymentSearch {
  readonly sought?: Sought;
  readonly amount?: bigint;
  readonly state?: PaymentState;
  readonly method?: Method;
  readonly direction?: Direction;
  readonly from?: Date;
  /** Exclusive. */
  readonly until?: Date;
  /** The last line of the page before. */
  readonly after?: SearchPlace;
  readonly limit: number;
}

export interface SearchPlace {
  readonly createdAt: Date;
  readonly id: string;
}

const REFERENCE = /^([DR])-?([0-9A-HJKMNP-TV-Z]{5})-?([0-9A-HJKMNP-TV-Z]{5})$/i;
const LONGEST = 120;

export function understand(text: string | undefined, country: Country): Sought | undefined {
  const typed = (text ?? '').trim().slice(0, LONGEST);
  if (typed === '') return undefined;
  const isOf = (prefix: IdPrefix) => isId(prefix, typed);
  if (isOf('pay')) return { by: 'id', value: typed };
  if (isOf('per')) return { by: 'owner', value: typed };
  if (isOf('grp')) return { by: 'group', value: typed };
  const reference = REFERENCE.exec(typed);
  if (reference !== null) {
    const [, letter = '', first = '', second = ''] = reference;
    return { by: 'reference', value: `${letter}-${first}-${second}`.toUpperCase() };
  }
  const digits = typed.replaceAll(/[\s.•-]/g, '');
  if (/^[0-9]{4,7}$/.test(digits)) return { by: 'phone-end', value: digits };
  const phone = parsePhone(typed, country);
  if (phone.ok) return { by: 'phone', value: phone.value.e164 };
  return { by: 'provider-reference', value: typed };
}

/** A place as it stands in an address; nothing for what is none. */
export function parsePlace(text: string | undefined): SearchPlace | undefined {
  const [at = '', id] = (text ?? '').split('~');
  const createdAt = new Date(at);
  if (!isId('pay', id) || Number.isNaN(createdAt.getTime())) return undefined;
  return { createdAt, id };
}

export function placeText({ createdAt, id }: SearchPlace): string {
  return `${createdAt.toISOString()}~${id}`;
}
