/**
 * Lets visitors do what every story of a tontine begins with: found a group, pass the code on, come in, start.
 */
import type { Page } from './page.ts';
import type { Visitor } from './visitor.ts';
import { PIN } from './withdrawals.ts';

export interface Founding {
  readonly name?: string;
  readonly amount?: string;
  readonly shares?: string;
  readonly order?: string;
  /** As `2026-04-05`; the first round. */
  readonly firstDay: string;
  readonly more?: Readonly<Record<string, string>>;
}

/** Answers the questions, looks at the dates, founds; the page of the group. */
export async function foundTontine(visitor: Visitor, founding: Founding): Promise<Page> {
  const preview = await visitor.submit(await visitor.open('/tontines/new/'), '/tontines/new/', {
    name: founding.name ?? 'Les Étoiles',
    amount: founding.amount ?? '25 000',
    shares: founding.shares ?? '3',
    order: founding.order ?? 'fixed',
    first_day: founding.firstDay,
    ...founding.more,
  });
  return await visitor.submit(preview, '/tontines/new/', { found: '1' });
}

export function groupIdOf(page: Page): string {
  const id = /\/tontines\/(grp_[0-9a-z]+)\//.exec(page.url)?.[1];
  if (id === undefined) throw new Error(`${page.url} is no page of a group: ${page.text.slice(0, 300)}`);
  return id;
}

/** The code that the group's page shows to those who may invite. */
export function invitationCodeOf(page: Page): string {
  const code = /<code>([0-9A-Z]{10})<\/code>/.exec(page.html)?.[1];
  if (code === undefined) throw new Error(`No code on ${page.url}: ${page.text.slice(0, 300)}`);
  return code;
}

/** Asks by the code; an officer lets them in. */
export async function joinTontine(
  visitor: Visitor,
  code: string,
  officer: Visitor,
  groupId: string,
): Promise<void> {
  const group = await visitor.submit(await visitor.open('/tontines/'), '/tontines/join/', { code });
  await visitor.submit(group, `/tontines/join/${code}/`);
  const members = await officer.open(`/tontines/${groupId}/members/`);
  await officer.submit(members, '/members/mem_', { act: 'approve' });
}

/** The membership of this name in a list of choices. */
export function memberIdOf(page: Page, name: string): string {
  const id = new RegExp(`value="(mem_[0-9a-z]+)"[^>]*>${name}<`).exec(page.html)?.[1];
  if (id === undefined) throw new Error(`${name} is not on ${page.url}`);
  return id;
}

/** Gives an office to a member, by the president. */
export async function giveOffice(
  president: Visitor,
  groupId: string,
  name: string,
  role: string,
): Promise<Page> {
  const members = await president.open(`/tontines/${groupId}/members/`);
  const [href = ''] = members.linksTo(name);
  return await president.submit(await president.open(href), '/members/', {
    act: 'grant-role',
    role,
    reason: 'Choisi par tous à la première réunion',
    pin: PIN,
  });
}
