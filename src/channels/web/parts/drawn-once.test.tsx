import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { drawnAround, drawnOnce } from './drawn-once.ts';

test('what is drawn once is drawn once for each name', () => {
  let drawn = 0;
  const Sign = drawnOnce(
    ({ name }: { readonly name: string }) => name,
    ({ name }) => {
      drawn += 1;
      return <b title={name}>&amp; {name}</b>;
    },
  );
  const page = (
    <p>
      <Sign name="one" />
      <Sign name="two" />
      <Sign name="one" />
    </p>
  );
  const one = '<b title="one">&amp; one</b>';
  expect(renderToString(page)).toBe(`<p>${one}<b title="two">&amp; two</b>${one}</p>`);
  expect(drawn).toBe(2);
});

test('texts of a person come into their places and nowhere else, escaped', () => {
  const line = drawnAround<{ readonly kind: string }, { readonly href: string; readonly name: string }>(
    ({ kind }) => kind,
    ['href', 'name'],
    ({ kind }, { href, name }) => (
      <a href={href} title={name}>
        {kind}: {name}
      </a>
    ),
  );
  const asked = { kind: 'plain' };
  expect(renderToString(line(asked, { href: '/a?b=1&c=2', name: 'Awa' }))).toBe(
    '<a href="/a?b=1&amp;c=2" title="Awa">plain: Awa</a>',
  );
  const evil = renderToString(line(asked, { href: '"><script>', name: '<b>\ue000"' }));
  expect(evil).toBe('<a href="&quot;>&lt;script>" title="&lt;b>\ue000&quot;">plain: &lt;b>\ue000&quot;</a>');
});
