/**
 * Opens the defaults of a cycle: the debt and who stands in before it is declared, and what became of each.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Refusal } from '../../../../ground/refusal.ts';
import { type GroupBooks, readBooks } from '../../../../tontine/groups/read-books.ts';
import { declareDefault } from '../../../../tontine/members/declare-default.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
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
import { DefaultPage, type DefaultPageProps } from './page.tsx';
import { type CardWithShare, cardsOf, previewOf } from './read-defaults.ts';

type FieldName = 'share' | 'reason' | 'pin' | 'form';

interface Typed {
  readonly share?: string | undefined;
  readonly reason?: string | undefined;
  readonly look?: string | undefined;
}

export function registerDefault(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineDefault(':id'), {
    show: async (visit) => await showDefaults(visit, {}, undefined),
    act: takeDeclaration,
  });
}

async function takeDeclaration(visit: Visit): Promise<FastifyReply> {
  const fields = formFields(visit.request, ['share', 'reason', 'look', 'pin']);
  const { door, who } = visit;
  if (fields.look !== undefined) return await showDefaults(visit, fields, undefined);
  const { share: shareId = '', reason = '' } = fields;
  const answer = await actWithPin(
    visit,
    fields.pin,
    async (tx) => await declareDefault(tx, door.ground, { ...who, shareId, reason }),
  );
  if (answer.ok) return await done(visit, wordsOf(visit).default.done, paths.tontineDefault(who.groupId));
  return await showDefaults(visit, fields, { field: fieldOf(answer.refusal), no: answer.refusal });
}

function fieldOf(no: Refusal): FieldName {
  const usual = usualField(no);
  if (usual === 'pin' || usual === 'reason') return usual;
  return ['share-absent', 'default-not-served', 'default-not-late'].includes(no.code) ? 'share' : 'form';
}

async function showDefaults(
  visit: Visit,
  typed: Typed,
  no: No<FieldName> | undefined,
): Promise<FastifyReply> {
  const { door, actor, person, reply } = visit;
  const books = await readBooks(door.db, actor.group.id);
  const cards = await cardsOf(visit, books);
  const page = (
    <DefaultPage
      frame={frameOfVisit(visit)}
      group={actor.group}
      declared={cards.map(({ card }) => card)}
      hasPin={person.hasPin}
      {...given({
        declaring: may(visit, 'cover-default') ? await declaringOf(visit, books, cards, typed) : undefined,
        refusals: refusalsOf(visit, no),
      })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}

async function declaringOf(
  visit: Visit,
  books: GroupBooks,
  cards: readonly CardWithShare[],
  typed: Typed,
): Promise<NonNullable<DefaultPageProps['declaring']>> {
  const isRunning = books.cycle?.state === 'running';
  const late = new Set(
    books.dues.filter((due) => due.kind === 'pot' && due.state === 'late').map((due) => due.shareId),
  );
  const refusedOnes = new Set(
    cards.filter(({ card }) => card.face === 'refused').map(({ shareId }) => shareId),
  );
  const shares = books.shares.filter(
    (share) =>
      isRunning &&
      ((share.state === 'active' && share.servedAt !== null && late.has(share.id)) ||
        refusedOnes.has(share.id)),
  );
  const looked = typed.look === undefined ? undefined : shares.find((share) => share.id === typed.share);
  return {
    formId: visit.door.ground.ids.next('def'),
    shares: shares.map((share) => ({ value: share.id, text: shareText(visit, books, share) })),
    values: given({ share: typed.share, reason: typed.reason }),
    ...given({ preview: looked && (await previewOf(visit, books, looked.id)) }),
  };
}
