/**
 * Draws the minutes of a meeting as a PDF of A4, to be printed, read aloud and signed by two.
 *
 * Every figure comes from the minutes of the tontine floor; nothing is added up here, so the sheet cannot say anything
 * else than the books. Names and decisions may be long, and groups large: whatever does not fit goes on a next page.
 */
import type { Currency } from '../../../../ground/money/currency.ts';
import { money } from '../../../../ground/money/money.ts';
import { type Locale, moneyText } from '../../../../ground/money/money-text.ts';
import type { Minutes, MinutesTotals } from '../../../../tontine/meetings/minutes.ts';
import { enMinutes } from '../../words/en-minutes.ts';
import { frMinutes, type MinutesWords } from '../../words/fr-minutes.ts';
import { frenchTypography, mapTexts } from '../../words/french-typography.ts';
import { formatDate, formatDateTimeZone } from '../../words/words.ts';

/** Points: a millimetre is 72 / 25.4 of them. */
const MARGIN = 48;
const ROW = 15;
const GREEN = '#0e5a48';
const GREY = '#5b6662';
const INK = '#16201d';
const LINE = '#c9d2ce';

const WORDS: Readonly<Record<Locale, MinutesWords>> = {
  fr: mapTexts(frMinutes, frenchTypography),
  en: enMinutes,
};

type Sheet = PDFKit.PDFDocument;

export async function drawMinutes(minutes: Minutes, locale: Locale): Promise<Buffer> {
  const words = WORDS[locale];
  // Loaded by whoever wants the first one, as in `receipt-pdf.ts`.
  const { default: PDFDocument } = await import('pdfkit');
  const sheet = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    info: {
      Title: `${minutes.groupName} ${minutes.heldOn}`,
      Author: 'Tontine Pro',
      CreationDate: minutes.closedAt ?? minutes.openedAt,
    },
  });
  const chunks: Buffer[] = [];
  sheet.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise<void>((resolve, reject) => {
    sheet.on('end', resolve);
    sheet.on('error', reject);
  });
  drawHead(sheet, minutes, words, locale);
  drawPresences(sheet, minutes, words);
  drawMoney(sheet, minutes, words, locale);
  drawBoxes(sheet, minutes, words, locale);
  drawFunds(sheet, minutes, words, locale);
  drawDecisions(sheet, minutes, words);
  drawSignatures(sheet, words);
  drawPageNumbers(sheet, words);
  sheet.end();
  await finished;
  return Buffer.concat(chunks);
}

function drawHead(sheet: Sheet, minutes: Minutes, words: MinutesWords, locale: Locale): void {
  const { timeZone, openedAt, closedAt } = minutes;
  sheet.font('Helvetica-Bold').fontSize(11).fillColor(GREEN).text('Tontine Pro');
  sheet.fontSize(20).fillColor(INK).text(pdfText(minutes.groupName));
  sheet.fontSize(13).text(pdfText(words.title));
  if (closedAt === null) sheet.fontSize(10).fillColor('#8a4b00').text(pdfText(words.draft));
  const day = formatDate(new Date(`${minutes.heldOn}T12:00:00Z`), locale);
  const facts = [
    words.heldOn(day),
    ...(minutes.round === null ? [] : [words.round(minutes.round)]),
    ...(minutes.venue === null ? [] : [minutes.venue]),
  ];
  sheet
    .font('Helvetica')
    .fontSize(10)
    .fillColor(GREY)
    .text(pdfText(facts.join(' · ')));
  const times = [
    `${words.opened} : ${formatDateTimeZone(openedAt, locale, timeZone)}`,
    ...(closedAt === null ? [] : [`${words.closed} : ${formatDateTimeZone(closedAt, locale, timeZone)}`]),
  ];
  sheet.text(pdfText(times.join(' · ')));
}

function drawPresences(sheet: Sheet, { presences }: Minutes, words: MinutesWords): void {
  heading(sheet, words.presences);
  const there = presences.filter(
    ({ presence }) => presence === 'present' || presence === 'represented',
  ).length;
  paragraph(sheet, words.counted(there, presences.length), GREY);
  const columns = 3;
  const width = widthOf(sheet) / columns;
  for (let row = 0; row < presences.length; row += columns) {
    const cells = presences.slice(row, row + columns);
    drawRow(
      sheet,
      cells.map(({ name, presence }) => ({ text: `${name} – ${words.presence[presence]}`, width })),
    );
  }
}

const TOTALS: readonly (keyof MinutesTotals)[] = [
  'contributionsWallet',
  'contributionsCash',
  'payoutsWallet',
  'payoutsCash',
  'finesLevied',
  'stillDue',
  'boxes',
];

function drawMoney(sheet: Sheet, minutes: Minutes, words: MinutesWords, locale: Locale): void {
  heading(sheet, words.money);
  const width = widthOf(sheet);
  for (const name of TOTALS) {
    drawRow(sheet, [
      { text: words.totals[name], width: width * 0.6 },
      { text: amount(minutes.totals[name], minutes.currency, locale), width: width * 0.4, isNumber: true },
    ]);
  }
  paragraph(sheet, words.sameAsBooks, GREY);
}

function drawBoxes(sheet: Sheet, minutes: Minutes, words: MinutesWords, locale: Locale): void {
  heading(sheet, words.boxes);
  const { boxes, currency } = minutes;
  if (boxes.length === 0) {
    paragraph(sheet, words.noBox, INK);
    return;
  }
  const columns = ['opening', 'cameIn', 'wentOut', 'counted', 'variance'] as const;
  const name = widthOf(sheet) * 0.2;
  const width = (widthOf(sheet) - name) / columns.length;
  drawRow(
    sheet,
    [
      { text: '', width: name },
      ...columns.map((column) => ({ text: words.box[column], width, isNumber: true })),
    ],
    GREY,
  );
  for (const box of boxes) {
    const figures = columns.map((column) => ({
      text: amount(box[column], currency, locale),
      width,
      isNumber: true,
    }));
    drawRow(sheet, [{ text: box.name, width: name }, ...figures]);
    if (box.explanation !== null) paragraph(sheet, box.explanation, GREY);
  }
}

function drawFunds(sheet: Sheet, minutes: Minutes, words: MinutesWords, locale: Locale): void {
  heading(sheet, words.funds);
  const width = widthOf(sheet);
  const row = (name: string, wallet: string, cash: string, colour = INK): void =>
    drawRow(
      sheet,
      [
        { text: name, width: width * 0.4 },
        { text: wallet, width: width * 0.3, isNumber: true },
        { text: cash, width: width * 0.3, isNumber: true },
      ],
      colour,
    );
  row('', words.inWallets, words.inNotes, GREY);
  for (const { fund, wallet, cash } of minutes.funds) {
    const text = (value: bigint): string => amount(value, minutes.currency, locale);
    row(words.fund[fund], text(wallet), text(cash));
  }
}

function drawDecisions(sheet: Sheet, { decisions }: Minutes, words: MinutesWords): void {
  heading(sheet, words.decisions);
  if (decisions.length === 0) paragraph(sheet, words.noDecision, INK);
  for (const [place, decision] of decisions.entries()) paragraph(sheet, `${place + 1}. ${decision}`, INK);
}

function drawSignatures(sheet: Sheet, words: MinutesWords): void {
  const height = 90;
  if (sheet.y + height > sheet.page.height - MARGIN) sheet.addPage();
  heading(sheet, words.signatures);
  const width = widthOf(sheet) / 2;
  const y = sheet.y;
  for (const [place, name] of [words.president, words.secretary].entries()) {
    const left = MARGIN + place * width;
    sheet.font('Helvetica').fontSize(9).fillColor(GREY).text(pdfText(name), left, y, { width });
    sheet
      .moveTo(left, y + 56)
      .lineTo(left + width - 24, y + 56)
      .lineWidth(0.7)
      .strokeColor(LINE)
      .stroke();
  }
}

function drawPageNumbers(sheet: Sheet, words: MinutesWords): void {
  const { start, count } = sheet.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    sheet.switchToPage(page);
    // Below the margin nothing may be written that would open a new page.
    sheet.page.margins.bottom = 0;
    sheet
      .font('Helvetica')
      .fontSize(8)
      .fillColor(GREY)
      .text(pdfText(words.page(page + 1, count)), MARGIN, sheet.page.height - 32, {
        width: widthOf(sheet),
        align: 'right',
        lineBreak: false,
      });
  }
}

interface Cell {
  readonly text: string;
  readonly width: number;
  readonly isNumber?: boolean;
}

/** A row is as high as its highest cell, and never torn between two pages. */
function drawRow(sheet: Sheet, cells: readonly Cell[], colour = INK): void {
  sheet.font('Helvetica').fontSize(9).fillColor(colour);
  const inside = (cell: Cell): number => cell.width - 6;
  const heights = cells.map((cell) => sheet.heightOfString(pdfText(cell.text), { width: inside(cell) }));
  const height = Math.max(ROW, ...heights.map((one) => one + 4));
  if (sheet.y + height > sheet.page.height - MARGIN) sheet.addPage();
  const y = sheet.y;
  let left = MARGIN;
  for (const cell of cells) {
    const align = cell.isNumber === true ? 'right' : 'left';
    sheet.text(pdfText(cell.text), left, y + 2, { width: inside(cell), align });
    left += cell.width;
  }
  sheet
    .moveTo(MARGIN, y + height)
    .lineTo(MARGIN + widthOf(sheet), y + height)
    .lineWidth(0.4)
    .strokeColor(LINE)
    .stroke();
  sheet.x = MARGIN;
  sheet.y = y + height;
}

function heading(sheet: Sheet, text: string): void {
  // A heading at the foot of a page would stand alone.
  if (sheet.y + 60 > sheet.page.height - MARGIN) sheet.addPage();
  sheet.moveDown(0.9);
  sheet.font('Helvetica-Bold').fontSize(11).fillColor(GREEN).text(pdfText(text), MARGIN);
  sheet.moveDown(0.2);
}

function paragraph(sheet: Sheet, text: string, colour: string): void {
  sheet
    .font('Helvetica')
    .fontSize(9)
    .fillColor(colour)
    .text(pdfText(text), MARGIN, sheet.y + 2, { width: widthOf(sheet) });
}

function widthOf(sheet: Sheet): number {
  return sheet.page.width - 2 * MARGIN;
}

function amount(value: bigint, currency: Currency, locale: Locale): string {
  return moneyText(money(value, currency), 'pdf', locale);
}

/** The narrow space is the one sign of French that the standard fonts print wrongly. */
function pdfText(text: string): string {
  return text.replaceAll(/[\u202f\u2009]/g, '\u00a0');
}
