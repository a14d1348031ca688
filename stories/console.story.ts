/**
 * Tells how an installation is run from the console: who gets in, what they see, and what they cannot do.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../src/ground/clock.ts';
import { alterActor, alterAmount } from './world/altered-row.rows.ts';
import { closeBooks } from './world/close-books.ts';
import { enterAs, proveFactor } from './world/operators.ts';
import { logInBySms, readCode, waitFor } from './world/people.ts';
import { until } from './world/until.ts';
import { memberWithMoney, withdraw } from './world/withdrawals.ts';
import { openWorld, WEBHOOK_SECRET, type World } from './world/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await closeBooks(world.db, world.books);
  await world.close();
});

describe('who gets in', () => {
  it('a stranger is sent to log in, a member finds no such page', async () => {
    const stranger = await world.visitor().send('/console/');
    expect(stranger.status).toBe(302);
    expect(stranger.location).toBe('/login/?next=%2Fconsole%2F');
    const member = world.visitor();
    await logInBySms(member, '+2250709810101');
    expect((await member.send('/console/')).status).toBe(404);
    expect((await member.send('/console/second-factor/')).status).toBe(404);
  });

  it('an invited member links an authenticator and reads, but decides nothing', async () => {
    const phone = '+2250709810102';
    const admin = await enterAs(world, 'Administrateur');
    const access = await admin.open('/console/access/');
    const invited = await admin.submit(access, '/access/invite/', { phone, role: 'operator' });
    const link = /data-copy="([^"]+\/invitation\/[^"]+)"/.exec(invited.html)?.[1] ?? '';
    expect(new URL(link).pathname).toMatch(/^\/console\/invitation\//);

    const other = world.visitor();
    await logInBySms(other, '+2250709810103');
    const stolen = await other.submit(await other.open(link), '/console/invitation/');
    expect(stolen.status).toBe(404);
    expect(stolen.text).toContain('Cette invitation n’existe pas');

    const support = world.visitor();
    await logInBySms(support, phone);
    const login = await support.submit(await support.open(link), '/console/invitation/');
    expect(login.text).toContain('Invitation acceptée');
    await logInAgain(support, phone);
    const linking = await support.open('/console/');
    expect(linking.heading).toBe('Liez une application de codes');
    const wrong = await support.submit(linking, '/console/second-factor/', { code: '000000' });
    expect(wrong.status).toBe(403);
    const inside = await proveFactor(support, wrong);
    expect(inside.url).toContain('/console/');
    expect((await support.send('/console/access/')).status).toBe(403);
    expect(await readSms(support, phone)).toContain('entrée dans la console');
  });

  it('taking the role back ends it with the next click, and the trail tells the whole of it', async () => {
    const admin = await enterAs(world, 'Administrateur');
    const access = await admin.open('/console/access/');
    const revoke = access.forms.find(
      (form) => form.action.endsWith('/revoke/') && form.html.includes('+225 07 •• •• •• 02'),
    );
    const back = await admin.post('/console/access/revoke/', { ...revoke?.fields });
    expect(back.status).toBe(303);
    const trail = await admin.open('/console/trail/');
    expect(trail.text).toContain('Rôle retiré');
    expect(trail.text).toContain('Invitation acceptée');
    const verified = await admin.submit(trail, '/trail/verify/');
    expect(verified.text).toMatch(/La piste : aucune ligne n’a été touchée \(\d+ relues\)/);
    expect(verified.text).toMatch(/Le grand livre : aucune ligne n’a été touchée \(\d+ relues\)/);
    const narrowed = await admin.open('/console/trail/?act=access.role-revoked');
    expect(narrowed.html.match(/<tr>/g)).toHaveLength(2);
    const file = await admin.send('/console/trail/export.csv');
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(file.html.split('\r\n')[0]).toContain('"seq";"at";"actor"');
  });
});

describe('a withdrawal whose answer was lost', () => {
  it('is found by its last digits, decided by two people, and by nobody alone', async () => {
    const phone = '+2250707470009';
    const awa = await memberWithMoney(world, phone, '20000');
    const page = await withdraw(awa, { phone, amount: '5000' });
    const first = await enterAs(world, 'Comptable');
    const found = await until('the review is open', async () => {
      const list = await first.open('/console/payments/?q=0009&state=review');
      return list.linksTo('R-')[0];
    });
    const followed = await first.open(found);
    expect(followed.text).toContain('Réserve de 5 000 F CFA');
    expect(followed.text).toContain('Réponse perdue');
    expect(followed.text).toContain('Flottant avant');
    expect(followed.text).not.toContain('07 07 47 00 09');
    const asked = await first.submit(followed, '/ask/');
    expect(asked.text).toContain('n’a jamais donné de référence');

    const file = await first.open(followed.linksTo('Ouvrir le dossier')[0] ?? '');
    expect(file.text).toContain('le montant est parti');
    const words = { reason: 'Le relevé montre la ligne', evidence: 'Relevé du jour, ligne 12' };
    const proposed = await first.submit(file, '/propose/', { outcome: 'paid', ...words });
    expect(proposed.text).toContain('Vous avez fait cette proposition');

    // Two tabs, one person: the other tab still shows the form, and a program needs none at all.
    const twice = await first.submit(file, '/propose/', { outcome: 'paid', ...words });
    expect(twice.status).toBe(409);
    const own = proposed.form('/decide/', 'decision').fields;
    const alone = await first.post(`${file.url}decide/`, { ...own, decision: 'approved' });
    expect(alone.status).toBe(403);
    expect(alone.text).toContain('Une autre personne que l’auteur doit décider.');

    const support = await enterAs(world, 'Opératrice');
    const seen = await support.open(file.url);
    expect(seen.text).toContain('La décision revient à la finance.');
    expect((await support.post(`${file.url}decide/`, { ...own, decision: 'approved' })).status).toBe(403);

    const second = await enterAs(world, 'Trésorière');
    const decided = await second.submit(await second.open(file.url), '/decide/', { decision: 'approved' });
    expect(decided.text).toContain('Dossier clos : versé.');
    await waitFor(awa, page, 'Retrait arrivé');
    const late = await second.post(`${file.url}decide/`, { ...own, decision: 'approved', _csrf: '' });
    expect(late.status).toBe(403);
  });

  it('a whole number is shown to whoever says why, and the trail keeps it', async () => {
    const first = await enterAs(world, 'Comptable');
    const list = await first.open('/console/payments/?q=%2B2250707470009');
    const payment = await first.open(list.linksTo('R-')[0] ?? '');
    const refused = await first.submit(payment, '/unmask/', { reason: ' ' });
    expect(refused.status).toBe(422);
    const shown = await first.submit(payment, '/unmask/', { reason: 'Le membre appelle' });
    expect(shown.text).toContain('+225 07 07 47 00 09');
    expect(shown.text).toContain('Numéro vu en entier · Comptable');
  });

  it('a list is taken away as a file, masked and without formulas', async () => {
    const first = await enterAs(world, 'Comptable');
    const file = await first.send('/console/payments/export.csv?state=succeeded');
    const lines = file.html.trim().split('\r\n');
    expect(lines[0]).toContain('"reference";"direction"');
    expect(lines.length).toBeGreaterThan(2);
    expect(file.html).not.toContain('0707470009');
    const book = await first.send('/console/payments/export.xlsx?state=succeeded');
    expect(book.headers['content-type']).toContain('spreadsheetml.sheet');
    expect(book.html.startsWith('PK')).toBe(true);
    const support = await enterAs(world, 'Opératrice');
    expect((await support.send('/console/payments/export.csv')).status).toBe(403);
    expect((await support.send('/console/payments/export.xlsx')).status).toBe(403);
    expect((await support.open('/console/payments/')).text).not.toContain('Fichier CSV');
  });

  it.each([
    ['reviews', '"reference";"direction"', '"answer-lost"'],
    ['reconciliation', '"kind";"reference"', ''],
    ['reports', '"direction";"currency";"key"', '"in";"XOF";"wave"'],
    ['trail', '"seq";"at";"actor"', '"payment.unmasked"'],
  ])(
    '%s as a file: names of columns, lines, a workbook, and the trail tells it',
    async (place, names, line) => {
      const first = await enterAs(world, 'Comptable');
      const file = await first.send(`/console/${place}/export.csv`);
      expect(file.html.split('\r\n')[0]).toContain(names);
      expect(file.html).toContain(line);
      expect(file.html).not.toContain('0707470009');
      const book = await first.send(`/console/${place}/export.xlsx`);
      expect(book.headers['content-type']).toContain('spreadsheetml.sheet');
      expect(book.html.startsWith('PK')).toBe(true);
      const trail = await first.open('/console/trail/');
      expect(trail.text).toContain(place);
      expect(trail.text).toContain('format : xlsx');
      const support = await enterAs(world, 'Opératrice');
      for (const format of ['csv', 'xlsx'])
        expect((await support.send(`/console/${place}/export.${format}`)).status).toBe(403);
    },
  );
});

describe('the books and the provider', () => {
  it('agree to the franc, and a statement with a line too many names it', async () => {
    const first = await enterAs(world, 'Comptable');
    await until('nothing is on its way', async () => await world.isQuiet());
    const page = await first.submit(await first.open('/console/reconciliation/'), '/now/');
    expect(page.text).toContain('+ reste inexpliqué 0 F CFA');
    const known = world.books.list().filter(({ state }) => state === 'success');
    const stray =
      'date;type;reference;amount;fee;currency\n2026-01-05T08:00:00Z;payin;MPAYIN_STRAY;700;0;XOF';
    const form = page.form('/statements/');
    const boundary = 'story';
    const body = [
      `--${boundary}\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n${form.fields._csrf}`,
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="jour.csv"\r\n\r\n${stray}`,
      `--${boundary}--\r\n`,
    ].join('\r\n');
    const send = async (text: string) =>
      await first.follow(
        await first.send('/console/reconciliation/statements/', {
          method: 'POST',
          headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
          body: text,
        }),
      );
    const imported = await send(body);
    expect(imported.text).toContain('Relevé lu : 1 ligne nouvelle, 0 déjà connue.');
    expect(imported.text).toContain('absent de nos livres MPAYIN_STRAY');
    expect((await send(body)).text).toContain('0 ligne nouvelle, 1 déjà connue.');
    expect((await send(body.replace('_csrf', 'other'))).status).toBe(403);
    expect(known.length).toBeGreaterThan(0);
  });
});

describe('the board', () => {
  it('shows what happened, float and books to the franc, and says by itself when it changed', async () => {
    const support = await enterAs(world, 'Opératrice');
    await world.letPass(MINUTE_MS);
    let seen = '';
    const board = await until(
      'the float was read',
      async () => {
        const page = await support.open('/console/');
        seen = page.text;
        return page.text.includes('Différence 0 F CFA') ? page : undefined;
      },
      // The float is looked at once a minute: a look that the provider did not answer is made good by the next one.
      { within_ms: 90_000, seen: () => seen },
    );
    expect(board.text).toMatch(/Wave · retraits \d+ 100 %/);
    expect(board.text).toContain('Flottant · XOF');
    const fragment = await support.send('/console/', { headers: { 'x-fragment': '1' } });
    expect(fragment.html).toMatch(
      /^<main id="main" tabindex="-1" data-live="\/console\/" data-version="\w{12}"/,
    );
    const streamed = await firstOf(world.url, support.cookie('session') ?? '');
    expect(streamed).toContain('retry: 5000');
  });
});

describe('figures and settings', () => {
  it('a report says what was paid, the settings show no secret, the provider answers', async () => {
    const admin = await enterAs(world, 'Administrateur');
    const report = await admin.open('/console/reports/?by=country');
    expect(report.text).toContain('Côte d’Ivoire');
    expect(report.text).toMatch(/Total \d+/);
    const groups = await admin.open('/console/reports/?by=group&from=2026-01-01');
    expect(groups.text).toMatch(/Caisses des tontines|Rien n’a bougé/);
    const settings = await admin.open('/console/settings/');
    expect(settings.text).toContain('GETMIPAY_WEBHOOK_SECRET définie, non montrée environnement');
    expect(settings.html).not.toContain(WEBHOOK_SECRET);
    expect(settings.text).toMatch(/Wave · CI/);
    const tested = await admin.submit(settings, '/settings/');
    expect(tested.text).toContain('Le fournisseur répond. Solde :');
  });
});

describe('one old row, changed behind the back of the product', () => {
  it('is named by the button that verifies, in the ledger and in the trail', async () => {
    const admin = await enterAs(world, 'Administrateur');
    const verify = async () => await admin.submit(await admin.open('/console/trail/'), '/trail/verify/');
    await until('nothing is on its way', async () => await world.isQuiet());
    await alterAmount(world.db, 3n, 1n);
    const was = await alterActor(world.db, 2n, 'per_somebody_else');
    const broken = await verify();
    expect(broken.text).toContain('La piste : la première ligne rompue est la nº 2.');
    expect(broken.text).toContain('Le grand livre : la première ligne rompue est la nº 3.');
    await alterAmount(world.db, 3n, -1n);
    await alterActor(world.db, 2n, was);
    const whole = await verify();
    expect(whole.text).toMatch(/La piste : aucune ligne n’a été touchée/);
    expect(whole.text).toMatch(/Le grand livre : aucune ligne n’a été touchée/);
    expect(whole.text).toContain('grand livre : rompu à la ligne nº 3');
  });
});

/** What the stream says first; the connection ends there. */
async function firstOf(url: string, session: string): Promise<string> {
  const answer = await fetch(`${url}/console/now/feed`, { headers: { cookie: `session=${session}` } });
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  const reader = answer.body?.getReader();
  const chunk = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(chunk?.value);
}

async function logInAgain(visitor: Awaited<ReturnType<typeof enterAs>>, phone: string): Promise<void> {
  await world.letPass(2 * MINUTE_MS);
  await logInBySms(visitor, phone);
}

async function readSms(visitor: Awaited<ReturnType<typeof enterAs>>, phone: string): Promise<string> {
  await readCode(visitor, phone);
  return (await visitor.open('/demo/sms/')).text;
}
