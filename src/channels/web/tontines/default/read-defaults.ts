/**
 * Reads the figures of defaults for their page: before one is declared what would be owed and who stands in, afterwards
 * what was covered, what came back and what is still missing.
 *
 * It names guarantors and never what their wallets hold: that would tell the whole group what somebody owns.
 */
import { money } from '../../../../ground/money/money.ts';
import { findLastRequest } from '../../../../tontine/approvals/approval-request.rows.ts';
import type { Cycle } from '../../../../tontine/cycles/cycle.ts';
import type { GroupBooks } from '../../../../tontine/groups/read-books.ts';
import {
  type DefaultClaim,
  type DefaultCover,
  listDefaultClaims,
  listDefaultCovers,
  listDefaults,
  type ShareDefault,
} from '../../../../tontine/members/default.rows.ts';
import { planDefault } from '../../../../tontine/members/default.ts';
import { listGuarantors } from '../../../../tontine/members/guarantor.rows.ts';
import { mayDo } from '../../../../tontine/members/permission.ts';
import { readMissingRounds } from '../../../../tontine/members/read-missing-rounds.ts';
import { findGuaranteeDue } from '../../../../tontine/rounds/due.rows.ts';
import { fundAccount } from '../../../../tontine/rounds/funds.ts';
import { given } from '../../given.ts';
import { amountOn } from '../account-amount.ts';
import { isOpen } from '../approvals/silence.ts';
import { nameOf } from '../group-view.ts';
import type { Visit } from '../group-visit.ts';
import type { ClaimLine, DefaultCard, DefaultPageProps, SourceLine } from './page.tsx';

type Preview = NonNullable<NonNullable<DefaultPageProps['declaring']>['preview']>;

/** What declaring this share would write down. */
export async function previewOf(
  visit: Visit,
  books: GroupBooks,
  shareId: string,
): Promise<Preview | undefined> {
  const { cycle } = books;
  if (cycle === undefined) return undefined;
  const missing = await readMissingRounds(visit.door.db, cycle, shareId);
  const plan = planDefault(missing, [], cycle.currency);
  const sources: SourceLine[] = [];
  for (const source of visit.actor.rules.defaultCover) {
    sources.push({ source, ...(await sourceOf(visit, books, cycle, shareId, source)) });
  }
  return {
    debt: money(plan.debt, cycle.currency),
    claims: plan.claims
      .filter((claim) => claim.amount > 0n)
      .map((claim) => claimLine(books, claim, cycle.currency)),
    sources,
  };
}

async function sourceOf(
  { door, actor }: Visit,
  books: GroupBooks,
  cycle: Cycle,
  shareId: string,
  source: SourceLine['source'],
): Promise<Omit<SourceLine, 'source'>> {
  const { db } = door;
  const { currency } = cycle;
  if (source === 'deposit') {
    const due = await findGuaranteeDue(db, shareId);
    return { most: money(due?.met ?? 0n, currency) };
  }
  if (source === 'guarantor') {
    const signed = await listGuarantors(db, shareId);
    return { names: signed.map((one) => nameOf(books, one.membershipId)) };
  }
  const of = { groupId: actor.group.id, cycleId: cycle.id, currency };
  const held =
    (await amountOn(db, fundAccount(of, 'guarantee', 'wallet'))) +
    (await amountOn(db, fundAccount(of, 'guarantee', 'cash')));
  return source === 'guarantee' ? { most: money(held, currency) } : {};
}

function claimLine(
  books: GroupBooks,
  { shareId, amount }: Pick<DefaultClaim, 'shareId' | 'amount'>,
  currency: Cycle['currency'],
): ClaimLine {
  const owner = books.shares.find((share) => share.id === shareId)?.membershipId ?? null;
  return { id: shareId, name: nameOf(books, owner), amount: money(amount, currency) };
}

export interface CardWithShare {
  readonly shareId: string;
  readonly card: DefaultCard;
}

/** Those that this visitor may see: all, or those in which they owe, paid or miss something. */
export async function cardsOf(visit: Visit, books: GroupBooks): Promise<readonly CardWithShare[]> {
  if (books.cycle === undefined) return [];
  const { db } = visit.door;
  const cards: CardWithShare[] = [];
  for (const declared of await listDefaults(db, books.cycle.id)) {
    const claims = await listDefaultClaims(db, declared.id);
    const covers = await listDefaultCovers(db, declared.id);
    if (!sees(visit, books, declared, claims, covers)) continue;
    cards.push({ shareId: declared.shareId, card: await cardOf(visit, books, declared, claims, covers) });
  }
  return cards;
}

function sees(
  { actor }: Visit,
  books: GroupBooks,
  declared: ShareDefault,
  claims: readonly DefaultClaim[],
  covers: readonly DefaultCover[],
): boolean {
  if (actor.rules.visibility === 'all' || mayDo(actor.roles, 'see-amounts-of-all')) return true;
  const me = actor.membership.id;
  const own = books.shares.filter((share) => share.membershipId === me).map((share) => share.id);
  return (
    declared.membershipId === me ||
    covers.some((cover) => cover.payerId === me) ||
    claims.some((claim) => own.includes(claim.shareId))
  );
}

async function cardOf(
  { door, now }: Visit,
  books: GroupBooks,
  declared: ShareDefault,
  claims: readonly DefaultClaim[],
  covers: readonly DefaultCover[],
): Promise<DefaultCard> {
  const { id, debt, covered, recovered } = declared;
  const currency = books.cycle?.currency ?? 'XOF';
  const request = await findLastRequest(door.db, { kind: 'default-cover', subjectId: id });
  const waits = request !== undefined && isOpen(request, now);
  const decided = request?.state === 'granted' ? 'covered' : waits ? 'asked' : 'refused';
  return {
    id,
    name: nameOf(books, declared.membershipId),
    face: declared.settledAt === null ? decided : 'settled',
    reason: declared.reason,
    debt: money(debt, currency),
    recovered: money(recovered, currency),
    left: money(debt - covered - recovered, currency),
    covers: covers.map((cover) => ({
      id: cover.id,
      source: cover.source,
      amount: money(cover.amount, currency),
      ...(cover.payerId === null ? {} : { payer: nameOf(books, cover.payerId) }),
    })),
    claims: claims.map((claim) => claimLine(books, claim, currency)),
    ...given({ approvalId: waits ? request.id : undefined }),
  };
}
