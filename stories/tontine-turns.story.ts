/**
 * Tells how turns are decided and change hands: a draw that anyone can do again, an exchange, a departure, a vote.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { after, DAY_MS, MINUTE_MS } from '../src/ground/clock.ts';
import { logInBySms } from './world/people.ts';
import { foundTontine, giveOffice, groupIdOf, invitationCodeOf, joinTontine } from './world/tontines.ts';
import type { Visitor } from './world/visitor.ts';
import { choosePin, PIN } from './world/withdrawals.ts';
import { openWorld, type World } from './world/world.ts';

const NAMES = ['Awa', 'Yao', 'Mariam'] as const;
let world: World;
let people: Visitor[];

function dayAhead(days: number): string {
  return after(world.product.ground.clock.now(), days * DAY_MS)
    .toISOString()
    .slice(0, 10);
}

/** A group of the three, with an officer besides the president. */
async function groupOf(order: string): Promise<string> {
  const [awa, yao, mariam] = people as [Visitor, Visitor, Visitor];
  const group = await foundTontine(awa, {
    name: `Groupe ${order}`,
    order,
    firstDay: dayAhead(5),
    more: { solidarity: '1000' },
  });
  const id = groupIdOf(group);
  const code = invitationCodeOf(group);
  for (const one of [yao, mariam]) await joinTontine(one, code, awa, id);
  await giveOffice(awa, id, 'Yao', 'secretary');
  return id;
}

async function start(id: string): Promise<void> {
  const [awa] = people as [Visitor];
  const page = await awa.open(`/tontines/${id}/start/`);
  const started = await awa.submit(page, '/start/', { start: '1', pin: PIN });
  expect([started.refusals, started.heading]).toEqual([[], started.heading]);
  expect(started.text).toContain('Tour 1 sur 3');
}

beforeAll(async () => {
  world = await openWorld();
  people = [];
  for (const [place, name] of NAMES.entries()) {
    const visitor = world.visitor();
    await logInBySms(visitor, `+225070812000${place}`);
    await choosePin(visitor, await visitor.open('/profile/'), PIN);
    await visitor.submit(await visitor.open('/profile/'), '/profile/name/', { name });
    people.push(visitor);
  }
}, 120_000);
afterAll(async () => {
  await world.close();
});

describe('a draw', () => {
  it('is sealed before words are added, and anyone can do it again', async () => {
    const [awa, yao] = people as [Visitor, Visitor];
    const id = await groupOf('draw');
    await awa.submit(await awa.open(`/tontines/${id}/start/`), '/start/', { look: '1' });
    const here = `/tontines/${id}/draw/`;
    const tooShort = await awa.submit(await awa.open(here), '/draw/', {
      act: 'commit',
      minutes: '1',
      pin: PIN,
    });
    expect(tooShort.refusals).toHaveLength(1);
    const sealed = await awa.submit(await awa.open(here), '/draw/', {
      act: 'commit',
      minutes: '30',
      pin: PIN,
    });
    expect(sealed.text).toContain('Le sceau est publié');
    const added = await yao.submit(await yao.open(here), '/draw/', { act: 'add-word', word: 'mangue' });
    expect(added.text).toContain('« mangue »');
    // Whoever sealed cannot choose the moment of the result.
    expect((await awa.open(here)).html).not.toContain('value="reveal"');
    await world.letPass(31 * MINUTE_MS);
    const drawn = await yao.submit(await yao.open(here), '/draw/', { act: 'reveal', pin: PIN });
    expect(drawn.refusals).toEqual([]);
    const shown = await yao.open(here);
    expect(shown.text).toContain('Vérifié : les nombres publiés donnent bien cet ordre.');
    const proof = /<pre>([\s\S]*?)<\/pre>/.exec(shown.html)?.[1]?.replaceAll('&quot;', '"') ?? '';
    const file = join(mkdtempSync(join(tmpdir(), 'draw-')), 'proof.json');
    writeFileSync(file, proof);
    expect(execFileSync(process.execPath, ['docs/verify-draw.mjs', file], { encoding: 'utf8' })).toMatch(
      /\S/,
    );
    await start(id);
  });
});

describe('a fixed order', () => {
  it('lets two exchange their turns once both and an officer agree', async () => {
    const [awa, yao, mariam] = people as [Visitor, Visitor, Visitor];
    const id = await groupOf('fixed');
    await start(id);
    const here = `/tontines/${id}/swap/`;
    const form = await mariam.open(here);
    const looked = await mariam.submit(form, '/swap/', { look: '1' });
    expect(looked.text).toContain('tour 2');
    const asked = await mariam.submit(looked, '/swap/', { act: 'propose', pin: PIN });
    expect(asked.text).toContain('L’autre titulaire doit répondre');
    await yao.submit(await yao.open(here), '/swap/', { act: 'consent' });
    expect((await yao.open(here)).html).not.toContain('value="approve"');
    const done = await awa.submit(await awa.open(here), '/swap/', { act: 'approve' });
    expect(done.text).toContain('Échange fait');
    expect((await mariam.open(`/tontines/${id}/`)).text).toMatch(/Tour 2, .* vous recevrez 75 000 F CFA/);
  });

  it('shows what leaving means, and asks for a reason', async () => {
    const [awa, , mariam] = people as [Visitor, Visitor, Visitor];
    const list = await mariam.open('/tontines/');
    const [href = ''] = list.linksTo('Groupe fixed');
    expect(href, list.text).toMatch(/grp_/);
    const page = await mariam.open(`${href}exit/`);
    expect(page.heading).toBe('Quitter le groupe');
    expect(page.status).toBe(200);
    const aid = await awa.open(`${href}aid/`);
    const refused = await awa.submit(aid, '/aid/', { event: 'birth', about: 'Sa fille', proof: 'Acte 12' });
    expect(refused.refusals).toEqual(['Écrivez un jour qui existe, par exemple 2026-01-05.']);
    expect((await awa.open(`${href}sheet/`)).text).toContain('Signature');
  });
});

describe('a vote', () => {
  it('gives the turn to whom the others choose; whoever asks has no voice', async () => {
    const [awa, yao, mariam] = people as [Visitor, Visitor, Visitor];
    const id = await groupOf('vote');
    await start(id);
    const here = `/tontines/${id}/vote/`;
    const opened = await awa.submit(await awa.open(here), '/vote/', { act: 'open', minutes: '60' });
    expect(opened.refusals).toEqual([]);
    const reason = 'Rentrée des enfants';
    await mariam.submit(await mariam.open(here), '/vote/', { reason, act: 'ask' });
    expect((await mariam.open(here)).html).not.toContain('name="choice"');
    for (const voter of [awa, yao]) {
      const page = await voter.open(here);
      const choice = /name="choice" value="(shr_\w+)"/.exec(page.html)?.[1] ?? '';
      await voter.submit(page, '/vote/', { choice, act: 'vote' });
    }
    const counted = await awa.submit(await awa.open(here), '/vote/', { act: 'count' });
    expect(counted.refusals).toEqual([]);
    expect((await yao.open(`/tontines/${id}/`)).text).toContain('Pour Mariam');
  });
});

describe('an auction', () => {
  it('sells the turn to the highest offer, and everybody pays less', async () => {
    const [awa, yao] = people as [Visitor, Visitor];
    const id = await groupOf('auction-discount');
    await start(id);
    const here = `/tontines/${id}/auction/`;
    await awa.submit(await awa.open(here), '/auction/', { minutes: '30', act: 'open' });
    const looked = await yao.submit(await yao.open(here), '/auction/', { amount: '6000', look: '1' });
    expect(looked.text).toContain('Vous recevriez 69 000 F CFA.');
    expect(looked.text).toContain('Chaque part paierait 2 000 F CFA de moins.');
    const low = await yao.submit(await yao.open(here), '/auction/', { amount: '100', act: 'bid', pin: PIN });
    expect(low.refusals).toHaveLength(1);
    const bid = await yao.submit(await yao.open(here), '/auction/', { amount: '6000', act: 'bid', pin: PIN });
    expect(bid.refusals).toEqual([]);
    await world.letPass(31 * MINUTE_MS);
    await awa.submit(await awa.open(here), '/auction/', { act: 'award' });
    const group = await awa.open(`/tontines/${id}/`);
    expect(group.text).toContain('Pour Yao');
    expect(group.text).toContain('sur 69 000 F CFA');
  });
});
