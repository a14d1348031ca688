/**
 * Reads an HTML answer as a person or a simple client would: its words, and its forms.
 *
 * It understands what our own pages and the simulator's draw, and nothing more. Stories compare words, so a page that
 * keeps its status code but says something else is caught.
 */
export interface Form {
  readonly method: string;
  readonly action: string;
  /** Fields as they would be sent untouched: hidden ones, texts, ticked choices. */
  readonly fields: Readonly<Record<string, string>>;
  readonly html: string;
}

export class Page {
  readonly status: number;
  readonly url: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;

  constructor(
    url: string,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
    html: string,
  ) {
    this.url = url;
    this.status = status;
    this.headers = headers;
    this.html = html;
  }

  /** Every word on the page, with single plain spaces. */
  get text(): string {
    return wordsOf(this.html.replaceAll(/<(head|script|style)[\s>][\s\S]*?<\/\1>/g, ' '));
  }

  /** The main heading. */
  get heading(): string {
    return wordsOf(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(this.html)?.[1] ?? '');
  }

  /** What fields and form were refused for, in order. */
  get refusals(): string[] {
    return [...this.html.matchAll(/<p class="refusal"[^>]*>([\s\S]*?)<\/p>/g)].map((found) =>
      wordsOf(found[1] ?? ''),
    );
  }

  get location(): string {
    const { location } = this.headers;
    return typeof location === 'string' ? location : '';
  }

  get forms(): Form[] {
    return [...this.html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].map((found) => {
      const attributes = attributesOf(found[1] ?? '');
      return {
        method: (attributes.get('method') ?? 'get').toUpperCase(),
        action: attributes.get('action') ?? this.url,
        fields: fieldsOf(found[2] ?? ''),
        html: found[2] ?? '',
      };
    });
  }

  /** The first form whose address contains `part` and that has the field, when one is named. Throws without one. */
  form(part: string, field?: string): Form {
    const found = this.forms.find(
      (form) => form.action.includes(part) && (field === undefined || form.html.includes(`name="${field}"`)),
    );
    if (found === undefined)
      throw new Error(`No form for ${part} on ${this.url} (${this.status}): ${this.text.slice(0, 400)}`);
    return found;
  }

  /** Addresses of links whose words contain `words`. */
  linksTo(words: string): string[] {
    return [...this.html.matchAll(/<a\b([^>]*)>([\s\S]*?)<\/a>/g)]
      .filter((found) => wordsOf(found[2] ?? '').includes(words))
      .map((found) => attributesOf(found[1] ?? '').get('href') ?? '');
  }
}

function fieldsOf(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, text = ''] of html.matchAll(/<input([^>]*)>/g)) {
    const attributes = attributesOf(text);
    const name = attributes.get('name');
    const type = attributes.get('type') ?? 'text';
    const isChoice = type === 'radio' || type === 'checkbox';
    if (name === undefined || (isChoice && !attributes.has('checked'))) continue;
    fields[name] = attributes.get('value') ?? '';
  }
  for (const [, text = '', inside = ''] of html.matchAll(/<textarea([^>]*)>([\s\S]*?)<\/textarea>/g)) {
    const name = attributesOf(text).get('name');
    if (name !== undefined) fields[name] = plain(inside);
  }
  for (const [, text = '', options = ''] of html.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/g)) {
    const name = attributesOf(text).get('name');
    if (name !== undefined) fields[name] = chosenOf(options);
  }
  return fields;
}

/** What a list shows: the option marked, or the first. */
function chosenOf(html: string): string {
  const options = [...html.matchAll(/<option([^>]*)>/g)].map(([, text = '']) => attributesOf(text));
  return (options.find((option) => option.has('selected')) ?? options[0])?.get('value') ?? '';
}

function attributesOf(text: string): Map<string, string> {
  const found = text.matchAll(/([\w-]+)(?:="([^"]*)")?/g);
  return new Map([...found].map(([, name = '', value = '']) => [name.toLowerCase(), plain(value)]));
}

/** Text without tags, entities and special spaces. */
export function wordsOf(html: string): string {
  return plain(html.replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/[\s\u00a0\u202f]+/g, ' ')
    .trim();
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
};

function plain(text: string): string {
  return text.replaceAll(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}
