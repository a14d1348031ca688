/**
 * Opens the wallet: the balance, what is on its way, the last movements.
 */
import type { FastifyInstance } from 'fastify';
import { accountKind } from '../../../ground/ledger/account.ts';
import type { StatementLine } from '../../../ground/ledger/statement.ts';
import { money } from '../../../ground/money/money.ts';
import type { Payment } from '../../../rails/payments/payment.ts';
import { listContributions } from '../../../tontine/rounds/contribution.rows.ts';
import { readOverview, type WalletOverview } from '../../../wallet/overview.ts';
import type { Assets } from '../assets.ts';
import { given } from '../given.ts';
import { paths } from '../paths.ts';
import { paymentFace } from '../payment-face.ts';
import { sendPage } from '../send-page.ts';
import { requireSignIn, signedInOf } from '../signed-in.ts';
import { frameOf } from '../visitor.ts';
import type { WebDoor } from '../web-door.ts';
import type { Movement, MovementKind } from './movements.tsx';
import { WalletPage } from './page.tsx';

export function registerWallet(app: FastifyInstance, door: WebDoor, assets: Assets): void {
  app.get(paths.wallet, { onRequest: requireSignIn }, async (request, reply) => {
    const { person } = signedInOf(request);
    const overview = await readOverview(door.db, person);
    const receipts = await contributionReceipts(door, overview);
    const page = (
      <WalletPage
        frame={frameOf(request, reply, door, assets)}
        {...given({ name: person.displayName })}
        available={overview.available}
        balance={overview.balance}
        onTheWay={money(sumOf(overview), overview.currency)}
        pending={newestFirst([...overview.incoming, ...overview.outgoing]).map((payment) => ({
          paymentId: payment.id,
          amount: money(payment.amount, payment.currency),
          method: payment.method,
          direction: payment.direction,
          face: paymentFace(payment),
          createdAt: payment.createdAt,
        }))}
        movements={overview.movements.map((line) => toMovement(line, overview, receipts))}
      />
    );
    return await sendPage(reply, page);
  });
}

function newestFirst(payments: readonly Payment[]): Payment[] {
  return payments.toSorted((left, right) => right.createdAt.getTime() - left.createdAt.getTime());
}

function sumOf(overview: WalletOverview): bigint {
  return overview.incoming.reduce((sum, payment) => sum + payment.wantedCredit, 0n);
}

/** Where the proof of each contribution among the movements is, by its reference. */
async function contributionReceipts(door: WebDoor, overview: WalletOverview): Promise<Map<string, string>> {
  const references = overview.movements.flatMap(({ journalKind, reference }) =>
    journalKind === 'tontine.contributed' && reference !== undefined ? [reference] : [],
  );
  const contributions = await listContributions(door.db, references);
  return new Map(contributions.map(({ id, groupId }) => [id, paths.tontineContribution(groupId, id)]));
}

function toMovement(
  line: StatementLine,
  overview: WalletOverview,
  receipts: ReadonlyMap<string, string>,
): Movement {
  const reference = line.reference ?? '';
  const payment = overview.payments.get(reference);
  return {
    id: String(line.seq),
    kind: kindOf(line),
    at: line.occurredAt,
    amount: money(line.amount, overview.currency),
    balanceAfter: money(line.balance, overview.currency),
    ...given({
      method: payment?.method,
      href: (payment && paths.receipt(payment.id)) ?? receipts.get(reference),
    }),
  };
}

function kindOf({ journalKind, counterpart }: StatementLine): MovementKind {
  switch (journalKind) {
    case 'deposit.settled':
    case 'deposit.second-credited':
      return 'deposit';
    case 'deposit.reversed':
    case 'deposit.second-reversed':
      return 'reversal';
    case 'withdrawal.paid':
      return accountKind(counterpart) === 'fees-platform' ? 'fee' : 'withdrawal';
    case 'withdrawal.returned':
      return 'giveBack';
    case 'tontine.contributed':
      return 'contribution';
    case 'tontine.paid-out':
      return 'pot';
    case 'tontine.aid-granted':
      return 'aid';
    case 'tontine.credit-returned':
    case 'tontine.guarantee-returned':
    case 'tontine.refunded':
      return 'groupBack';
    case 'tontine.shared-out':
      return 'shareOut';
    case 'tontine.exchanged':
      return 'exchange';
    case 'tontine.share-sold':
      return 'share';
    default:
      return 'correction';
  }
}
