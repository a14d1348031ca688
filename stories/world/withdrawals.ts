/**
 * Lets a visitor take money out: choose a PIN, fill the form, prove that it is them.
 */
import type { Page } from './page.ts';
import { logInBySms, topUp, waitFor } from './people.ts';
import type { Visitor } from './visitor.ts';
import type { World } from './world.ts';

export const PIN = '7391';

/** A number that pays every recharge at once, another one each time: one phone is asked three times at most. */
let payers = 0;
function nextPayer(): string {
  payers += 1;
  return `+2250747${String(payers).padStart(2, '0')}0001`;
}

/** Somebody whose own number is `phone`, with money in the wallet (98.5 % of `amount`) and a first PIN. */
export async function memberWithMoney(world: World, phone: string, amount: string): Promise<Visitor> {
  const visitor = world.visitor();
  await logInBySms(visitor, phone);
  const waiting = await topUp(visitor, { phone: nextPayer(), method: 'wave', amount });
  await waitFor(visitor, waiting, 'Recharge réussie');
  await choosePin(visitor, await visitor.open('/profile/'), PIN);
  return visitor;
}

/** On the profile's page; `current` when there is a PIN already. */
export async function choosePin(
  visitor: Visitor,
  profile: Page,
  pin: string,
  current?: string,
): Promise<Page> {
  const proof = current === undefined ? {} : { current_pin: current };
  return await visitor.submit(profile, '/profile/pin/', { pin, pin_again: pin, ...proof });
}

export interface WithdrawalWish {
  readonly phone: string;
  readonly amount: string;
  readonly method?: string;
}

/** From the form to the page that asks for the proof, or to the form again with its refusals. */
export async function fillWithdrawal(visitor: Visitor, wish: WithdrawalWish): Promise<Page> {
  const { phone, amount, method = 'wave' } = wish;
  return await visitor.submit(await visitor.open('/wallet/withdraw/'), '/wallet/withdraw/', {
    phone,
    method,
    amount,
  });
}

/** From the form to the withdrawal's own page, for a number that needs no code. */
export async function withdraw(visitor: Visitor, wish: WithdrawalWish): Promise<Page> {
  return await provePin(visitor, await fillWithdrawal(visitor, wish), PIN);
}

export async function provePin(visitor: Visitor, confirmation: Page, pin: string): Promise<Page> {
  return await visitor.submit(confirmation, '/confirm/', { pin });
}

/** The withdrawal's id in the address of its page. */
export function withdrawalIdOf(page: Page): string {
  const id = /\/wallet\/withdraw\/(pay_[0-9a-z]+)\//.exec(page.url)?.[1];
  if (id === undefined) throw new Error(`${page.url} is no page of a withdrawal: ${page.text.slice(0, 300)}`);
  return id;
}
