/**
 * Opens one replacement for those whom it concerns, and takes their yes, with the PIN, or their no.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { type Answer, refused } from '../../../../ground/refusal.ts';
import { readBooks } from '../../../../tontine/groups/read-books.ts';
import { consentSubstitution, SUBSTITUTION_ABSENT } from '../../../../tontine/turns/consent-substitution.ts';
import { findSubstitution, type Substitution } from '../../../../tontine/turns/substitution.rows.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { paths } from '../../paths.ts';
import { sendPage } from '../../send-page.ts';
import type { WebDoor } from '../../web-door.ts';
import {
  absent,
  act,
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
import { ReplacementPage } from './answer-page.tsx';
import { nextOf, sees, termsOf, waitsFor } from './replacement.ts';

type FieldName = 'pin' | 'form';

export function registerReplacement(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  registerGroupPage(app, door, assets, paths.tontineReplacement(':id', ':substitution'), {
    show: async (visit) => await showReplacement(visit, undefined),
    act: takeAnswer,
  });
}

async function takeAnswer(visit: Visit): Promise<FastifyReply> {
  const { act: asked, pin } = formFields(visit.request, ['act', 'pin']);
  const substitution = await substitutionOf(visit);
  if (substitution === undefined) return await absent(visit);
  const answer = await answerAs(visit, substitution.id, asked, pin);
  const { groupId } = visit.who;
  if (answer.ok) {
    const here = paths.tontineReplacement(groupId, substitution.id);
    return await done(visit, wordsOf(visit).replace.done, here);
  }
  const field = usualField(answer.refusal) === 'pin' ? 'pin' : 'form';
  return await showReplacement(visit, { field, no: answer.refusal });
}

/** A no binds nobody and asks for no PIN; a yes gives a share away, or opens a wallet for its price. */
async function answerAs(
  visit: Visit,
  substitutionId: string,
  asked: string | undefined,
  pin: string | undefined,
): Promise<Answer<Substitution>> {
  const { door, who } = visit;
  const about = { ...who, substitutionId };
  if (asked === 'decline') {
    return await act(
      visit,
      async (tx) => await consentSubstitution(tx, door.ground, { ...about, voice: 'no' }),
    );
  }
  if (asked !== 'give' && asked !== 'take') return refused(SUBSTITUTION_ABSENT);
  return await actWithPin(
    visit,
    pin,
    async (tx) => await consentSubstitution(tx, door.ground, { ...about, voice: 'yes' }),
  );
}

async function substitutionOf(visit: Visit): Promise<Substitution | undefined> {
  const { substitution: id } = visit.request.params as { substitution?: unknown };
  if (!isId('sub', id)) return undefined;
  const at = { groupId: visit.actor.group.id, substitutionId: id };
  const found = await findSubstitution(visit.door.db, at);
  return found !== undefined && sees(visit, found) ? found : undefined;
}

async function showReplacement(visit: Visit, no: No<FieldName> | undefined): Promise<FastifyReply> {
  const { door, actor, person, reply } = visit;
  const substitution = await substitutionOf(visit);
  const books = await readBooks(door.db, actor.group.id);
  const terms = substitution && (await termsOf(visit, books, substitution));
  if (substitution === undefined || terms === undefined) return await absent(visit);
  const page = (
    <ReplacementPage
      frame={frameOfVisit(visit)}
      group={actor.group}
      formId={door.ground.ids.next('grj')}
      substitutionId={substitution.id}
      face={substitution.state}
      terms={terms}
      hasPin={person.hasPin}
      {...given({
        waitsFor: waitsFor(substitution),
        next: nextOf(substitution, actor.membership.id),
        refusals: refusalsOf(visit, no),
      })}
    />
  );
  return await sendPage(reply, page, statusOfNo(no));
}
