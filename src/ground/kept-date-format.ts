/**
 * Makes the platform's formatter of dates once for each language and zone, and keeps it.
 *
 * Making one reads the rules of a language and costs some forty times what writing a date with it does: made anew for each
 * date, it was more than a quarter of all the work of a page with twenty lines.
 */

/** There are some six hundred zones; what comes beyond is written in many spellings, and is made anew. */
const MOST_KEPT = 1_000;

export function keptDateFormat(
  look: Intl.DateTimeFormatOptions,
): (tag: string, timeZone: string) => Intl.DateTimeFormat {
  const kept = new Map<string, Intl.DateTimeFormat>();
  return (tag, timeZone) => {
    const name = `${tag} ${timeZone}`;
    const known = kept.get(name);
    if (known !== undefined) return known;
    const made = new Intl.DateTimeFormat(tag, { ...look, timeZone });
    if (kept.size < MOST_KEPT) kept.set(name, made);
    return made;
  };
}
