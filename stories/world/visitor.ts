/**
 * Is one person's simple browser: it keeps cookies, follows redirects when told, fills forms, and runs no script.
 *
 * Each visitor has a network address of their own, so that a limit on one of them is not met by all.
 */
import { Agent, type Dispatcher, request } from 'undici';
import { Page } from './page.ts';

/** Connections end with each answer, so that a product that is killed leaves no broken one to be used again. */
const agent = new Agent({ pipelining: 0, connections: 200 });

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export class Visitor {
  readonly #origin: string;
  readonly #address: string;
  readonly #cookies = new Map<string, string>();
  readonly #language: string;
  readonly #line: Dispatcher;

  /** `line`: connections that are kept, as a proxy keeps them, for whoever kills nothing meanwhile. */
  constructor(origin: string, address: string, language = 'fr', line: Dispatcher = agent) {
    this.#origin = origin;
    this.#address = address;
    this.#language = language;
    this.#line = line;
  }

  /** One request, nothing followed. `to` is a path, or an address of another server. */
  async send(to: string, sent: Sent = {}): Promise<Page> {
    const url = new URL(to, this.#origin);
    const own = url.origin === this.#origin;
    const answer = await request(url, {
      dispatcher: this.#line,
      method: (sent.method ?? 'GET') as 'GET',
      headers: {
        accept: 'text/html',
        'accept-language': this.#language,
        'x-forwarded-for': this.#address,
        ...(own ? { cookie: this.#cookieHeader() } : {}),
        ...sent.headers,
      },
      ...(sent.body === undefined ? {} : { body: sent.body }),
    });
    if (own) this.#remember(answer.headers['set-cookie']);
    return new Page(url.href, answer.statusCode, answer.headers, await answer.body.text());
  }

  /** Opens a page and follows redirects, as a browser does. */
  async open(to: string): Promise<Page> {
    return await this.follow(await this.send(to));
  }

  /** Sends fields as a form does; a list of pairs may name one field twice. Nothing is followed. */
  async post(
    to: string,
    fields: Readonly<Record<string, string>> | readonly (readonly [string, string])[],
  ): Promise<Page> {
    const pairs = Array.isArray(fields) ? fields : Object.entries(fields);
    return await this.send(to, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString(),
    });
  }

  /** Fills in the form of a page that goes to `part`, sends it, and follows where it leads. */
  async submit(page: Page, part: string, fields: Readonly<Record<string, string>> = {}): Promise<Page> {
    return await this.follow(await this.submitOnly(page, part, fields));
  }

  /** The same, without following. */
  async submitOnly(page: Page, part: string, fields: Readonly<Record<string, string>> = {}): Promise<Page> {
    const form = page.form(part, Object.keys(fields)[0]);
    const to = new URL(form.action, page.url).href;
    if (form.method === 'POST') return await this.post(to, { ...form.fields, ...fields });
    return await this.send(
      `${to.split('?')[0]}?${new URLSearchParams({ ...form.fields, ...fields }).toString()}`,
    );
  }

  async follow(answer: Page): Promise<Page> {
    let page = answer;
    for (let hop = 0; page.status >= 300 && page.status < 400; hop++) {
      if (hop > 10) throw new Error(`Led in circles from ${answer.url} to ${page.location}`);
      page = await this.send(new URL(page.location, page.url).href);
    }
    return page;
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  #cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #remember(set: string | string[] | undefined): void {
    for (const line of [set ?? []].flat()) {
      const [pair = '', ...attributes] = line.split(';');
      const at = pair.indexOf('=');
      const name = pair.slice(0, at).trim();
      const gone = attributes.some((attribute) =>
        /^\s*(max-age=0|expires=Thu, 01 Jan 1970)/i.test(attribute),
      );
      if (gone) this.#cookies.delete(name);
      else this.#cookies.set(name, pair.slice(at + 1).trim());
    }
  }
}
