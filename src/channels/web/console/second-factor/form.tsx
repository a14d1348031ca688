/**
 * Opens the page on which an operator links an authenticator and types its codes; a right code opens the console for
 * this session, and tells the operator by text message that somebody entered.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inTransaction } from '../../../../ground/postgres/in-transaction.ts';
import type { Refusal } from '../../../../ground/refusal.ts';
import { enterConsole } from '../../../../oversight/access/enter-console.ts';
import { enrolSecondFactor } from '../../../../people/enrol-second-factor.ts';
import { consoleNotice } from '../../../../people/notices.ts';
import { openSealed } from '../../../../people/seal-secret.ts';
import { findSecondFactor } from '../../../../people/second-factor.rows.ts';
import { base32, otpauthUri, totpCode } from '../../../../people/totp.ts';
import type { Assets } from '../../assets.ts';
import { formFields, queryFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { sendPage, statusOf } from '../../send-page.ts';
import { safeNext, signedInOf } from '../../signed-in.ts';
import { refusalText } from '../../visitor.ts';
import type { WebDoor } from '../../web-door.ts';
import { consoleFrameOf } from '../console-frame.ts';
import { consolePaths } from '../console-paths.ts';
import { needs, operatorOf } from '../console-place.ts';
import { SecondFactorPage } from './page.tsx';

export function registerSecondFactor(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const key = door.keys.secondFactor;

  app.get(consolePaths.secondFactor, needs('role'), async (request, reply) => {
    const next = safeNext(queryFields(request, ['next']).next);
    if (signedInOf(request).session.secondFactorAt !== undefined)
      return await reply.redirect(next ?? consolePaths.now, 302);
    return await show(request, reply, next);
  });

  app.post(consolePaths.secondFactor, needs('role'), async (request, reply) => {
    const fields = formFields(request, ['code', 'next']);
    const next = safeNext(fields.next);
    const { person, session } = signedInOf(request);
    const by = operatorOf(request);
    const typed = { personId: person.id, sessionId: session.id, key, code: fields.code ?? '' };
    const entered = await inTransaction(
      door.db,
      async (tx) => await enterConsole(tx, door.ground, by, typed),
    );
    if (!entered.ok) return await show(request, reply, next, entered.refusal);
    // Whoever did not do this must hear of it; that the message may not arrive changes nothing.
    await door.sms.send({ to: person.phone, text: consoleNotice(by.device, by.ip, person.locale) });
    return await reply.redirect(next ?? consolePaths.now, 303);
  });

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    next: string | undefined,
    no?: Refusal,
  ): Promise<FastifyReply> {
    const { person } = signedInOf(request);
    const enrolled = await inTransaction(
      door.db,
      async (tx) => await enrolSecondFactor(tx, door.ground, { personId: person.id, key }),
    );
    const secret = enrolled.ok ? enrolled.value : undefined;
    const page = (
      <SecondFactorPage
        frame={await consoleFrameOf(request, reply, door, assets)}
        {...given({
          next,
          enrolment: secret && {
            uri: otpauthUri(secret, 'Tontine Pro', person.displayName ?? person.phone),
            secretText: base32(secret).replaceAll(/(.{4})(?=.)/g, '$1 '),
          },
          demoCode: door.demo && (await codeNow(person.id)),
          refusal: no && refusalText(request, no),
        })}
      />
    );
    return await sendPage(reply, page, no === undefined ? 200 : statusOf(no.kind));
  }

  /** For trying out only: nobody has an authenticator for people who do not exist. */
  async function codeNow(personId: string): Promise<string | undefined> {
    const factor = await findSecondFactor(door.db, personId);
    if (factor === undefined) return undefined;
    const secret = openSealed(key, { sealed: factor.sealedSecret, owner: personId });
    return totpCode(secret, door.ground.clock.now()).replace(/(?<=^...)/, ' ');
  }
}
