/**
 * Says what a newcomer and a leaver owe one another when one takes the other's share.
 *
 * The newcomer takes all rights and all debts of the share, so the rest of the group does not notice: no due, no pot and
 * no claim changes. What passes between the two is what the share has given or taken so far.
 */

/** What a share has given and taken so far. */
export interface SharePosition {
  /** What the share has paid into pots and has not got back. */
  readonly paid: bigint;
  /** What it has received. */
  readonly received: bigint;
  /** Its caution, which stays in the group's fund and becomes the newcomer's. */
  readonly guarantee: bigint;
}

/** Who pays the other how much for a substitution to be fair. */
export interface BuyIn {
  readonly payer: 'newcomer' | 'leaver' | 'nobody';
  readonly amount: bigint;
}

/** Before its pot a share is worth what it paid, after it the newcomer is paid for the rounds still owed. */
export function buyInOf({ paid, received, guarantee }: SharePosition): BuyIn {
  const worth = paid + guarantee - received;
  if (worth === 0n) return { payer: 'nobody', amount: 0n };
  return worth > 0n ? { payer: 'newcomer', amount: worth } : { payer: 'leaver', amount: -worth };
}
