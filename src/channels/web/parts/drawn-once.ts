/**
 * Draws once what looks the same for everybody, such as an icon or the way between the pages, and puts its text into each
 * page as it is.
 *
 * Half of a page is such parts, and a list shows the same three twenty times. The name tells apart all that can be asked for
 * and may be made of our own words only: what is kept is shown to the next person, and never thrown away.
 */
import type { VNode } from 'preact';
import { jsxTemplate } from 'preact/jsx-runtime';
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
