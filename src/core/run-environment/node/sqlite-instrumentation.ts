import { context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { InstrumentationBase, InstrumentationNodeModuleDefinition, isWrapped } from '@opentelemetry/instrumentation';

// biome-ignore lint/suspicious/noExplicitAny: methods of classes that are not ours, with arguments that are handed on
type Method = (this: object, ...args: any[]) => unknown;
type Prototype = Record<string, Method>;

/** Spans of SQLite in this process: of Node's own `node:sqlite`, and of `better-sqlite3`. No other package makes them. */
export class SqliteInstrumentation extends InstrumentationBase {
  readonly #sqlOf = new WeakMap<object, string>();

  constructor() {
    super('watchtower/sqlite', '1.0.0', {});
  }

  protected override init() {
    const ownClass = (module: { DatabaseSync?: { prototype: Prototype } }) => {
      if (module.DatabaseSync) this.#wrapDatabase(module.DatabaseSync.prototype);
      return module;
    };
    const betterClass = (module: { prototype?: Prototype; default?: { prototype: Prototype } }) => {
      const prototype = module.prototype ?? module.default?.prototype;
      if (prototype) this.#wrapDatabase(prototype);
      return module;
    };
    return [
      new InstrumentationNodeModuleDefinition('node:sqlite', ['*'], ownClass),
      new InstrumentationNodeModuleDefinition('better-sqlite3', ['>=7'], betterClass),
    ];
  }

  #wrapDatabase(database: Prototype): void {
    if (isWrapped(database.prepare)) return;
    const remember = (statement: object, sql: unknown) => {
      this.#sqlOf.set(statement, String(sql));
      this.#wrapStatement(Object.getPrototypeOf(statement) as Prototype);
    };
    this._wrap(database, 'prepare', (prepare: Method): Method => {
      return function (this: object, ...args) {
        const statement = prepare.apply(this, args) as object;
        remember(statement, args[0]);
        return statement;
      };
    });
    const trace = this.#traced.bind(this);
    this._wrap(database, 'exec', (exec: Method): Method => {
      return function (this: object, ...args) {
        return trace(String(args[0]), () => exec.apply(this, args));
      };
    });
  }

  #wrapStatement(statement: Prototype): void {
    const sqlOf = this.#sqlOf;
    const trace = this.#traced.bind(this);
    for (const name of ['run', 'get', 'all', 'iterate']) {
      if (typeof statement[name] !== 'function' || isWrapped(statement[name])) continue;
      this._wrap(statement, name, (original: Method): Method => {
        return function (this: object, ...args) {
          return trace(sqlOf.get(this) ?? '', () => original.apply(this, args));
        };
      });
    }
  }

  #traced(sql: string, work: () => unknown): unknown {
    const span = this.tracer.startSpan(nameOf(sql), {
      kind: SpanKind.CLIENT,
      attributes: { 'db.system.name': 'sqlite', 'db.query.text': sql },
    });
    return context.with(trace.setSpan(context.active(), span), () => finish(span, work));
  }
}

function finish(span: Span, work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    span.recordException(error as Error);
    span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).message });
    throw error;
  } finally {
    span.end();
  }
}

/** `SELECT orders`: the conventions' name of a query, where its table is easily seen. */
function nameOf(sql: string): string {
  const [, operation = 'query'] = /^\s*(?:--[^\n]*\n\s*)*([a-z]+)/i.exec(sql) ?? [];
  const [, table] = /\b(?:from|into|update|table(?:\s+if\s+not\s+exists)?)\s+["'`[]?([\w.]+)/i.exec(sql) ?? [];
  return table === undefined ? operation.toUpperCase() : `${operation.toUpperCase()} ${table}`;
}
