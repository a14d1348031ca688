/**
 * States what must be true after every single step, whatever went wrong before it.
 *
 * Each check gives sentences, one per violation, and reads nothing but the rows and the provider's truth: it asks none
 * of the code that it judges. What may differ for a while (a payment that is under way, one that people must decide)
 * is not forgiven but named.
 */
import type { BookedPayment, BookedTransfer, Books } from './books.rows.ts';
import { idsAreDerived } from './derived-ids.ts';
import type { ProviderTruth, TrueTransaction } from './provider-truth.ts';
import { checkSeconds } from './second-payment-checks.ts';

export function checkBooks(books: Books, truth: ProviderTruth): string[] {
  const byReference = groupByReference(books.transfers);
  return [
    ...sumsAreZero(books),
    ...accountsFollowFromTheJournal(books),
    ...nobodySpendsWhatIsNotThere(books),
    ...transfersBelong(books),
    ...books.payments.flatMap((payment) => {
      const own = byReference.get(payment.reference) ?? [];
      return [
        ...happensOnce(payment, own),
        ...stateAndLedgerAgree(payment, own),
        ...idsAreDerived(payment, own, about(truth, payment.reference)),
        ...wasTrueOnce(payment, own, truth),
        ...movesOn(payment, books),
        ...checkSeconds(payment, own, books),
      ];
    }),
    ...oneTransactionOnePayment(books),
    ...neverSentTwice(books, truth),
  ];
}

export function groupByReference(transfers: readonly BookedTransfer[]): Map<string, BookedTransfer[]> {
  const groups = new Map<string, BookedTransfer[]>();
  for (const transfer of transfers) {
    const key = transfer.reference ?? '';
    groups.set(key, [...(groups.get(key) ?? []), transfer]);
  }
  return groups;
}

/** I1: in every currency what was debited equals what was credited, for good and in holds apart. */
function sumsAreZero({ accounts }: Books): string[] {
  return [...new Set(accounts.map((account) => account.currency))].flatMap((currency) => {
    const own = accounts.filter((account) => account.currency === currency);
    const posted = own.reduce((sum, one) => sum + one.debitsPosted - one.creditsPosted, 0n);
    const pending = own.reduce((sum, one) => sum + one.debitsPending - one.creditsPending, 0n);
    return posted === 0n && pending === 0n
      ? []
      : [`${currency} does not sum to zero: ${posted}, held ${pending}`];
  });
}

/** Every account holds what the journal says when it is replayed from its first row. */
function accountsFollowFromTheJournal({ accounts, transfers }: Books): string[] {
  const resolved = new Set(transfers.flatMap((transfer) => transfer.pendingId ?? []));
  const replayed = new Map<string, [bigint, bigint, bigint, bigint]>();
  const add = (account: string, place: 0 | 1 | 2 | 3, amount: bigint): void => {
    const sums = replayed.get(account) ?? [0n, 0n, 0n, 0n];
    sums[place] += amount;
    replayed.set(account, sums);
  };
  for (const { kind, id, debit, credit, amount } of transfers) {
    if (kind === 'single' || kind === 'post') {
      add(debit, 0, amount);
      add(credit, 1, amount);
    } else if (kind === 'pending' && !resolved.has(id)) {
      add(debit, 2, amount);
      add(credit, 3, amount);
    }
  }
  return accounts.flatMap((account) => {
    const told = [account.debitsPosted, account.creditsPosted, account.debitsPending, account.creditsPending];
    const sums = replayed.get(account.id) ?? [0n, 0n, 0n, 0n];
    return told.join() === sums.join()
      ? []
      : [`${account.id} says ${told.join(' ')}, its journal ${sums.join(' ')}`];
  });
}

/** I2: nobody spends what is not there. */
function nobodySpendsWhatIsNotThere({ accounts }: Books): string[] {
  return accounts
    .filter((one) => one.limited && one.creditsPosted - one.debitsPosted - one.debitsPending < 0n)
    .map((one) => `${one.id} is below zero`);
}

function transfersBelong({ transfers, payments }: Books): string[] {
  const known = new Set(payments.map((payment) => payment.reference));
  return transfers
    .filter((transfer) => !transfer.journalKind.startsWith('tontine.'))
    .filter((transfer) => transfer.reference === undefined || !known.has(transfer.reference))
    .map((transfer) => `transfer ${transfer.id} belongs to no payment`);
}

function journalsOf(own: readonly BookedTransfer[], kind: string): number {
  return new Set(own.filter((one) => one.journalKind === kind).map((one) => one.journal)).size;
}

/** I3: at most one credit of a deposit, and at most one of pay and release of a withdrawal. */
function happensOnce(payment: BookedPayment, own: readonly BookedTransfer[]): string[] {
  const once = (kinds: readonly string[]): string[] => {
    const times = kinds.reduce((sum, kind) => sum + journalsOf(own, kind), 0);
    return times <= 1 ? [] : [`${payment.reference}: ${kinds.join(' or ')} happened ${times} times`];
  };
  return [
    ...once(['deposit.settled', 'deposit.resolved-paid', 'deposit.resolved-failed']),
    ...once(['deposit.reversed']),
    ...once(['withdrawal.held']),
    ...once(['withdrawal.paid', 'withdrawal.released']),
    ...once(['withdrawal.paid-after-release']),
    ...once(['withdrawal.returned']),
    ...once(['withdrawal.provider-fee']),
  ];
}

/** Entries of the wallet that the payment's own row does not count. */
const OTHER_MONEY = new Set(['deposit.reversed', 'deposit.second-credited']);

/** What the payment's row says has happened in the ledger, and nothing else has. */
function stateAndLedgerAgree(payment: BookedPayment, own: readonly BookedTransfer[]): string[] {
  const has = (kind: string): boolean => own.some((one) => one.journalKind === kind);
  const { state, reference } = payment;
  const expect = (kind: string, wanted: boolean): string[] =>
    has(kind) === wanted ? [] : [`${reference} is ${state} and ${wanted ? 'lacks' : 'has'} ${kind}`];
  if (payment.direction === 'in') {
    const arrived = state === 'succeeded' || state === 'reversed';
    const resolved = has('deposit.resolved-paid');
    const credited = own
      .filter((one) => one.credit === payment.account && !OTHER_MONEY.has(one.journalKind))
      .reduce((sum, one) => sum + one.amount, 0n);
    return [
      ...(resolved ? [] : expect('deposit.settled', arrived)),
      ...expect('deposit.reversed', state === 'reversed'),
      ...(credited === (arrived ? payment.credited : 0n)
        ? []
        : [`${reference}: ${credited} entered the wallet, the row says ${payment.credited}`]),
    ];
  }
  const late = payment.reason === 'paid-after-release';
  const held = own.filter((one) => one.journalKind === 'withdrawal.held' && one.debit === payment.account);
  const reserved = held.reduce((sum, one) => sum + one.amount, 0n);
  const arrived = state === 'succeeded' || state === 'reversed';
  return [
    ...(reserved === payment.amount + payment.quotedFee
      ? []
      : [`${reference} holds ${reserved} for ${payment.amount} and its fee ${payment.quotedFee}`]),
    ...expect('withdrawal.paid', arrived && !late),
    // Before people it may be either: a failure may be followed by a success of another amount.
    ...(state === 'review'
      ? []
      : expect('withdrawal.released', state === 'failed' || state === 'cancelled' || (arrived && late))),
    ...expect('withdrawal.returned', state === 'reversed'),
    ...expect('withdrawal.paid-after-release', arrived && late),
  ];
}

export function about(truth: ProviderTruth, reference: string): TrueTransaction[] {
  return truth.transactions.filter((one) => one.about === reference);
}

/** What the payment did to the float, by currency. */
export function floatEffects(payment: BookedPayment, own: readonly BookedTransfer[]): Map<string, bigint> {
  const effects = new Map<string, bigint>();
  for (const { kind, debit, credit, amount } of own) {
    if (kind !== 'single' && kind !== 'post') continue;
    for (const [account, sign] of [
      [debit, 1n],
      [credit, -1n],
    ] as const) {
      if (!account.startsWith(`float:${payment.provider}:`)) continue;
      const currency = account.slice(-3);
      effects.set(currency, (effects.get(currency) ?? 0n) + sign * amount);
    }
  }
  return effects;
}

/**
 * I4, at every step: what a payment did to the float was the truth at some time, or nothing yet. A payment that people
 * look at may carry what the provider claimed; a pay-out that people closed may lack the provider's fee.
 */
function wasTrueOnce(payment: BookedPayment, own: readonly BookedTransfer[], truth: ProviderTruth): string[] {
  if (payment.state === 'review') return [];
  const claimed = own.some((one) => one.journalKind === 'deposit.resolved-failed');
  return [...floatEffects(payment, own)].flatMap(([currency, effect]) => {
    if (effect === 0n && (claimed || payment.state !== 'succeeded')) return [];
    const possible = possibleEffects(
      about(truth, payment.reference),
      currency,
      payment.reason === 'resolved' || payment.calledPaid,
    );
    return possible.has(effect)
      ? []
      : [
          `${payment.reference} moved the float by ${effect} ${currency}, and the provider never did (${[...possible].join(', ')})`,
        ];
  });
}

function possibleEffects(
  transactions: readonly TrueTransaction[],
  currency: string,
  resolved: boolean,
): Set<bigint> {
  let sums = new Set<bigint>([0n]);
  for (const one of transactions) {
    if (one.movedCurrency !== currency) continue;
    const withoutFee = one.direction === 'out' && resolved ? [-one.moved] : [];
    const next = new Set<bigint>();
    for (const sum of sums) for (const effect of [0n, ...one.effects, ...withoutFee]) next.add(sum + effect);
    sums = next;
  }
  return sums;
}

const FINAL = new Set(['succeeded', 'failed', 'expired', 'cancelled', 'reversed']);

/** I5: whatever is not final has somebody who will move it on: a moment, an instruction, or two people. */
function movesOn(payment: BookedPayment, books: Books): string[] {
  const { state, reference } = payment;
  const command = books.commands.find((one) => one.payment === payment.id);
  if (FINAL.has(state)) return command === undefined ? [] : [`${reference} is ${state} and still to be sent`];
  if (state === 'review') {
    const review = books.reviews.find((one) => one.payment === payment.id);
    return review === undefined ? [`${reference} is under review and nobody is told`] : [];
  }
  if (state === 'created' || state === 'submitting') {
    const wanted = state === 'created' ? 'waiting' : 'sending';
    return command?.state === wanted
      ? []
      : [`${reference} is ${state} and its instruction ${command?.state}`];
  }
  return payment.nextActionAt === undefined ? [`${reference} is ${state} and nobody looks again`] : [];
}

/** One transaction of the provider settles one payment of ours, never two. */
function oneTransactionOnePayment({ payments }: Books): string[] {
  const seen = new Set<string>();
  return payments.flatMap(({ reference, providerReference }) => {
    if (providerReference === undefined) return [];
    if (seen.has(providerReference))
      return [`${reference} claims ${providerReference}, as another payment does`];
    seen.add(providerReference);
    return [];
  });
}

/** A withdrawal is never executed twice: no fault on the way may make two orders of one. */
function neverSentTwice({ payments }: Books, truth: ProviderTruth): string[] {
  return payments
    .filter((payment) => payment.direction === 'out')
    .flatMap(({ reference }) => {
      const times = about(truth, reference).length;
      return times <= 1 ? [] : [`${reference} was executed ${times} times at the provider`];
    });
}
