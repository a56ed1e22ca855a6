/** A state machine as data, and what its commands can bring. For tests. */
export interface Machine<State extends { name: string }, Event, Command> {
  start: State;
  transition(state: State, event: Event): { state: State; commands: readonly Command[] };
  /** What a person or the world can say at any time. */
  asked: readonly Event[];
  /** What a command can bring, one after the other or one of them. `last`: nothing comes of it after that. */
  outcomes(command: Command): readonly { event: Event; last: boolean }[];
  /** Whether a state, by its name, may last without any work. */
  rests: Readonly<Record<State['name'], boolean>>;
  /** Where it comes to when nobody asks for anything; without it, where it rests. */
  settles?: readonly State['name'][];
  /** The same state told by what matters: without numbers that only grow. */
  shape(state: State): unknown;
}

/** A state, and the commands of which something can still come. */
interface World<State, Command> {
  state: State;
  running: readonly Command[];
}

export interface Explored<State, Command> {
  /** Every world that can come about, told apart by shape. */
  worlds: ReadonlyMap<string, World<State, Command>>;
  /** From each world, where its running commands alone lead to. */
  outcomesOf: ReadonlyMap<string, readonly string[]>;
  /** Results of work that was given up, which yet changed something. */
  staleTaken: readonly string[];
}

/** More worlds than any of the machines has: something grows without end. */
const most = 20_000;

/** Visits every world that can come about from the start, by every event in every order. */
export function exploreMachine<
  State extends { name: string; run?: number },
  Event,
  Command extends { do: string; run?: number },
>(machine: Machine<State, Event, Command>): Explored<State, Command> {
  const worlds = new Map<string, World<State, Command>>();
  const outcomesOf = new Map<string, string[]>();
  const staleTaken: string[] = [];
  const isStale = (state: State, command: Command) => command.run !== undefined && command.run !== state.run;
  const keyOf = ({ state, running }: World<State, Command>) =>
    JSON.stringify([machine.shape(state), running.map((command) => command.do).sort()]);
  const waiting: string[] = [];

  function visit(state: State, running: readonly Command[]): string {
    const alive: Command[] = [];
    for (const command of running) {
      if (!isStale(state, command)) {
        // The same work asked for twice brings the same.
        if (!alive.some((each) => each.do === command.do)) alive.push(command);
        continue;
      }
      for (const { event } of machine.outcomes(command)) {
        const { state: after, commands } = machine.transition(state, event);
        if (JSON.stringify(after) !== JSON.stringify(state) || commands.length > 0)
          staleTaken.push(`${state.name}: ${JSON.stringify(event)}`);
      }
    }
    const world = { state, running: alive };
    const key = keyOf(world);
    if (!worlds.has(key)) {
      worlds.set(key, world);
      waiting.push(key);
      if (worlds.size > most) throw new Error(`More than ${most} worlds: is there a number in the shape that grows?`);
    }
    return key;
  }

  function step({ state, running }: World<State, Command>, event: Event, ended: Command | null): string {
    const { state: next, commands } = machine.transition(state, event);
    return visit(next, [...running.filter((command) => command !== ended), ...commands]);
  }

  visit(machine.start, []);
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const world = worlds.get(key)!;
    for (const event of machine.asked) step(world, event, null);
    outcomesOf.set(
      key,
      world.running.flatMap((command) =>
        machine.outcomes(command).map(({ event, last }) => step(world, event, last ? command : null)),
      ),
    );
  }
  return { worlds, outcomesOf, staleTaken };
}
