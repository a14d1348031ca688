/**
 * Takes what a person prefers: the language of pages and messages, and whether they are told of their money by message.
 */
import type { FastifyInstance } from 'fastify';
import { inTransaction } from '../../../ground/postgres/in-transaction.ts';
import { changeProfile } from '../../../people/change-profile.ts';
import { formFields } from '../form-fields.ts';
import { paths } from '../paths.ts';
import { requireSignIn, signedInOf } from '../signed-in.ts';
import { leaveFlash } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import { isLocale, wordsFor } from '../words/words.ts';

export function registerPreferences(app: FastifyInstance, door: WebDoor): void {
  const guarded = { onRequest: requireSignIn };

  for (const path of [paths.profileLanguage, paths.profileMessages]) {
    app.get(path, guarded, async (_request, reply) => await reply.redirect(paths.profile, 302));
  }

  app.post(paths.profileLanguage, guarded, async (request, reply) => {
    const { person } = signedInOf(request);
    const { locale } = formFields(request, ['locale']);
    if (!isLocale(locale)) return await reply.redirect(paths.profile, 303);
    await inTransaction(door.db, async (tx) => await changeProfile(tx, { personId: person.id, locale }));
    return await reply.redirect(`${paths.profile}?lang=${locale}`, 303);
  });

  app.post(paths.profileMessages, guarded, async (request, reply) => {
    const { person } = signedInOf(request);
    const { wanted } = formFields(request, ['wanted']);
    const change = { personId: person.id, wantsMessages: wanted === 'yes' };
    await inTransaction(door.db, async (tx) => await changeProfile(tx, change));
    leaveFlash(reply, door, { kind: 'success', text: wordsFor(request.visitor.locale).profile.saved });
    return await reply.redirect(paths.profile, 303);
  });
}
