/**
 * Opens the page of freezes, and the forms that place and lift them.
 */
import type { FastifyInstance } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import type { Reader } from '../../../../ground/postgres/database.ts';
import { inTransaction } from '../../../../ground/postgres/in-transaction.ts';
import { type Answer, accepted, refusal, refused } from '../../../../ground/refusal.ts';
import { may } from '../../../../oversight/access/permission.ts';
import { liftFreeze } from '../../../../oversight/decide/lift-freeze.ts';
import { type FreezeToPlace, placeFreeze } from '../../../../oversight/decide/place-freeze.ts';
import type { Country } from '../../../../people/country.ts';
import { findPerson } from '../../../../people/person.rows.ts';
import { PERSON_ABSENT } from '../../../../people/person.ts';
import { maskPhone, parsePhone } from '../../../../people/phone-number.ts';
import { type Freeze, listOpenFreezes } from '../../../../rails/payments/freeze.rows.ts';
import { METHODS } from '../../../../rails/provider.ts';
import type { Assets } from '../../assets.ts';
import { formFields } from '../../form-fields.ts';
import { sendPage } from '../../send-page.ts';
import { signedInOf } from '../../signed-in.ts';
import type { WebDoor } from '../../web-door.ts';
import { wordsFor } from '../../words/words.ts';
import { answerAct } from '../answer-act.tsx';
import { consoleFrameOf } from '../console-frame.ts';
import { consolePaths } from '../console-paths.ts';
import { needs, operatorOf } from '../console-place.ts';
import { namesOf } from '../names-of.ts';
import { FreezesPage } from './page.tsx';

const SCOPE_UNKNOWN = refusal(
  'freeze-scope-unknown',
  'invalid',
  'Choisissez ce qui doit être gelé.',
  'Choose what to freeze.',
);

export function registerFreezes(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  const way = { door, assets, to: consolePaths.freezes };

  app.get(consolePaths.freezes, needs('see'), async (request, reply) => {
    const freezes = await listOpenFreezes(door.db);
    const names = await namesOf(
      door.db,
      freezes.flatMap((freeze) => [freeze.createdBy, freeze.subject]),
    );
    const { methods } = wordsFor(request.visitor.locale);
    const page = (
      <FreezesPage
        frame={await consoleFrameOf(request, reply, door, assets)}
        mayFreeze={may(signedInOf(request).roles, 'freeze')}
        freezes={freezes.map((freeze) => ({
          id: freeze.id,
          scope: freeze.scope,
          subjectText: subjectText(freeze, methods, names),
          direction: freeze.direction,
          reason: freeze.reason,
          by: names.get(freeze.createdBy) ?? freeze.createdBy,
          since: freeze.createdAt,
        }))}
      />
    );
    return await sendPage(reply, page);
  });

  app.post(consolePaths.freezes, needs('freeze'), async (request, reply) => {
    const fields = formFields(request, ['scope', 'subject', 'direction', 'reason']);
    const freeze = await readFreeze(door.db, fields, door.defaultCountry);
    if (!freeze.ok) return await answerAct(request, reply, freeze, way);
    const placed = await inTransaction(
      door.db,
      async (tx) => await placeFreeze(tx, door.ground, operatorOf(request), freeze.value),
    );
    return await answerAct(request, reply, placed, way);
  });

  app.post(consolePaths.freezeLift(':id'), needs('freeze'), async (request, reply) => {
    const { id } = request.params as { id?: unknown };
    const freezeId = isId('frz', id) ? id : '';
    const { reason = '' } = formFields(request, ['reason']);
    const lifted = await inTransaction(
      door.db,
      async (tx) => await liftFreeze(tx, door.ground, operatorOf(request), { freezeId, reason }),
    );
    return await answerAct(request, reply, lifted, way);
  });
}

type FreezeFields = Readonly<Record<'scope' | 'subject' | 'direction' | 'reason', string | undefined>>;

/** What was typed as a freeze: a number, or the id of a person in the same field. */
async function readFreeze(
  reader: Reader,
  fields: FreezeFields,
  country: Country,
): Promise<Answer<FreezeToPlace>> {
  const direction = fields.direction === 'in' ? 'in' : 'out';
  const { reason = '', subject = '' } = fields;
  switch (fields.scope) {
    case 'all':
      return accepted({ scope: 'all', subject: '*', direction, reason });
    case 'method': {
      const method = METHODS.find((one) => one === subject);
      return method === undefined
        ? refused(SCOPE_UNKNOWN)
        : accepted({ scope: 'method', subject: method, direction, reason });
    }
    case 'phone': {
      if (isId('per', subject)) {
        const person = await findPerson(reader, subject);
        return person === undefined
          ? refused(PERSON_ABSENT)
          : accepted({ scope: 'owner', subject, direction, reason });
      }
      const phone = parsePhone(subject, country);
      return phone.ok ? accepted({ scope: 'phone', subject: phone.value.e164, direction, reason }) : phone;
    }
    default:
      return refused(SCOPE_UNKNOWN);
  }
}

function subjectText(
  freeze: Freeze,
  methods: Readonly<Record<string, string>>,
  names: ReadonlyMap<string, string>,
): string {
  switch (freeze.scope) {
    case 'all':
      return '';
    case 'phone':
      return maskPhone(freeze.subject);
    case 'method':
      return methods[freeze.subject] ?? freeze.subject;
    case 'owner':
      return names.get(freeze.subject) ?? freeze.subject;
  }
}
