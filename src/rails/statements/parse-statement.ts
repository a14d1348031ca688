/**
 * Turns a statement file into lines, or says which line cannot be understood.
 *
 * A file is taken whole or not at all: a line that is skipped in silence is money that nobody explains. The columns are
 * found by their names, in French or English, in any order; nothing is guessed from a place. Amounts follow the same
 * grammar as the provider's own answers: no decimals of a franc, no exponent, no blanks.
 *
 * Refuses: `statement-empty`, `statement-too-large`, `statement-columns`, `statement-line`.
 */
import { type Currency, exponentOf, isCurrency } from '../../ground/money/currency.ts';
import { type Answer, accepted, type Refusal, refusal, refused } from '../../ground/refusal.ts';
import { type CsvRow, readCsv } from './read-csv.ts';
import { effectOf, type LineKind, lineHash, type StatementLine } from './statement.ts';

/** A month of a large host has some 100 000 lines of 100 bytes. */
const LARGEST_BYTES = 20 * 1024 * 1024;
const LARGEST_LINES = 200_000;

const COLUMNS = {
  date: ['date', 'created_at', 'completed_at', 'date_time'],
  type: ['type', 'operation', 'opération', 'kind'],
  reference: ['reference', 'référence', 'transaction_reference', 'order_id'],
  amount: ['amount', 'montant'],
  fee: ['fee', 'fee_amount', 'frais'],
  currency: ['currency', 'devise'],
} as const;
type Column = keyof typeof COLUMNS;

const KINDS: Readonly<Record<string, LineKind>> = {
  deposit: 'deposit',
  payin: 'deposit',
  dépôt: 'deposit',
  withdrawal: 'withdrawal',
  payout: 'withdrawal',
  retrait: 'withdrawal',
  'deposit-returned': 'deposit-returned',
  'payin-refund': 'deposit-returned',
  'dépôt-rendu': 'deposit-returned',
  'withdrawal-returned': 'withdrawal-returned',
  'payout-refund': 'withdrawal-returned',
  'retrait-rendu': 'withdrawal-returned',
  'own-transfer': 'own-transfer',
  topup: 'own-transfer',
  settlement: 'own-transfer',
  approvisionnement: 'own-transfer',
};

const EMPTY = refusal(
  'statement-empty',
  'invalid',
  'Ce relevé ne contient aucune ligne.',
  'This statement has no lines.',
);
const TOO_LARGE = refusal(
  'statement-too-large',
  'invalid',
  'Ce relevé est trop grand. Importez-le par périodes plus courtes.',
  'This statement is too large. Import it by shorter periods.',
);

export function parseStatement(bytes: Uint8Array): Answer<readonly StatementLine[]> {
  if (bytes.length > LARGEST_BYTES) return refused(TOO_LARGE);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refused(atLine(1, 'le fichier n’est pas en UTF-8', 'the file is not UTF-8'));
  }
  const rows = readCsv(text);
  if (rows === undefined)
    return refused(atLine(1, 'un guillemet n’est pas fermé', 'a quote is never closed'));
  const [heading, ...body] = rows;
  if (heading === undefined || body.length === 0) return refused(EMPTY);
  if (body.length > LARGEST_LINES) return refused(TOO_LARGE);
  const columns = findColumns(heading);
  if (!columns.ok) return columns;
  const lines: StatementLine[] = [];
  const copies = new Map<string, number>();
  for (const row of body) {
    const line = readLine(row, columns.value);
    if (!line.ok) return line;
    const hash = Buffer.from(lineHash(line.value)).toString('hex');
    const copy = (copies.get(hash) ?? 0) + 1;
    copies.set(hash, copy);
    lines.push({ ...line.value, copy });
  }
  return accepted(lines);
}

function findColumns({ fields }: CsvRow): Answer<ReadonlyMap<Column, number>> {
  const names = fields.map((field) => field.trim().toLowerCase());
  const found = new Map<Column, number>();
  for (const [column, words] of Object.entries(COLUMNS) as [Column, readonly string[]][]) {
    const place = names.findIndex((name) => words.includes(name));
    if (place >= 0) found.set(column, place);
  }
  const missing = (Object.keys(COLUMNS) as Column[]).filter((column) => !found.has(column));
  if (missing.length === 0) return accepted(found);
  const list = missing.join(', ');
  return refused(
    refusal(
      'statement-columns',
      'invalid',
      `Il manque des colonnes à ce relevé : ${list}.`,
      `Columns are missing in this statement: ${list}.`,
    ),
  );
}

function readLine({ line, fields }: CsvRow, columns: ReadonlyMap<Column, number>): Answer<StatementLine> {
  const word = (column: Column): string => fields[columns.get(column) ?? -1]?.trim() ?? '';
  const kind = KINDS[word('type').toLowerCase()];
  if (kind === undefined) return refused(atLine(line, 'type inconnu', 'unknown type'));
  const reference = word('reference');
  if (reference === '' || reference.length > 100)
    return refused(atLine(line, 'référence absente', 'no reference'));
  const currency = word('currency').toUpperCase();
  if (!isCurrency(currency) || exponentOf(currency) !== 0)
    return refused(atLine(line, 'devise inconnue', 'unknown currency'));
  const happenedAt = readInstant(word('date'));
  if (happenedAt === undefined) return refused(atLine(line, 'date illisible', 'unreadable date'));
  const amount = readFrancs(word('amount'), kind === 'own-transfer');
  const fee = readFrancs(word('fee') === '' ? '0' : word('fee'), false);
  if (amount === undefined || amount === 0n || fee === undefined)
    return refused(atLine(line, 'montant ou frais illisibles', 'unreadable amount or fee'));
  return lineOf({ line, kind, reference, currency, happenedAt, amount, fee });
}

function lineOf(read: {
  readonly line: number;
  readonly kind: LineKind;
  readonly reference: string;
  readonly currency: Currency;
  readonly happenedAt: Date;
  readonly amount: bigint;
  readonly fee: bigint;
}): Answer<StatementLine> {
  const { line, kind, amount, fee, ...rest } = read;
  const size = amount < 0n ? -amount : amount;
  if (kind !== 'own-transfer' && fee > size)
    return refused(atLine(line, 'les frais dépassent le montant', 'the fee exceeds the amount'));
  const effect = kind === 'own-transfer' ? amount - fee : effectOf(kind, amount, fee);
  return accepted({ ...rest, place: line, kind, amount: size, fee, effect, copy: 1 });
}

const FRANCS = /^(-?)([0-9]{1,15})(?:\.0{1,2})?$/;

function readFrancs(text: string, mayBeNegative: boolean): bigint | undefined {
  const read = FRANCS.exec(text);
  if (read === null || (read[1] === '-' && !mayBeNegative)) return undefined;
  return BigInt(`${read[1]}${read[2]}`);
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)\s*(Z|[+-]\d{2}:\d{2})?)?$/;

/** Without a zone it is UTC: the time of Abidjan, Dakar, Bamako, Lomé. */
function readInstant(text: string): Date | undefined {
  const read = INSTANT.exec(text);
  if (read === null) return undefined;
  const instant = new Date(`${read[1]}T${read[2] ?? '00:00'}${read[3] ?? 'Z'}`);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

function atLine(line: number, fr: string, en: string): Refusal {
  return refusal(
    'statement-line',
    'invalid',
    `Ligne ${line} : ${fr}. Rien n’a été importé.`,
    `Line ${line}: ${en}. Nothing was imported.`,
  );
}
