/**
 * Opens the wallet: the balance, what is on its way, the last movements.
 */
import type { FastifyInstance } from 'fastify';
import type { StatementLine } from '../../../ground/ledger/statement.ts';
import { money } from '../../../ground/money/money.ts';
import { readOverview, type WalletOverview } from '../../../wallet/overview.ts';
import type { Assets } from '../assets.ts';
import { depositFace } from '../deposit-face.ts';
import { given } from '../given.ts';
import { paths } from '../paths.ts';
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
    const page = (
      <WalletPage
        frame={frameOf(request, reply, door, assets)}
        {...given({ name: person.displayName })}
        available={overview.available}
        balance={overview.balance}
        onTheWay={money(sumOf(overview), overview.currency)}
        pending={overview.incoming.map((payment) => ({
          paymentId: payment.id,
          amount: money(payment.amount, payment.currency),
          method: payment.method,
          face: depositFace(payment),
          createdAt: payment.createdAt,
        }))}
        movements={overview.movements.map((line) => toMovement(line, overview))}
      />
    );
    return await sendPage(reply, page);
  });
}

function sumOf(overview: WalletOverview): bigint {
  return overview.incoming.reduce((sum, payment) => sum + payment.wantedCredit, 0n);
}

function toMovement(line: StatementLine, overview: WalletOverview): Movement {
  const payment = overview.payments.get(line.reference ?? '');
  return {
    id: String(line.seq),
    kind: kindOf(line.journalKind),
    at: line.occurredAt,
    amount: money(line.amount, overview.currency),
    balanceAfter: money(line.balance, overview.currency),
    ...given({ method: payment?.method, href: payment && paths.receipt(payment.id) }),
  };
}

function kindOf(journalKind: string): MovementKind {
  if (journalKind === 'deposit.settled') return 'deposit';
  return journalKind === 'deposit.reversed' ? 'reversal' : 'correction';
}
