/**
 * Draws the receipt of a deposit or a withdrawal as a PDF of A6, to keep or to print.
 *
 * The standard fonts of PDF know the signs of French and the unbreakable space U+00A0, and print U+202F as a slash
 * without a word: amounts come in the voice made for PDF. The QR code is drawn as squares, not as a picture.
 */
import { encode } from 'uqr';
import { type Locale, moneyText } from '../../../ground/money/money-text.ts';
import { formatDateTimeZone, wordsFor } from '../words/words.ts';
import type { ReceiptPageProps } from './receipt-page.tsx';

/** Points: a millimetre is 72 / 25.4 of them. */
const MARGIN = 24;
const GREEN = '#0e5a48';
const GREY = '#5b6662';
const INK = '#16201d';
const QR_SIDE = 92;

export async function drawReceipt(receipt: Omit<ReceiptPageProps, 'frame'>, locale: Locale): Promise<Buffer> {
  // Loaded by whoever wants the first one: reading fonts takes as long as a tenth of a start.
  const { default: PDFDocument } = await import('pdfkit');
  const document = new PDFDocument({
    size: 'A6',
    margin: MARGIN,
    info: {
      Title: `Tontine Pro ${receipt.reference}`,
      Author: 'Tontine Pro',
      CreationDate: receipt.createdAt,
    },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise<void>((resolve, reject) => {
    document.on('end', resolve);
    document.on('error', reject);
  });
  drawHead(document, receipt, locale);
  drawFacts(document, receipt, locale);
  drawProof(document, receipt, locale);
  document.end();
  await finished;
  return Buffer.concat(chunks);
}

type Receipt = Omit<ReceiptPageProps, 'frame'>;

function drawHead(document: PDFKit.PDFDocument, receipt: Receipt, locale: Locale): void {
  const words = wordsFor(locale);
  document.font('Helvetica-Bold').fontSize(13).fillColor(GREEN).text('Tontine Pro');
  document
    .font('Helvetica')
    .fontSize(9)
    .fillColor(GREY)
    .text(receipt.direction === 'in' ? words.receipt.title : words.receipt.payoutTitle);
  document.moveDown(0.6);
  const amount = receipt.credited ?? receipt.amount;
  document
    .font('Helvetica-Bold')
    .fontSize(22)
    .fillColor(INK)
    .text(moneyText(amount, 'pdf', locale));
  document.font('Helvetica-Bold').fontSize(10).fillColor(GREEN).text(pdfText(words.status[receipt.face]));
  document.moveDown(0.6);
  const y = document.y;
  document
    .moveTo(MARGIN, y)
    .lineTo(document.page.width - MARGIN, y)
    .lineWidth(0.7)
    .strokeColor('#c9d2ce')
    .stroke();
  document.y = y + 8;
}

function drawFacts(document: PDFKit.PDFDocument, receipt: Receipt, locale: Locale): void {
  const words = wordsFor(locale);
  const isIn = receipt.direction === 'in';
  const facts: (readonly [string, string | undefined])[] = [
    [words.facts.reference, receipt.reference],
    [isIn ? words.facts.amount : words.payoutFacts.amount, moneyText(receipt.amount, 'pdf', locale)],
    [words.facts.fee, receipt.fee && moneyText(receipt.fee, 'pdf', locale)],
    [words.payoutFacts.total, receipt.total && moneyText(receipt.total, 'pdf', locale)],
    [words.facts.credited, receipt.credited && moneyText(receipt.credited, 'pdf', locale)],
    [words.facts.method, words.methods[receipt.method]],
    [words.facts.phone, receipt.phoneText.replaceAll('•', '*')],
    [words.facts.asked, formatDateTimeZone(receipt.createdAt, locale)],
    [
      isIn ? words.facts.settled : words.payoutFacts.settled,
      receipt.settledAt && formatDateTimeZone(receipt.settledAt, locale),
    ],
    [words.facts.owner, receipt.ownerName],
  ];
  const width = document.page.width - 2 * MARGIN;
  for (const [name, value] of facts) {
    if (value === undefined) continue;
    const y = document.y;
    document
      .font('Helvetica')
      .fontSize(8)
      .fillColor(GREY)
      .text(pdfText(name), MARGIN, y, { width: width * 0.44 });
    document
      .font('Helvetica-Bold')
      .fillColor(INK)
      .text(pdfText(value), MARGIN + width * 0.44, y, { width: width * 0.56, align: 'right' });
    document.y = Math.max(document.y, y + 12) + 2;
  }
}

function drawProof(document: PDFKit.PDFDocument, receipt: Receipt, locale: Locale): void {
  const words = wordsFor(locale);
  const top = document.page.height - MARGIN - QR_SIDE;
  drawQr(document, receipt.checkUrl, MARGIN, top);
  const left = MARGIN + QR_SIDE + 12;
  const width = document.page.width - MARGIN - left;
  document
    .font('Helvetica')
    .fontSize(8)
    .fillColor(GREY)
    .text(pdfText(words.receipt.scan), left, top + 10, { width });
  document
    .fontSize(6)
    .text(receipt.checkUrl, left, document.y + 4, { width, height: 50, link: receipt.checkUrl });
}

function drawQr(document: PDFKit.PDFDocument, text: string, left: number, top: number): void {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const side = QR_SIDE / size;
  data.forEach((row, y) => {
    row.forEach((dark, x) => {
      // A hair wider than the cell, so that no white line appears between two of them.
      if (dark) document.rect(left + x * side, top + y * side, side + 0.05, side + 0.05);
    });
  });
  document.fill(INK);
}

/** The narrow space is the one sign of French that the standard fonts print wrongly. */
function pdfText(text: string): string {
  return text.replaceAll(/[\u202f\u2009]/g, '\u00a0');
}
