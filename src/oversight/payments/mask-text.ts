/**
 * Hides numbers and secrets in a text that somebody else wrote, before an operator reads it.
 *
 * What a provider sends has phone numbers and sometimes tokens in it. Whole numbers are shown by one act only, which is
 * written down; here everything that could be one is masked, a longer reference by mistake rather than a number never.
 */
const SECRET_FIELD =
  /("?(?:[\w-]*(?:token|secret|signature|password|authorization|api[_-]?key|pin|otp)[\w-]*)"?\s*[:=]\s*)("[^"]*"|[^\s,;&}]+)/gi;
const NUMBER = /(?<![\w-])\+?\d{8,15}(?![\w-])/g;

export function maskText(text: string): string {
  return text
    .replaceAll(SECRET_FIELD, '$1"••••"')
    .replaceAll(NUMBER, (digits) => `${digits.slice(0, 5)}••••${digits.slice(-2)}`);
}
