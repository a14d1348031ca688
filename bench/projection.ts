/**
 * Says from the results of a run what a country would need, and keeps what was measured apart from what is reasoned.
 *
 * Ten million wallets make some twenty million payments on a day and three thousand in the worst second. The figures of one
 * machine are multiplied, and nothing else: what does not multiply, such as the one writer of a ledger, says so.
 */
import { type Measured, median } from './measure.ts';

const PEAK_PER_SECOND = 3_000;
const PER_DAY = 20_000_000;
/** A recharge has two legs, a contribution one, with what a withdrawal sets aside and spends: three on the average. */
const TRANSFERS_PER_PAYMENT = 3;

type Cells = Readonly<Record<string, readonly Measured[]>>;

/** A table in Markdown, of the rows whose cells were measured; empty without any. */
export function projectionText(cells: Cells): string {
  const rows = [
    ...costRows(cells),
    ...shareRow(cells, 'lane-512-random', 'transfers of the ledger', PEAK_PER_SECOND * TRANSFERS_PER_PAYMENT),
    ...shareRow(cells, 'settle-burst', 'payments settled', PEAK_PER_SECOND),
    ...shareRow(cells, 'webhook-64', 'callbacks taken', PEAK_PER_SECOND),
    ...shareRow(cells, 'page-wallet', 'wallet pages, three a payment', PEAK_PER_SECOND * 3),
  ];
  if (rows.length === 0) return '';
  return ['', '| what | measured here | a country, reasoned |', '|---|---|---|', ...rows, ''].join('\n');
}

function costRows(cells: Cells): string[] {
  const cpu_s = figureOf(cells, 'cost-cpu');
  const wal_mb = figureOf(cells, 'cost-wal');
  const disk_mb = figureOf(cells, 'cost-disk');
  const rows: string[] = [];
  if (cpu_s !== undefined) {
    const cores = Math.ceil((cpu_s * PEAK_PER_SECOND) / 1000);
    rows.push(
      `| processor time | ${cpu_s.toFixed(1)} s a thousand recharges | ${cores} cores busy in the worst second |`,
    );
  }
  if (wal_mb !== undefined) {
    const mb_s = (wal_mb * PEAK_PER_SECOND) / 1000;
    rows.push(
      `| write-ahead log | ${wal_mb.toFixed(1)} MB a thousand | ${mb_s.toFixed(0)} MB/s in the worst second, to every standby |`,
    );
  }
  if (disk_mb !== undefined) {
    const gb_day = (disk_mb * PER_DAY) / 1000 / 1024;
    rows.push(`| disk | ${disk_mb.toFixed(1)} MB a thousand | ${gb_day.toFixed(0)} GB a day |`);
  }
  return rows;
}

/** How often the measured machine would have to be there for so much in a second. */
function shareRow(cells: Cells, cell: string, name: string, wanted: number): string[] {
  const rounds = cells[cell];
  if (rounds === undefined) return [];
  const perSecond = median(rounds.map((one) => one.perSecond));
  const times = wanted / perSecond;
  return [
    `| ${name} | ${Math.round(perSecond).toLocaleString('en')}/s (\`${cell}\`) | ${wanted.toLocaleString('en')}/s: ${times.toFixed(1)} × what was measured |`,
  ];
}

function figureOf(cells: Cells, name: string): number | undefined {
  return cells[name]?.at(-1)?.figure;
}
