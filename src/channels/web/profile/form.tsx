/**
 * Opens the profile: name, PIN, and the devices that are signed in; what a person prefers is in `preferences.ts`.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inTransaction } from '../../../ground/postgres/in-transaction.ts';
import { type Answer, type Refusal, refusal } from '../../../ground/refusal.ts';
import { changeProfile } from '../../../people/change-profile.ts';
import { maskPhone } from '../../../people/phone-number.ts';
import { argonHasher } from '../../../people/pin-hash.ts';
import { revokeOtherSessions } from '../../../people/revoke-other-sessions.ts';
import { revokeSession } from '../../../people/revoke-session.ts';
import { listLiveSessions } from '../../../people/session.rows.ts';
import { setPin } from '../../../people/set-pin.ts';
import type { Assets } from '../assets.ts';
import { formFields, queryFields } from '../form-fields.ts';
import { given } from '../given.ts';
import { paths } from '../paths.ts';
import { sendPage, statusOf } from '../send-page.ts';
import { requireSignIn, safeNext, signedInOf } from '../signed-in.ts';
import { frameOf, leaveFlash, refusalText } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import { wordsFor } from '../words/words.ts';
import { ProfilePage } from './page.tsx';
import { registerPreferences } from './preferences.ts';

type FieldName = 'name' | 'current_pin' | 'pin' | 'pin_again' | 'form';

const PINS_DIFFER = refusal(
  'pin-again-differs',
  'invalid',
  'Les deux codes ne sont pas les mêmes. Écrivez deux fois le même.',
  'The two PINs are not the same. Type the same one twice.',
);

export function registerProfile(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const guarded = { onRequest: requireSignIn };
  const hasher = argonHasher(door.keys.pin);

  app.get(paths.profile, guarded, async (request, reply) => await show(request, reply, undefined));
  registerPreferences(app, door);
  for (const path of [paths.profileName, paths.profilePin]) {
    app.get(path, guarded, async (_request, reply) => await reply.redirect(paths.profile, 302));
  }

  app.post(paths.profileName, guarded, async (request, reply) => {
    const { person } = signedInOf(request);
    const displayName = formFields(request, ['name']).name ?? '';
    const changed = await inTransaction(
      door.db,
      async (tx) => await changeProfile(tx, { personId: person.id, displayName }),
    );
    return await done(request, reply, changed, 'name');
  });

  app.post(paths.profilePin, guarded, async (request, reply) => {
    const { person, session } = signedInOf(request);
    const typed = formFields(request, ['current_pin', 'pin', 'pin_again']);
    if (typed.pin !== typed.pin_again)
      return await show(request, reply, { field: 'pin_again', no: PINS_DIFFER });
    const changed = await setPin(door.db, door.ground, {
      personId: person.id,
      pin: typed.pin,
      keepSession: session.id,
      hasher,
      ...(person.hasPin ? { proof: { kind: 'present-pin', pin: typed.current_pin } as const } : {}),
    });
    if (!changed.ok)
      return await show(request, reply, { field: pinFieldOf(changed.refusal), no: changed.refusal });
    return await done(request, reply, changed, 'pin', nextOf(request));
  });

  app.post(paths.sessionRevoke, guarded, async (request, reply) => {
    const { person, session } = signedInOf(request);
    const sessionId = formFields(request, ['session_id']).session_id ?? '';
    const revoked = await inTransaction(
      door.db,
      async (tx) => await revokeSession(tx, door.ground, { personId: person.id, sessionId }),
    );
    // Ending the session that asks is logging out.
    if (revoked.ok && sessionId === session.id) return await reply.redirect(paths.login, 303);
    return await done(request, reply, revoked, 'form');
  });

  app.post(paths.sessionRevokeOthers, guarded, async (request, reply) => {
    const { person, session } = signedInOf(request);
    await inTransaction(
      door.db,
      async (tx) => await revokeOtherSessions(tx, door.ground, { personId: person.id, keep: session.id }),
    );
    return await done(request, reply, { ok: true, value: undefined }, 'form');
  });

  async function done(
    request: FastifyRequest,
    reply: FastifyReply,
    answer: Answer<unknown>,
    field: FieldName,
    next: string = paths.profile,
  ): Promise<FastifyReply> {
    if (!answer.ok) return await show(request, reply, { field, no: answer.refusal });
    const text = wordsFor(request.visitor.locale).profile.saved;
    leaveFlash(reply, door, { kind: 'success', text });
    return await reply.redirect(next, 303);
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    no: { readonly field: FieldName; readonly no: Refusal } | undefined,
  ): Promise<FastifyReply> {
    const { person, session } = signedInOf(request);
    const sessions = await listLiveSessions(door.db, person.id, door.ground.clock.now());
    const page = (
      <ProfilePage
        frame={frameOf(request, reply, door, assets)}
        {...given({ name: person.displayName, next: nextOf(request) })}
        phoneText={maskPhone(person.phone)}
        locale={person.locale}
        hasPin={person.hasPin}
        wantsMessages={person.wantsMessages}
        sessions={sessions.map((one) => ({
          id: one.id,
          createdAt: one.createdAt,
          lastSeenAt: one.lastSeenAt,
          current: one.id === session.id,
          ...given({ device: one.device }),
        }))}
        {...given({ refusals: no && { [no.field]: refusalText(request, no.no) } })}
      />
    );
    return await sendPage(reply, page, no === undefined ? 200 : statusOf(no.no.kind));
  }
}

/** Where the person was going when they were told to choose a PIN. */
function nextOf(request: FastifyRequest): string | undefined {
  return safeNext(formFields(request, ['next']).next ?? queryFields(request, ['next']).next);
}

function pinFieldOf(no: Refusal): FieldName {
  if (no.code === 'pin-wrong' || no.code === 'pin-locked' || no.code === 'pin-proof-missing')
    return 'current_pin';
  return 'pin';
}
