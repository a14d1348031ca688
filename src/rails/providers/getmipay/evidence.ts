/**
 * Makes what the provider said fit to be kept: short, and without the person's number, code or keys.
 *
 * Evidence ends up in rows, logs and the operator's screen, where a provider that repeats the request in its error
 * message would otherwise leave phone numbers and codes for ever.
 */
const LONGEST = 120;

/** `text` on one line, cut to 120 characters, with every private text and every run of four digits or more hidden. */
export function masked(text: string, privateTexts: readonly string[] = []): string {
  let shown = text;
  for (const secret of privateTexts) {
    if (secret !== '') shown = shown.replaceAll(secret, '…');
  }
  return shown
    .replace(/[^\s@]+@[^\s@]+/g, '…')
    .replace(/\S{32,}/g, '…')
    .replace(/\+?\p{Nd}(?:[ .-]?\p{Nd}){3,}/gu, '…')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST);
}
