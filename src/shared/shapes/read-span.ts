import { isHealthPath } from './is-health-path';
import { normalizeName } from './normalize-name';
import { normalizeSql } from './normalize-sql';
import { normalizePath, normalizeUrl } from './normalize-url';
import { remembered } from './remembered';
import type { SpanFacts } from './span-facts';

/** What a span is, as its name and its attributes tell by the conventions, old and new. */
export interface SpanReading {
  /** Of its shape: the statement where it asks a database, the address where it is named by a method alone, else its name; normalised. */
  readonly name: string;
  readonly query: boolean;
  /** `http` and `rpc`: a call to another program; `db`: a database or a cache; '' for anything else. */
  readonly call: 'http' | 'rpc' | 'db' | '';
  /** Whom it asks for what, values and all: two of one text are the same call. Empty where that is not known. */
  readonly asked: string;
  /** The same without its values. */
  readonly template: string;
  /** It only reads. */
  readonly reads: boolean;
  readonly failed: boolean;
  /** Of HTTP; 0 where there is none. */
  readonly statusCode: number;
  /** It was sent again: so many times before. */
  readonly resent: number;
  /** Bytes of the larger of what was sent and answered; 0 where that is not known. */
  readonly bytes: number;
  /** Of HTTP, in capitals; empty where there is none. */
  readonly method: string;
  /** Of HTTP, without its query; empty where it is not told. */
  readonly path: string;
  /** That is called, or that answered; 0 where it is not told. */
  readonly port: number;
  /** A check whether it lives, rather than work. */
  readonly health: boolean;
}

type Field =
  | 'statement'
  | 'operation'
  | 'system'
  | 'url'
  | 'path'
  | 'query'
  | 'host'
  | 'method'
  | 'rpcService'
  | 'rpcMethod';
type NumberField = 'status' | 'resent' | 'bytes' | 'port';

const texts = new Map<string, Field>([
  ['db.query.text', 'statement'],
  ['db.statement', 'statement'],
  ['db.operation.name', 'operation'],
  ['db.operation', 'operation'],
  ['db.system.name', 'system'],
  ['db.system', 'system'],
  ['url.full', 'url'],
  ['http.url', 'url'],
  ['url.path', 'path'],
  ['http.target', 'path'],
  ['url.query', 'query'],
  ['server.address', 'host'],
  ['net.peer.name', 'host'],
  ['http.host', 'host'],
  ['http.request.method', 'method'],
  ['http.method', 'method'],
  ['rpc.service', 'rpcService'],
  ['rpc.method', 'rpcMethod'],
]);
const numbers = new Map<string, NumberField>([
  ['http.response.status_code', 'status'],
  ['http.status_code', 'status'],
  ['http.request.resend_count', 'resent'],
  ['http.resend_count', 'resent'],
  ['server.port', 'port'],
  ['net.peer.port', 'port'],
  ['http.response.body.size', 'bytes'],
  ['http.request.body.size', 'bytes'],
  ['http.response_content_length', 'bytes'],
  ['http.request_content_length', 'bytes'],
  ['http.response.size', 'bytes'],
  ['http.request.size', 'bytes'],
  ['messaging.message.body.size', 'bytes'],
  ['messaging.message.envelope.size', 'bytes'],
  ['messaging.message.payload_size_bytes', 'bytes'],
  ['rpc.message.compressed_size', 'bytes'],
  ['rpc.message.uncompressed_size', 'bytes'],
]);
const parameter = /^db\.(?:query|operation)\.parameter\./;

const keysOf = (...fields: Field[]) => [...texts].flatMap(([key, field]) => (fields.includes(field) ? [key] : []));

/** Attributes that `SpanReading.name` and `query` depend on: of every span, and of spans of the kind client as well. */
export const namingKeys: { readonly ofAny: readonly string[]; readonly ofClients: readonly string[] } = {
  ofAny: keysOf('statement', 'operation', 'system'),
  ofClients: keysOf('url', 'path', 'host', 'method'),
};

/** Attributes that `readSpan` reads, by their whole keys and by how these begin. */
export const readKeys: { readonly whole: readonly string[]; readonly beginnings: readonly string[] } = {
  whole: [...texts.keys(), ...numbers.keys()],
  beginnings: ['db.query.parameter.', 'db.operation.parameter.'],
};

/** Stores of keys and values: many small questions are how they are meant to be used. */
const caches = /^(?:redis|memcached|valkey|hazelcast|keydb|dragonfly|aerospike|infinispan)/i;
const transactions = /^\s*(?:begin|start transaction|commit|rollback|savepoint|release|end|set|isolation)\b/i;
const connecting = /connect|\bpool\b|acquire|\bclose\b|\bping\b/i;
const readingStatements =
  /^\s*(?:\(\s*)?(?:select|with|show|explain|pragma|values|find|get|mget|hget|scan|query|count|aggregate)\b/i;
const bareMethod = /^(?:https?[ .])?(?:get|head|post|put|patch|delete|options)$/i;
const writingWithin = /\b(?:insert\s+into|update\s+\S+\s+set|delete\s+from)\b/i;
const template = remembered(normalizeSql);
const urlTemplate = remembered(normalizeUrl);
const pathTemplate = remembered(normalizePath);

type Texts = Record<Field, string | undefined>;
type Amounts = Record<NumberField, number>;

/** Whether a call of this name is called by its address instead: attributes of `namingKeys.ofClients` count for no other. */
export function isNamedByAddress(spanName: string): boolean {
  return bareMethod.test(normalizeName(spanName));
}

export function readSpan(span: SpanFacts): SpanReading {
  // Written out whole, and one object made of them at the end: this is done for every span of a run.
  const text: Texts = {
    statement: undefined,
    operation: undefined,
    system: undefined,
    url: undefined,
    path: undefined,
    query: undefined,
    host: undefined,
    method: undefined,
    rpcService: undefined,
    rpcMethod: undefined,
  };
  const amount: Amounts = { status: 0, resent: 0, bytes: 0, port: 0 };
  let parameters = '';
  for (const { key, value } of span.attributes) {
    const field = texts.get(key);
    const number = field === undefined ? numbers.get(key) : undefined;
    if (field !== undefined) text[field] ??= typeof value === 'string' ? value : JSON.stringify(value);
    else if (number !== undefined) amount[number] = Math.max(amount[number], Number(value) || 0);
    else if (key.startsWith('db.') && parameter.test(key)) parameters += ` ${key}=${JSON.stringify(value)}`;
  }
  const path = plainPath(text.path ?? pathOf(text.url));
  const method = text.method?.toUpperCase() ?? '';
  const kind = kindOf(span, text, amount, { path, method, parameters });
  return {
    name: kind.name,
    query: kind.query,
    call: kind.call,
    asked: kind.asked,
    template: kind.template,
    reads: kind.reads,
    failed: span.status.code === 'error',
    statusCode: amount.status,
    resent: amount.resent,
    bytes: amount.bytes,
    method,
    path,
    port: amount.port,
    health: kind.health,
  };
}

type Kind = Pick<SpanReading, 'name' | 'query' | 'call' | 'asked' | 'template' | 'reads' | 'health'>;
interface Derived {
  readonly path: string;
  readonly method: string;
  readonly parameters: string;
}

function kindOf(span: SpanFacts, text: Texts, amount: Amounts, derived: Derived): Kind {
  if (text.statement !== undefined || text.system !== undefined) return readDatabase(span, text, derived.parameters);
  const name = normalizeName(span.name);
  if (span.kind === 'client') {
    if (text.method !== undefined || text.url !== undefined) return readHttpCall(name, text, amount, derived);
    if (text.rpcMethod !== undefined || text.rpcService !== undefined) return readRpcCall(name, text);
  }
  const health = derived.path !== '' && isHealthPath(derived.path);
  return { name, query: false, call: '', asked: '', template: name, reads: false, health };
}

function readHttpCall(name: string, text: Texts, { port }: Amounts, { path, method }: Derived): Kind {
  const known = text.url !== undefined || path !== '';
  const host = text.host ?? '';
  const query = text.query ? `?${text.query}` : '';
  const place = text.url ?? `${host}${port > 0 ? `:${port}` : ''}${text.path ?? ''}${query}`;
  const address = text.url ? urlTemplate(text.url) : `${host}${pathTemplate(path)}`;
  const template = known ? `${method} ${address}` : name;
  return {
    // The conventions name a call by its method alone.
    name: bareMethod.test(name) ? template.slice(0, mostNameCharacters) : name,
    query: false,
    call: 'http',
    asked: known ? `${method} ${place}` : '',
    template,
    reads: method === 'GET' || method === 'HEAD',
    health: path !== '' && isHealthPath(path),
  };
}

function readRpcCall(name: string, { rpcService = '', rpcMethod = '' }: Texts): Kind {
  const template = `${rpcService}/${rpcMethod}`;
  const reads = /^(?:get|list|find|read|fetch|query|search|lookup|describe)/i.test(rpcMethod);
  return { name, query: false, call: 'rpc', asked: '', template, reads, health: /health/i.test(template) };
}

function readDatabase(span: SpanFacts, { statement, operation, system = '' }: Texts, parameters: string): Kind {
  const told = statement !== undefined && statement.trim() !== '';
  const what = readStatement(told ? template(statement) : operation || span.name);
  const works = span.kind !== 'server' && (told || Boolean(operation) || !connecting.test(span.name));
  const query = works && !what.transaction && !(system !== '' && caches.test(system));
  const name = query && told ? what.name : normalizeName(span.name);
  return {
    name,
    query,
    call: works ? 'db' : '',
    asked: told ? `${statement}${parameters}` : '',
    template: told ? what.template : name,
    reads: what.reads,
    health: what.template === 'SELECT ?' || what.template === 'select ?',
  };
}

interface StatementKind {
  readonly template: string;
  readonly name: string;
  readonly reads: boolean;
  readonly transaction: boolean;
}

const mostStatements = 10_000;
const statements = new Map<string, StatementKind>();

/** What a template is; there are few of them. */
function readStatement(template: string): StatementKind {
  const known = statements.get(template);
  if (known) return known;
  const kind = {
    template,
    name: template.slice(0, mostNameCharacters),
    reads: readingStatements.test(template) && !writingWithin.test(template),
    transaction: transactions.test(template),
  };
  if (statements.size >= mostStatements) statements.clear();
  statements.set(template, kind);
  return kind;
}

const mostNameCharacters = 200;

function pathOf(url = ''): string {
  const scheme = url.indexOf('://');
  const at = scheme === -1 ? -1 : url.indexOf('/', scheme + 3);
  return at === -1 ? '' : url.slice(at);
}

function plainPath(path: string): string {
  const end = path.search(/[?#]/);
  return end === -1 ? path : path.slice(0, end);
}
