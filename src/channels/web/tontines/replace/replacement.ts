/**
 * Turns a share that changes its owner into what the two pages of it show, so that list and proposal say the same.
 */
import { money } from '../../../../ground/money/money.ts';
import type { GroupBooks } from '../../../../tontine/groups/read-books.ts';
import { mayDo } from '../../../../tontine/members/permission.ts';
import { missingOf } from '../../../../tontine/rounds/due.ts';
import { priceOf } from '../../../../tontine/turns/propose-substitution.ts';
import type { Substitution } from '../../../../tontine/turns/substitution.rows.ts';
import { nameOf, sum } from '../group-view.ts';
import type { Visit } from '../group-visit.ts';
import { shareText } from '../share-text.ts';
import type { ShareTerms } from './page.tsx';

/** `price` is that of a proposal; without one it is what it would be now. */
export async function termsOf(
  visit: Visit,
  books: GroupBooks,
  at: Pick<Substitution, 'shareId' | 'toId'> & Partial<Pick<Substitution, 'fromId' | 'price' | 'state'>>,
): Promise<ShareTerms | undefined> {
  const share = books.shares.find((one) => one.id === at.shareId);
  if (share === undefined) return undefined;
  const { currency } = visit.actor.group;
  const price = at.price ?? (await priceOf(visit.door.db, share));
  const isOpen = at.state === undefined || at.state === 'asked';
  const open = books.dues.filter((due) => due.shareId === share.id && missingOf(due) > 0n);
  return {
    share: shareText(visit, books, share),
    from: nameOf(books, at.fromId ?? share.membershipId),
    to: nameOf(books, at.toId),
    price: money(price, currency),
    ...(isOpen ? { owed: money(sum(open.map(missingOf)), currency) } : {}),
  };
}

/** What this member can answer; nothing when it does not wait for them. */
export function nextOf(one: Substitution, meId: string): 'give' | 'take' | undefined {
  if (one.state !== 'asked') return undefined;
  if (one.fromId === meId && one.consentFromAt === null) return 'give';
  return one.toId === meId && one.consentToAt === null ? 'take' : undefined;
}

export function waitsFor(one: Substitution): 'from' | 'to' | 'both' | 'officers' | undefined {
  if (one.state !== 'asked') return undefined;
  if (one.consentFromAt === null) return one.consentToAt === null ? 'both' : 'from';
  return one.consentToAt === null ? 'to' : 'officers';
}

/** The price tells what somebody has paid: where the by-law keeps that to oneself, so is the proposal. */
export function sees({ actor }: Visit, one: Substitution): boolean {
  const isTheirs = [one.fromId, one.toId, one.requestedBy].includes(actor.membership.id);
  return isTheirs || actor.rules.visibility === 'all' || mayDo(actor.roles, 'see-amounts-of-all');
}
