/**
 * Opens the pages of people: finding one, handing over their data, asking for an erasure and deciding it.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '../../../../ground/identifiers.ts';
import { accountId } from '../../../../ground/ledger/account.ts';
import { readBalances } from '../../../../ground/ledger/balance.ts';
import type { Currency } from '../../../../ground/money/currency.ts';
import { type Money, money } from '../../../../ground/money/money.ts';
import type { Reader } from '../../../../ground/postgres/database.ts';
import { inTransaction } from '../../../../ground/postgres/in-transaction.ts';
import { refusal, refused } from '../../../../ground/refusal.ts';
import { may } from '../../../../oversight/access/permission.ts';
import { askErasure } from '../../../../oversight/person/ask-erasure.ts';
import { decideErasure } from '../../../../oversight/person/decide-erasure.ts';
import { findOpenErasure, listOpenErasures } from '../../../../oversight/person/erasure-request.rows.ts';
import { exportPerson } from '../../../../oversight/person/export-person.ts';
import { listObstacles } from '../../../../oversight/person/list-obstacles.ts';
import { findPeople, findPerson, findPersonByPhone } from '../../../../people/person.rows.ts';
import type { Person } from '../../../../people/person.ts';
import { maskPhone, parsePhone } from '../../../../people/phone-number.ts';
import type { Assets } from '../../assets.ts';
import { sendError } from '../../errors/route.tsx';
import { formFields } from '../../form-fields.ts';
import { given } from '../../given.ts';
import { sendPage } from '../../send-page.ts';
import { signedInOf } from '../../signed-in.ts';
import type { WebDoor } from '../../web-door.ts';
import { wordsFor } from '../../words/words.ts';
import { answerAct } from '../answer-act.tsx';
import { consoleFrameOf } from '../console-frame.ts';
import { consolePaths } from '../console-paths.ts';
import { needs, operatorOf } from '../console-place.ts';
import { namesOf } from '../names-of.ts';
import type { OpenRequest } from './erase-card.tsx';
import { PeoplePage } from './list-page.tsx';
import { PersonPage } from './person-page.tsx';

const CURRENCIES: readonly Currency[] = ['XOF', 'XAF', 'GNF'];

const UNCONFIRMED = refusal(
  'erasure-unconfirmed',
  'invalid',
  'Cochez la case : un effacement ne se défait pas.',
  'Tick the box: an erasure cannot be undone.',
);

export function registerPeople(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  app.get(consolePaths.people, needs('see'), async (request, reply) => {
    const { q } = request.query as { q?: unknown };
    const sought = typeof q === 'string' && q.trim() !== '' ? q.trim().slice(0, 60) : undefined;
    const person = sought === undefined ? undefined : await seek(door, sought);
    if (person !== undefined) return await reply.redirect(consolePaths.person(person.id), 302);
    const waiting = await listOpenErasures(door.db, door.ground.clock.now());
    const people = await findPeople(
      door.db,
      waiting.flatMap((one) => [one.personId, one.askedBy]),
    );
    const nameOf = (id: string) => nameText(people.get(id)) ?? id;
    const page = (
      <PeoplePage
        frame={await consoleFrameOf(request, reply, door, assets)}
        waiting={waiting.map((one) => ({
          personId: one.personId,
          nameText: nameOf(one.personId),
          by: nameOf(one.askedBy),
          expiresAt: one.expiresAt,
        }))}
        {...given({ sought })}
      />
    );
    return await sendPage(reply, page);
  });

  app.get(consolePaths.person(':id'), needs('see'), async (request, reply) => {
    const person = await findPerson(door.db, idOf(request));
    if (person === undefined) return await sendError(request, reply, 404, assets, door);
    return await showPerson(request, reply, { door, assets, person });
  });
}

/** The acts that end in a file or in nobody. */
export function registerPrivacy(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  app.post(consolePaths.personExport(':id'), needs('export-person'), async (request, reply) => {
    const personId = idOf(request);
    const { reason = '' } = formFields(request, ['reason']);
    const told = await inTransaction(
      door.db,
      async (tx) => await exportPerson(tx, door.ground, operatorOf(request), { personId, reason }),
    );
    if (!told.ok) return await answerAct(request, reply, told, wayTo(personId));
    reply.header('content-disposition', `attachment; filename="${personId}.json"`);
    return await reply.type('application/json; charset=utf-8').send(told.value);
  });

  app.post(consolePaths.personAskErasure(':id'), needs('ask-erasure'), async (request, reply) => {
    const personId = idOf(request);
    const { reason = '' } = formFields(request, ['reason']);
    const asked = await inTransaction(
      door.db,
      async (tx) => await askErasure(tx, door.ground, operatorOf(request), { personId, reason }),
    );
    const said = wordsFor(request.visitor.locale).console.people.askedSaid;
    return await answerAct(request, reply, asked, { ...wayTo(personId), said });
  });

  app.post(consolePaths.personDecideErasure(':id'), needs('erase'), async (request, reply) => {
    const way = wayTo(idOf(request));
    const fields = formFields(request, ['request', 'decision', 'confirmed']);
    const requestId = isId('era', fields.request) ? fields.request : '';
    const decision = fields.decision === 'approved' ? 'approved' : 'refused';
    if (decision === 'approved' && fields.confirmed !== 'yes')
      return await answerAct(request, reply, refused(UNCONFIRMED), way);
    const { booksKept_years } = door;
    const decided = await inTransaction(
      door.db,
      async (tx) =>
        await decideErasure(tx, door.ground, operatorOf(request), { requestId, decision, booksKept_years }),
    );
    const words = wordsFor(request.visitor.locale).console.people;
    const said = decision === 'approved' ? words.approvedSaid : words.refusedSaid;
    return await answerAct(request, reply, decided, { ...way, said });
  });

  function wayTo(personId: string) {
    return { door, assets, to: consolePaths.person(personId) };
  }
}

interface Showing {
  readonly door: WebDoor;
  readonly assets: Assets;
  readonly person: Person;
}

async function showPerson(
  request: FastifyRequest,
  reply: FastifyReply,
  { door, assets, person }: Showing,
): Promise<FastifyReply> {
  const { roles, person: reader } = signedInOf(request);
  const { locale } = request.visitor;
  const isHere = person.erasedAt === undefined;
  const obstacles = isHere ? await listObstacles(door.db, door.ground.clock, person) : [];
  const asked = isHere ? await openRequestOf(door, person.id, reader.id) : undefined;
  const page = (
    <PersonPage
      frame={await consoleFrameOf(request, reply, door, assets)}
      personId={person.id}
      nameText={nameText(person)}
      phoneText={isHere ? maskPhone(person.phone) : ''}
      country={person.country}
      since={person.createdAt}
      erasedAt={person.erasedAt}
      balances={await balancesOf(door.db, person.id)}
      obstacles={obstacles.map((one) => one[locale])}
      mayExport={may(roles, 'export-person')}
      mayAsk={may(roles, 'ask-erasure')}
      mayErase={may(roles, 'erase')}
      {...given({ request: asked })}
    />
  );
  return await sendPage(reply, page);
}

async function openRequestOf(
  door: WebDoor,
  personId: string,
  readerId: string,
): Promise<OpenRequest | undefined> {
  const asked = await findOpenErasure(door.db, personId);
  if (asked === undefined || asked.expiresAt <= door.ground.clock.now()) return undefined;
  const names = await namesOf(door.db, [asked.askedBy]);
  const { id, askedBy, reason, askedAt, expiresAt } = asked;
  return { id, by: names.get(askedBy) ?? askedBy, isOwn: askedBy === readerId, reason, askedAt, expiresAt };
}

async function balancesOf(reader: Reader, personId: string): Promise<Money[]> {
  const wallets = CURRENCIES.map((currency) => ({ currency, id: accountId('member', personId, currency) }));
  const found = await readBalances(
    reader,
    wallets.map(({ id }) => id),
  );
  return wallets.flatMap(({ currency, id }) => {
    const balance = found.get(id);
    return balance === undefined ? [] : [money(balance.posted, currency)];
  });
}

async function seek({ db, defaultCountry }: WebDoor, sought: string): Promise<Person | undefined> {
  if (isId('per', sought)) return await findPerson(db, sought);
  const phone = parsePhone(sought, defaultCountry);
  return phone.ok ? await findPersonByPhone(db, phone.value.e164) : undefined;
}

/** Nothing once the person is erased. */
function nameText(person: Person | undefined): string | undefined {
  if (person === undefined || person.erasedAt !== undefined) return undefined;
  return person.displayName ?? maskPhone(person.phone);
}

function idOf(request: FastifyRequest): string {
  const { id } = request.params as { id?: unknown };
  return isId('per', id) ? id : '';
}
