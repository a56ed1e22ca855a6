import type { EngineCommand, EngineMessage } from '../shared/engine-messages';

/** The way to the host that supervises this engine. */
export interface ParentChannel {
  /** Resolves when the message has left the process. */
  send(message: EngineMessage): Promise<void>;
  onCommand(listener: (command: EngineCommand) => void): void;
  /** The host is gone. */
  onLost(listener: () => void): void;
}

/** What Electron gives a utilityProcess. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** Electron's port, Node's IPC channel, or (started by hand) JSON lines on stdout. */
export function openParentChannel(): ParentChannel {
  const { parentPort } = process as unknown as { parentPort?: ParentPort };
  if (parentPort) return throughParentPort(parentPort);
  return process.send ? throughIpc() : throughStdout();
}

function throughParentPort(port: ParentPort): ParentChannel {
  return {
    send: async (message) => {
      port.postMessage(message);
      await new Promise((resolve) => setImmediate(resolve));
    },
    onCommand: (listener) => port.on('message', (event) => listener(event.data as EngineCommand)),
    // Electron ends its utility processes itself when it exits.
    onLost: () => {},
  };
}

function throughIpc(): ParentChannel {
  return {
    send: (message) =>
      new Promise((resolve) => {
        if (process.connected) process.send?.(message, undefined, undefined, () => resolve());
        else resolve();
      }),
    onCommand: (listener) => process.on('message', (message) => listener(message as EngineCommand)),
    onLost: (listener) => {
      if (process.connected) process.once('disconnect', listener);
      else listener();
    },
  };
}

function throughStdout(): ParentChannel {
  return {
    send: (message) =>
      new Promise((resolve) => {
        process.stdout.write(`${JSON.stringify(message)}\n`, () => resolve());
      }),
    onCommand: () => {},
    onLost: () => {},
  };
}
