import type { ContractProcedure, InferSchemaInput, InferSchemaOutput } from '@orpc/contract';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/websocket';
import { type Contract, contract } from '../../shared/contract';
import { type Opening, ScriptedFeed } from './scripted-feed';
import { joinSockets, SocketEnd } from './socket-pair';

type Room = keyof Contract;
/** As a handler of the host sees them: what it is given was checked, what it answers will be. */
type Answer<Procedure> =
  Procedure extends ContractProcedure<infer Input, infer Output, infer _Errors, infer _Meta>
    ? { input: InferSchemaOutput<Input>; output: InferSchemaInput<Output> }
    : never;
type FeedValue<Procedure> =
  Answer<Procedure>['output'] extends AsyncIterator<infer Value, infer _Return, infer _Next> ? Value : never;

type Handler = (input: unknown, call: Opening) => unknown;

/**
 * A host that says what a test tells it to, behind the browser's own WebSocket and the real contract: inputs and outputs
 * are checked as the host checks them. A procedure without an answer never answers, as one that is slow. To be made
 * before the panel's client is loaded.
 */
export class ScriptedHost {
  readonly calls: { procedure: string; input: unknown }[] = [];
  readonly #answers = new Map<string, Handler>();
  readonly #sockets = new Set<SocketEnd>();
  #standing: 'up' | 'gone' | 'locked' = 'up';

  constructor() {
    const connect = (socket: SocketEnd) => this.#connect(socket);
    const Socket = class extends SocketEnd {
      constructor() {
        super();
        connect(this);
      }
    };
    Object.defineProperty(globalThis, 'WebSocket', { value: Socket, configurable: true });
    // Asked only where no WebSocket opens: whether the host is gone, or refuses this page.
    const fetch = async () => {
      if (this.#standing === 'locked') return new Response('no key', { status: 401 });
      throw new TypeError('fetch failed');
    };
    Object.defineProperty(globalThis, 'fetch', { value: fetch, configurable: true, writable: true });
  }

  /** What a procedure answers from now on; what the function throws is what the caller gets. */
  answer<R extends Room, N extends keyof Contract[R] & string>(
    room: R,
    name: N,
    handler: (
      input: Answer<Contract[R][N]>['input'],
      call: Opening,
    ) => Answer<Contract[R][N]>['output'] | Promise<Answer<Contract[R][N]>['output']>,
  ): void {
    this.#answers.set(`${room}.${name}`, handler as Handler);
  }

  /** A feed that tells every listener what is pushed into it. */
  feed<R extends Room, N extends keyof Contract[R] & string>(
    room: R,
    name: N,
    first?: FeedValue<Contract[R][N]>,
  ): ScriptedFeed<FeedValue<Contract[R][N]>> {
    const feed = new ScriptedFeed<FeedValue<Contract[R][N]>>(first);
    this.#answers.set(`${room}.${name}`, (_input, call) => feed.open(call));
    return feed;
  }

  /** Inputs of the calls of one procedure so far. */
  inputsOf(procedure: string): unknown[] {
    return this.calls.filter((call) => call.procedure === procedure).map(({ input }) => input);
  }

  /** The host is gone: what is open ends, and nothing opens. */
  goAway(): void {
    this.#standing = 'gone';
    this.#cut();
  }

  /** The host was started anew and does not know this page's key. */
  lockOut(): void {
    this.#standing = 'locked';
    this.#cut();
  }

  comeBack(): void {
    this.#standing = 'up';
  }

  /** Is up again, and forgets all answers. */
  reset(): void {
    this.#answers.clear();
    this.calls.length = 0;
    this.#standing = 'up';
  }

  #cut(): void {
    for (const socket of this.#sockets) socket.close();
    this.#sockets.clear();
  }

  #connect(page: SocketEnd): void {
    setTimeout(() => {
      if (this.#standing !== 'up') {
        page.close();
        return;
      }
      const host = new SocketEnd();
      joinSockets(page, host);
      answerAll(this.#run).upgrade(host);
      this.#sockets.add(host);
      host.open();
      page.open();
    });
  }

  #run = (procedure: string, call: Opening): unknown => {
    this.calls.push({ procedure, input: call.input });
    const answer = this.#answers.get(procedure);
    return answer ? answer(call.input, call) : new Promise(() => {});
  };
}

type Run = (procedure: string, call: Opening) => unknown;

type Implementable = Record<string, Record<string, { handler(handle: (call: Opening) => unknown): unknown }>>;

/** Every procedure of the contract, answered by `run`. */
function answerAll(run: Run): RPCHandler<Record<never, never>> {
  const rooms = implement(contract) as unknown as Implementable;
  const router = Object.entries(contract).map(([room, procedures]) => {
    const answered = Object.keys(procedures).map((name) => [
      name,
      rooms[room]![name]!.handler((call) => run(`${room}.${name}`, call)),
    ]);
    return [room, Object.fromEntries(answered)];
  });
  return new RPCHandler(Object.fromEntries(router));
}
