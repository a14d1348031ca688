/**
 * Draws the minutes of a meeting as a PDF of A4: who was there, what was decided, the totals, each box, room to sign.
 *
 * The figures are those kept with the meeting: the sheet that is signed and the books say the same. The standard fonts
 * of PDF print every sign of French but the narrow space.
 */
import PDFDocument from 'pdfkit';
import { money } from '../../../../ground/money/money.ts';
import { type Locale, moneyText } from '../../../../ground/money/money-text.ts';
import type { Minutes, MinutesTotals } from '../../../../tontine/meetings/minutes.ts';
import { formatDay } from '../../words/day-text.ts';
import { wordsFor } from '../../words/words.ts';

type Document = PDFKit.PDFDocument;

/** Points: a millimetre is 72 / 25.4 of them. */
const MARGIN = 50;
const GREEN = '#0e5a48';
const GREY = '#5b6662';
const INK = '#16201d';

const TOTALS: readonly (keyof MinutesTotals)[] = [
  'contributionsWallet',
  'contributionsCash',
  'payoutsWallet',
  'payoutsCash',
  'finesLevied',
  'stillDue',
  'boxes',
];

export async function drawMinutes(minutes: Minutes, locale: Locale): Promise<Buffer> {
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    info: {
      Title: `${minutes.groupName} ${minutes.heldOn}`,
      Author: 'Tontine Pro',
      CreationDate: minutes.closedAt ?? minutes.openedAt,
    },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise<void>((resolve, reject) => {
    document.on('end', resolve);
    document.on('error', reject);
  });
  drawHead(document, minutes, locale);
  drawPeople(document, minutes, locale);
  drawSums(document, minutes, locale);
  drawSignatures(document, locale);
  document.end();
  await finished;
  return Buffer.concat(chunks);
}

function drawHead(document: Document, minutes: Minutes, locale: Locale): void {
  const words = wordsFor(locale).tontines.minutes;
  document.font('Helvetica-Bold').fontSize(11).fillColor(GREEN).text('Tontine Pro');
  document
    .fontSize(20)
    .fillColor(INK)
    .text(printed(`${words.title} · ${minutes.groupName}`));
  const parts = [
    words.heldOn(formatDay(minutes.heldOn, locale)),
    ...(minutes.round === null ? [] : [words.round(minutes.round)]),
    ...(minutes.venue === null ? [] : [`${words.venue} : ${minutes.venue}`]),
  ];
  document
    .font('Helvetica')
    .fontSize(11)
    .fillColor(GREY)
    .text(printed(parts.join(' · ')));
  if (minutes.closedAt === null) document.fillColor('#a1261c').text(printed(words.open));
}

function drawPeople(document: Document, minutes: Minutes, locale: Locale): void {
  const { minutes: words, meeting } = wordsFor(locale).tontines;
  title(document, words.presences);
  for (const { name, presence } of minutes.presences) line(document, name, meeting.presences[presence]);
  title(document, words.decisions);
  const decisions = minutes.decisions.length === 0 ? [words.none] : minutes.decisions;
  for (const decision of decisions) {
    document
      .font('Helvetica')
      .fontSize(10)
      .fillColor(INK)
      .text(printed(`• ${decision}`), { paragraphGap: 3 });
  }
}

function drawSums(document: Document, minutes: Minutes, locale: Locale): void {
  const { minutes: words, funds } = wordsFor(locale).tontines;
  const text = (amount: bigint): string => moneyText(money(amount, minutes.currency), 'pdf', locale);
  title(document, words.totals);
  for (const name of TOTALS) line(document, words[name], text(minutes.totals[name]));
  title(document, words.funds);
  for (const { fund, wallet, cash } of minutes.funds) {
    line(
      document,
      funds[fund],
      `${text(wallet + cash)}${cash === 0n ? '' : ` (${funds.inCash(text(cash))})`}`,
    );
  }
  for (const box of minutes.boxes) {
    title(document, words.box(box.name));
    const moved = words.boxLine(text(box.opening), text(box.cameIn), text(box.wentOut));
    line(document, moved, words.counted(text(box.counted)));
    if (box.variance !== 0n) line(document, box.explanation ?? '', words.variance(text(box.variance)));
  }
}

function drawSignatures(document: Document, locale: Locale): void {
  const names = wordsFor(locale).tontines.minutes.signatures.split(',');
  if (document.y > document.page.height - MARGIN - 90) document.addPage();
  const top = document.y + 60;
  const width = (document.page.width - 2 * MARGIN) / names.length;
  names.forEach((name, place) => {
    const left = MARGIN + place * width;
    document
      .moveTo(left, top)
      .lineTo(left + width - 16, top)
      .lineWidth(0.7)
      .strokeColor(GREY)
      .stroke();
    document
      .font('Helvetica')
      .fontSize(9)
      .fillColor(GREY)
      .text(printed(name), left, top + 4, { width });
  });
}

function title(document: Document, text: string): void {
  document.moveDown(0.8);
  document.font('Helvetica-Bold').fontSize(12).fillColor(GREEN).text(printed(text), MARGIN);
  document.moveDown(0.2);
}

function line(document: Document, name: string, value: string): void {
  // Half a page would otherwise begin in the middle of a line of two texts.
  if (document.y > document.page.height - MARGIN - 20) document.addPage();
  const width = document.page.width - 2 * MARGIN;
  const y = document.y;
  document
    .font('Helvetica')
    .fontSize(10)
    .fillColor(INK)
    .text(printed(name), MARGIN, y, { width: width * 0.6 });
  const below = document.y;
  document
    .font('Helvetica-Bold')
    .text(printed(value), MARGIN + width * 0.6, y, { width: width * 0.4, align: 'right' });
  document.y = Math.max(below, document.y) + 2;
  document.x = MARGIN;
}

function printed(text: string): string {
  return text.replaceAll(/[\u202f\u2009]/g, '\u00a0');
}
