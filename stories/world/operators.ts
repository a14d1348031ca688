/**
 * Lets the demo's operators into the console, code of their authenticator included.
 */
import { DEMO_PEOPLE } from '../../src/people/demo-people.ts';
import type { Page } from './page.ts';
import { logInBySms } from './people.ts';
import type { Visitor } from './visitor.ts';
import type { World } from './world.ts';

export type OperatorName = 'Opératrice' | 'Comptable' | 'Trésorière' | 'Administrateur';

/** Browsers that are inside already: a code works once, so nobody enters twice in half a minute. */
const inside = new WeakMap<World, Map<OperatorName, Visitor>>();

/** A browser in which this operator has entered the console; the same one each time. */
export async function enterAs(world: World, name: OperatorName): Promise<Visitor> {
  const known = inside.get(world) ?? new Map<OperatorName, Visitor>();
  inside.set(world, known);
  const visitor = known.get(name) ?? (await enter(world, name));
  known.set(name, visitor);
  return visitor;
}

async function enter(world: World, name: OperatorName): Promise<Visitor> {
  const person = DEMO_PEOPLE.find((one) => one.name === name);
  if (person === undefined) throw new Error(`${name} does not work here`);
  const visitor = world.visitor();
  await logInBySms(visitor, person.phone);
  const entered = await proveFactor(visitor, await visitor.open('/console/'));
  if (entered.url.includes('second-factor')) throw new Error(`${name} was not let in: ${entered.text}`);
  return visitor;
}

/** Types the code that the demo shows in place of an authenticator. */
export async function proveFactor(visitor: Visitor, page: Page): Promise<Page> {
  const code = /(\d{3}) (\d{3})(?=<\/p>)/.exec(page.html);
  return await visitor.submit(page, '/console/second-factor/', { code: `${code?.[1]}${code?.[2]}` });
}
