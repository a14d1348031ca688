/**
 * Opens the replacement of a member: the price of the share before it is proposed, and what waits for an answer.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { money } from '../../../../ground/money/money.ts';
import { type Refusal, refused } from '../../../../ground/refusal.ts';
import { FORM_TOO_OLD } from '../../../../rails/payments/collect.ts';
import { type GroupBooks, readBooks } from '../../../../tontine/groups/read-books.ts';
import { proposeSubstitution } from '../../../../tontine/turns/propose-substitution.ts';
import { listSubstitutions } from '../../../../tontine/turns/substitution.rows.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import { nameOf } from '../group-view.ts';
import {
  actWithPin,
  done,
  frameOfVisit,
  may,
  type No,
  refusalsOf,
  registerGroupPage,
  statusOfNo,
  usualField,
  type Visit,
  wordsOf,
} from '../group-visit.ts';
import { shareText } from '../share-text.ts';
import { type ReplacementLine, ReplacePage, type ReplacePageProps } from './page.tsx';
import { nextOf, sees, termsOf } from './replacement.ts';

type FieldName = 'share' | 'to' | 'pin' | 'form';

interface Typed {
  readonly share?: string | undefined;
  readonly to?: string | undefined;
  readonly look?: string | undefined;
}

const SHOWN = 10;

export function registerReplace(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineReplace(':id'), {
    show: async (visit) => await showReplace(visit, {}, undefined),
    act: takeProposal,
  });
}

async function takeProposal(visit: Visit): Promise<FastifyReply> {
  const fields = formFields(visit.request, ['form_id', 'share', 'to', 'look', 'pin']);
  const { door, who } = visit;
  if (fields.look !== undefined) return await showReplace(visit, fields, undefined);
  const answer = await actWithPin(visit, fields.pin, async (tx) => {
    if (!isId('sub', fields.form_id)) return refused(FORM_TOO_OLD);
    const { share: shareId = '', to: toId = '' } = fields;
    return await proposeSubstitution(tx, door.ground, {
      ...who,
      substitutionId: fields.form_id,
      shareId,
      toId,
    });
  });
  if (answer.ok) {
    const { id } = answer.value;
    return await done(visit, wordsOf(visit).replace.done, paths.tontineReplacement(who.groupId, id));
  }
  return await showReplace(visit, fields, { field: fieldOf(answer.refusal), no: answer.refusal });
}

function fieldOf(no: Refusal): FieldName {
  if (usualField(no) === 'pin') return 'pin';
  if (['member-absent', 'substitution-same'].includes(no.code)) return 'to';
  return ['share-absent', 'substitution-standing'].includes(no.code) ? 'share' : 'form';
}

async function showReplace(visit: Visit, typed: Typed, no: No<FieldName> | undefined): Promise<FastifyReply> {
  const { door, actor, person, reply } = visit;
  const books = await readBooks(door.db, actor.group.id);
  const page = (
    <ReplacePage
      frame={frameOfVisit(visit)}
      group={actor.group}
      lines={await linesOf(visit, books)}
      hasPin={person.hasPin}
      {...given({
        proposal: may(visit, 'propose-substitution') ? await proposalOf(visit, books, typed) : undefined,
        refusals: refusalsOf(visit, no),
      })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

async function proposalOf(
  visit: Visit,
  books: GroupBooks,
  typed: Typed,
): Promise<NonNullable<ReplacePageProps['proposal']>> {
  const isRunning = books.cycle?.state === 'running';
  const shares = isRunning ? books.shares.filter((share) => share.state !== 'withdrawn') : [];
  const people = books.people.filter((one) => one.state === 'active');
  const isKnown = people.some((one) => one.id === typed.to);
  const terms =
    typed.look === undefined || !isKnown || !shares.some((share) => share.id === typed.share)
      ? undefined
      : await termsOf(visit, books, { shareId: typed.share ?? '', toId: typed.to ?? '' });
  return {
    formId: visit.door.ground.ids.next('sub'),
    shares: shares.map((share) => ({ value: share.id, text: shareText(visit, books, share) })),
    people: people.map((one) => ({ value: one.id, text: one.displayName })),
    values: given({ share: typed.share, to: typed.to }),
    ...given({ preview: terms }),
  };
}

async function linesOf(visit: Visit, books: GroupBooks): Promise<readonly ReplacementLine[]> {
  if (books.cycle === undefined) return [];
  const { actor, door } = visit;
  const all = await listSubstitutions(door.db, books.cycle.id);
  return all
    .filter((one) => sees(visit, one))
    .slice(0, SHOWN)
    .map((one) => ({
      id: one.id,
      from: nameOf(books, one.fromId),
      to: nameOf(books, one.toId),
      price: money(one.price, actor.group.currency),
      face: one.state,
      mine: nextOf(one, actor.membership.id) !== undefined,
    }));
}
