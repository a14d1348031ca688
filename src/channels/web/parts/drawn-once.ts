/**
 * Draws once what looks the same for everybody, such as an icon or the way between the pages, and puts its text into each
 * page as it is.
 *
 * Half of a page is such parts, and a list shows the same three twenty times. The name tells apart all that can be asked for
 * and may be made of our own words only: what is kept is shown to the next person, and never thrown away. What is a person's own
 * comes into the places that were left for it, escaped as everywhere.
 */
import type { VNode } from 'preact';
import { jsxEscape, jsxTemplate } from 'preact/jsx-runtime';
import { renderToString } from 'preact-render-to-string';

export function drawnOnce<Props extends object>(
  nameOf: (props: Props) => string,
  draw: (props: Props) => VNode,
): (props: Props) => VNode {
  const kept = new Map<string, string[]>();
  return (props) => {
    const name = nameOf(props);
    let text = kept.get(name);
    if (text === undefined) {
      text = [renderToString(draw(props))];
      kept.set(name, text);
    }
    return jsxTemplate(text);
  };
}

/** Signs of no language, in whose place a text comes. */
const FIRST_PLACE = 0xe000;
const PLACES = /[\ue000-\ue0ff]/;

/** The same for what differs in a few texts: it is drawn once with places for them. */
export function drawnAround<Props extends object, Texts extends Readonly<Record<string, string>>>(
  nameOf: (props: Props) => string,
  names: readonly (keyof Texts & string)[],
  draw: (props: Props, texts: Texts) => VNode,
): (props: Props, texts: Texts) => VNode {
  interface Kept {
    readonly parts: string[];
    readonly between: readonly string[];
  }
  const kept = new Map<string, Kept>();
  const places = names.map((name, place) => [name, String.fromCharCode(FIRST_PLACE + place)] as const);

  const make = (props: Props): Kept => {
    const html = renderToString(draw(props, Object.fromEntries(places) as Texts));
    return {
      parts: html.split(PLACES),
      between: Array.from(html)
        .filter((sign) => PLACES.test(sign))
        .map((sign) => names[sign.charCodeAt(0) - FIRST_PLACE] ?? ''),
    };
  };

  return (props, texts) => {
    const name = nameOf(props);
    let found = kept.get(name);
    if (found === undefined) {
      found = make(props);
      kept.set(name, found);
    }
    return jsxTemplate(found.parts, ...found.between.map((text) => jsxEscape(texts[text])));
  };
}
