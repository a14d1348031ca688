/**
 * Opens the guarantees of a cycle: who answers for whom, what it may cost, and the signature with the PIN.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { money } from '../../../../ground/money/money.ts';
import type { Refusal } from '../../../../ground/refusal.ts';
import { type GroupBooks, readBooks } from '../../../../tontine/groups/read-books.ts';
import { type Guarantor, listGuarantorsOfCycle } from '../../../../tontine/members/guarantor.rows.ts';
import { readMissingRounds } from '../../../../tontine/members/read-missing-rounds.ts';
import { standGuarantor } from '../../../../tontine/members/stand-guarantor.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { nameOf, sum } from '../group-view.ts';
import {
  actWithPin,
  done,
  frameOfVisit,
  type No,
  refusalsOf,
  registerGroupPage,
  statusOfNo,
  usualField,
  type Visit,
  wordsOf,
} from '../group-visit.ts';
import { shareText } from '../share-text.ts';
import { GuaranteePage, type GuaranteePageProps } from './page.tsx';

type FieldName = 'share' | 'pin' | 'form';

interface Typed {
  readonly share?: string | undefined;
  readonly look?: string | undefined;
}

export function registerGuarantee(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineGuarantee(':id'), {
    show: async (visit) => await showGuarantee(visit, {}, undefined),
    act: takeSignature,
  });
}

async function takeSignature(visit: Visit): Promise<FastifyReply> {
  const fields = formFields(visit.request, ['share', 'look', 'pin']);
  const { door, who } = visit;
  if (fields.look !== undefined) return await showGuarantee(visit, fields, undefined);
  const shareId = fields.share ?? '';
  const answer = await actWithPin(
    visit,
    fields.pin,
    async (tx) => await standGuarantor(tx, door.ground, { ...who, shareId }),
  );
  if (answer.ok) {
    return await done(visit, wordsOf(visit).guarantee.done, paths.tontineGuarantee(who.groupId));
  }
  return await showGuarantee(visit, fields, { field: fieldOf(answer.refusal), no: answer.refusal });
}

function fieldOf(no: Refusal): FieldName {
  if (usualField(no) === 'pin') return 'pin';
  return ['share-absent', 'guarantor-own-share'].includes(no.code) ? 'share' : 'form';
}

async function showGuarantee(
  visit: Visit,
  typed: Typed,
  no: No<FieldName> | undefined,
): Promise<FastifyReply> {
  const { door, actor, person, reply } = visit;
  const books = await readBooks(door.db, actor.group.id);
  const me = actor.membership.id;
  const all = books.cycle === undefined ? [] : await listGuarantorsOfCycle(door.db, books.cycle.id);
  const owner = (one: Guarantor) =>
    books.shares.find((share) => share.id === one.shareId)?.membershipId ?? null;
  const isMine = (shareId: string) => all.some((one) => one.shareId === shareId && one.membershipId === me);
  const shares = books.shares.filter(
    (share) =>
      books.cycle?.state === 'running' &&
      share.state === 'active' &&
      share.membershipId !== me &&
      !isMine(share.id),
  );
  const looked = typed.look === undefined ? undefined : shares.find((share) => share.id === typed.share);
  const page = (
    <GuaranteePage
      frame={frameOfVisit(visit)}
      group={actor.group}
      formId={door.ground.ids.next('grj')}
      isUsed={actor.rules.defaultCover.includes('guarantor')}
      signed={all.map((one) => ({
        id: `${one.shareId}-${one.membershipId}`,
        guarantor: nameOf(books, one.membershipId),
        name: nameOf(books, owner(one)),
      }))}
      shares={shares.map((share) => ({ value: share.id, text: shareText(visit, books, share) }))}
      hasPin={person.hasPin}
      {...given({
        share: typed.share,
        preview: looked && (await mostOf(visit, books, looked.id)),
        refusals: refusalsOf(visit, no),
      })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

/** All that the share has not paid, to the end: what it is asked for until its pot counts too, for it may stop before. */
async function mostOf(
  { door, actor }: Visit,
  { cycle }: GroupBooks,
  shareId: string,
): Promise<GuaranteePageProps['preview']> {
  if (cycle === undefined) return undefined;
  const missing = (await readMissingRounds(door.db, cycle, shareId)).filter((round) => round.amount > 0n);
  return {
    most: money(sum(missing.map((round) => round.amount)), actor.group.currency),
    rounds: missing.length,
  };
}
