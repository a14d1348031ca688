/**
 * Opens every page of one group: who asks must be signed in and a member, and everybody else is told that it is absent.
 *
 * A check that each door made by itself would be forgotten by one of them, and somebody else's group would open. Acts
 * check the same again under the group's lock; this is for reading, and for the answer 404.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '../../../ground/identifiers.ts';
import { answerInTransaction } from '../../../ground/postgres/answer-in-transaction.ts';
import type { Tx } from '../../../ground/postgres/database.ts';
import type { Answer, Refusal } from '../../../ground/refusal.ts';
import type { Person } from '../../../people/person.ts';
import { argonHasher } from '../../../people/pin-hash.ts';
import { verifyPin } from '../../../people/verify-pin.ts';
import { type Entering, lookIn } from '../../../tontine/groups/enter-group.ts';
import type { Actor } from '../../../tontine/groups/group.ts';
import { type GroupAct, mayDo } from '../../../tontine/members/permission.ts';
import type { Assets } from '../assets.ts';
import { sendError } from '../errors/route.tsx';
import type { Frame } from '../layout.tsx';
import type { RefusalText } from '../parts/notice.tsx';
import { patternOf } from '../paths.ts';
import { statusOf } from '../send-page.ts';
import { requireSignIn, signedInOf } from '../signed-in.ts';
import { frameOf, leaveFlash, refusalText } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import { wordsFor } from '../words/words.ts';

/** One request to a page of a group, by one of its members. */
export interface Visit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly door: WebDoor;
  readonly assets: Assets;
  readonly person: Person;
  readonly actor: Actor;
  /** For acts: which group, and who. */
  readonly who: Entering;
  readonly now: Date;
}

/** What was refused, and the field under which it is said. */
export interface No<Field extends string> {
  readonly field: Field;
  readonly no: Refusal;
}

type Handler = (visit: Visit) => Promise<FastifyReply>;

interface Handlers {
  readonly show: Handler;
  readonly act?: Handler;
}

/** Registers a page below `path`, made with `:id` in the place of the group. */
export function registerGroupPage(
  app: FastifyInstance,
  door: WebDoor,
  assets: Assets,
  path: string,
  { show, act }: Handlers,
): void {
  const guarded = { onRequest: requireSignIn };
  const visited =
    (handler: Handler) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const visit = await openVisit(request, reply, door, assets);
      return visit === undefined ? await sendError(request, reply, 404, assets, door) : await handler(visit);
    };
  app.get(patternOf(path), guarded, visited(show));
  if (act !== undefined) app.post(patternOf(path), guarded, visited(act));
}

async function openVisit(
  request: FastifyRequest,
  reply: FastifyReply,
  door: WebDoor,
  assets: Assets,
): Promise<Visit | undefined> {
  const { id } = request.params as { id?: unknown };
  if (!isId('grp', id)) return undefined;
  const { person } = signedInOf(request);
  const who = { groupId: id, personId: person.id };
  const actor = await lookIn(door.db, door.ground, who, 'see-group');
  if (!actor.ok) return undefined;
  return {
    request,
    reply,
    door,
    assets,
    person,
    actor: actor.value,
    who,
    now: door.ground.clock.now(),
  };
}

/** The frame of a page of this group: hours are those of the group. Reading it uses up the flash message. */
export function frameOfVisit({ request, reply, door, assets, actor }: Visit): Frame {
  return { ...frameOf(request, reply, door, assets), timeZone: actor.group.timeZone };
}

/** The words of tontines in the visitor's language. */
export function wordsOf(visit: Visit) {
  return wordsFor(visit.request.visitor.locale).tontines;
}

export function may(visit: Visit, act: GroupAct): boolean {
  return visit.actor.membership.state === 'active' && mayDo(visit.actor.roles, act);
}

export async function absent(visit: Visit): Promise<FastifyReply> {
  return await sendError(visit.request, visit.reply, 404, visit.assets, visit.door);
}

/** Runs an act without a PIN. */
export async function act<T>(visit: Visit, run: (tx: Tx) => Promise<Answer<T>>): Promise<Answer<T>> {
  return await answerInTransaction(visit.door.db, run);
}

/** Runs an act once the PIN was given: the PIN is computed before the transaction, because it takes long. */
export async function actWithPin<T>(
  visit: Visit,
  pin: string | undefined,
  run: (tx: Tx) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const { door, person } = visit;
  const hasher = argonHasher(door.keys.pin);
  const proven = await verifyPin(door.db, door.ground, { personId: person.id, pin, hasher });
  return proven.ok ? await act(visit, run) : proven;
}

/** Says that it is done on the next page. */
export async function done(visit: Visit, text: string, path: string): Promise<FastifyReply> {
  leaveFlash(visit.reply, visit.door, { kind: 'success', text });
  return await visit.reply.redirect(path, 303);
}

/** The refusals of a page, under the one field that is meant. */
export function refusalsOf<Field extends string>(
  visit: Visit,
  no: No<Field> | undefined,
): Partial<Record<Field, RefusalText>> | undefined {
  if (no === undefined) return undefined;
  return { [no.field]: refusalText(visit.request, no.no) } as Partial<Record<Field, RefusalText>>;
}

export function statusOfNo(no: No<string> | undefined): number {
  return no === undefined ? 200 : statusOf(no.no.kind);
}

/** The field under which a refusal of most forms belongs. */
export function usualField(no: Refusal): 'amount' | 'pin' | 'reason' | 'form' {
  if (no.code.startsWith('pin-') && no.code !== 'pin-not-set') return 'pin';
  if (no.code.startsWith('amount-') || no.code === 'contribution-amount' || no.code === 'wallet-short')
    return 'amount';
  return no.code === 'reason-missing' ? 'reason' : 'form';
}
