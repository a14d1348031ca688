/**
 * Runs the product's statements on PGlite prepared: each text is parsed once and then only bound and executed, in one
 * trip.
 *
 * The driver that comes with Kysely parses and plans every statement anew in six trips. In production a statement
 * costs little beside the network; in a universe it is nearly everything, and twice as many universes are twice as
 * many faults found. The statements, the engine and its answers are the same.
 */
import { messages, type PGlite, protocol, types } from '@electric-sql/pglite';
import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PGliteDialect,
  type QueryResult,
} from 'kysely';
import { invariant } from '../src/ground/refusal.ts';

/** What is known of a statement once it is parsed. */
interface Prepared {
  readonly name: string;
  readonly parameterTypes: readonly number[];
  readonly columns: readonly { readonly name: string; readonly dataTypeID: number }[];
}

/** One message of the engine's answer. */
interface Heard {
  readonly kind: number;
  readonly body: Buffer;
  readonly whole: Buffer;
}

type Row = Record<string, unknown>;
type Message = Parameters<Parameters<InstanceType<typeof protocol.Parser>['parse']>[1]>[0];

/** The first byte of the messages that are read here; the letters are PostgreSQL's. */
const DATA_ROW = 'D'.charCodeAt(0);
const COMMAND_COMPLETE = 'C'.charCodeAt(0);
const ERROR = 'E'.charCodeAt(0);
/** Commands that say how many rows they changed, in their last word: `INSERT 0 3`, `UPDATE 3`. */
const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

export class PreparedDialect extends PGliteDialect {
  readonly #lite: PGlite;

  constructor(lite: PGlite) {
    super({ pglite: lite });
    this.#lite = lite;
  }

  override createDriver(): Driver {
    return new PreparedDriver(new Conversation(this.#lite));
  }
}

/** Kysely itself lets one caller in at a time, because this engine has one session. */
class PreparedDriver implements Driver {
  readonly #conversation: Conversation;

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#conversation;
  }

  async releaseConnection(): Promise<void> {}

  async beginTransaction(): Promise<void> {
    this.#conversation.run('begin', []);
  }

  async commitTransaction(): Promise<void> {
    this.#conversation.run('commit', []);
  }

  async rollbackTransaction(): Promise<void> {
    this.#conversation.run('rollback', []);
  }

  async destroy(): Promise<void> {}
}

class Conversation implements DatabaseConnection {
  readonly #lite: PGlite;
  readonly #prepared = new Map<string, Prepared>();

  constructor(lite: PGlite) {
    this.#lite = lite;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.run(query.sql, query.parameters) as QueryResult<R>;
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('universes have no streams');
  }

  run(text: string, parameters: readonly unknown[]): QueryResult<Row> {
    const { name, parameterTypes, columns } = this.#prepared.get(text) ?? this.#prepare(text);
    const values = parameters.map((value, place) => this.#write(value, parameterTypes[place] ?? 0));
    const { bind, execute, sync } = protocol.serialize;
    const rows: Row[] = [];
    let changed = 0n;
    for (const { kind, body } of this.#say(bind({ statement: name, values }), execute({}), sync())) {
      if (kind === DATA_ROW) rows.push(this.#read(body, columns));
      if (kind !== COMMAND_COMPLETE) continue;
      const words = body.toString('utf8', 0, body.length - 1).split(' ');
      // PostgreSQL answers the commit of a transaction that broke with the word of what it did.
      if (words[0] === 'ROLLBACK' && text === 'commit') throw new AbortedTransactionError();
      if (CHANGES.has(words[0] ?? '')) changed += BigInt(words.at(-1) ?? '0');
    }
    return { rows, numAffectedRows: changed };
  }

  /** Two bytes say how many values there are, four how long each is; a length of -1 is null. */
  #read(body: Buffer, columns: Prepared['columns']): Row {
    const row: Row = {};
    let place = 2;
    for (const { name, dataTypeID } of columns) {
      const length = body.readInt32BE(place);
      place += 4;
      if (length < 0) {
        row[name] = null;
        continue;
      }
      row[name] = types.parseType(
        body.toString('utf8', place, place + length),
        dataTypeID,
        this.#lite.parsers,
      );
      place += length;
    }
    return row;
  }

  #prepare(text: string): Prepared {
    const name = `s${this.#prepared.size + 1}`;
    const { parse, describe, sync } = protocol.serialize;
    const said = this.#say(parse({ name, text }), describe({ type: 'S', name }), sync());
    const told = said.flatMap(({ whole }) => understood(whole));
    const parameters = told.find((one) => one instanceof messages.ParameterDescriptionMessage);
    const columns = told.find((one) => one instanceof messages.RowDescriptionMessage);
    const prepared = {
      name,
      parameterTypes: parameters?.dataTypeIDs ?? [],
      columns: columns?.fields ?? [],
    };
    this.#prepared.set(text, prepared);
    return prepared;
  }

  #write(value: unknown, type: number): string | null {
    if (value === null || value === undefined) return null;
    const write = this.#lite.serializers[type];
    if (write !== undefined) return write(value);
    invariant(
      typeof value === 'string' || typeof value === 'number',
      `no way to write a value of type ${type}`,
    );
    return String(value);
  }

  /** Says all in one trip and hears all answers; a refusal of the database is thrown. */
  #say(...said: Uint8Array[]): Heard[] {
    const pieces: Buffer[] = [];
    // Everything has been heard when the call is back; only its promise comes later, and brings nothing. The engine's
    // other ways read each message themselves, which costs more than all that is read here.
    void this.#lite.execProtocolRawStream(Buffer.concat(said), {
      syncToFs: false,
      onRawData: (piece) => pieces.push(Buffer.from(piece)),
    });
    const heard = cut(Buffer.concat(pieces));
    const refused = heard.find((one) => one.kind === ERROR);
    if (refused !== undefined) throw understood(refused.whole)[0];
    return heard;
  }
}

/** Cuts an answer into its messages: one byte for the kind, four for the length of what follows with themselves. */
function cut(answer: Buffer): Heard[] {
  const heard: Heard[] = [];
  for (let place = 0; place < answer.length; ) {
    const end = place + 1 + answer.readInt32BE(place + 1);
    heard.push({
      kind: answer[place] ?? 0,
      body: answer.subarray(place + 5, end),
      whole: answer.subarray(place, end),
    });
    place = end;
  }
  return heard;
}

/** What the engine's own reader makes of a message: for everything that is rare. */
function understood(whole: Buffer): Message[] {
  const told: Message[] = [];
  new protocol.Parser().parse(whole, (message) => told.push(message));
  return told;
}
