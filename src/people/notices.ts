/**
 * Writes the text messages of this floor: each is one GSM 7-bit segment, because the second one costs as much again.
 */
import { gsmText } from '../ground/money/gsm-text.ts';
import type { Locale } from '../ground/money/money-text.ts';
import type { CodePurpose } from './login-code.ts';
import { maskPhone } from './phone-number.ts';

/** The message that carries a code. It says what the code opens, and that nobody will ask for it. */
export function codeNotice(code: string, purpose: CodePurpose, locale: Locale): string {
  const texts = TEXTS[locale];
  if (purpose === 'login' || purpose === 'reset-pin') return gsmText(texts[purpose](code));
  // Masked: the message may be read over the person's shoulder, and they know which number they typed.
  return gsmText(texts.destination(code, maskPhone(purpose.slice('destination:'.length))));
}

/** Tells an operator that somebody entered the console as them. */
export function consoleNotice(device: string | undefined, ip: string, locale: Locale): string {
  const from = [device, ip].filter((part) => part !== undefined).join(', ');
  return gsmText(
    locale === 'fr'
      ? `Tontine Pro: entrée dans la console (${from}). Ce n'est pas vous? Prévenez un administrateur.`
      : `Tontine Pro: the console was entered (${from}). Not you? Tell an administrator.`,
  );
}

/** Carries an invitation; its reader has no language with us yet. */
export function invitationNotice(link: string): string {
  return gsmText(`Tontine Pro: invitation (48 h): ${link}`);
}

/**
 * Tells somebody that a group invites their number; its reader has no language with us yet, and all
 * nine countries read French.
 *
 * Of the group's name only letters remain, and not many: a name is typed by anybody, and must not bring an address or
 * a number of its own into our message.
 */
export function invitedNotice(groupName: string, link: string): string {
  const name = gsmText(groupName)
    .replaceAll(/[^A-Za-z\u00c0-\u017f' ]+/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
    .slice(0, LONGEST_NAME)
    .trim();
  const who = name === '' ? '' : ` (${name})`;
  return gsmText(`Tontine Pro: une tontine${who} vous invite. Entrez avec ce numéro: ${link}`);
}

/** With a link of 60 characters the message is one segment still. */
const LONGEST_NAME = 20;

interface CodeTexts {
  readonly login: (code: string) => string;
  readonly 'reset-pin': (code: string) => string;
  readonly destination: (code: string, maskedPhone: string) => string;
}

const TEXTS: Readonly<Record<Locale, CodeTexts>> = {
  fr: {
    login: (code) =>
      `Tontine Pro: ${code} est votre code de connexion, valable 10 min. Gardez-le pour vous: personne n'a le droit de vous le demander.`,
    'reset-pin': (code) =>
      `Tontine Pro: ${code} sert à changer votre code PIN (10 min). Vous n'avez rien demandé? Ne le donnez à personne et prévenez-nous.`,
    destination: (code, phone) =>
      `Tontine Pro: ${code} autorise vos retraits vers ${phone} (10 min). Vous n'avez rien demandé? Ne le donnez à personne et prévenez-nous.`,
  },
  en: {
    login: (code) =>
      `Tontine Pro: ${code} is your login code, valid for 10 min. Keep it to yourself: nobody has the right to ask you for it.`,
    'reset-pin': (code) =>
      `Tontine Pro: ${code} changes your PIN (10 min). You did not ask for it? Give it to nobody and tell us.`,
    destination: (code, phone) =>
      `Tontine Pro: ${code} allows your withdrawals to ${phone} (10 min). You did not ask for it? Give it to nobody and tell us.`,
  },
};
