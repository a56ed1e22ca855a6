import { readFrame } from './read-frame';

/** The part of Electron's `MessagePortMain` that is used. */
export interface PagePort {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(data: unknown): void;
  start(): void;
  close(): void;
}

/** A page's port as a host may take it: every message is text that was checked. */
export interface ScreenedPort {
  onMessage: { addListener(listener: (text: string) => void): void };
  onDisconnect: { addListener(listener: () => void): void };
  postMessage(data: unknown): void;
  /** Ends it from this side. */
  close(): void;
}

/** Lets through what the panel's client sends. A page that sends anything else is not ours any more: its port is closed. */
export function screenPort(port: PagePort, reject: () => void): ScreenedPort {
  const listeners: ((text: string) => void)[] = [];
  const ends: (() => void)[] = [];
  let closed = false;
  const end = () => {
    if (closed) return;
    closed = true;
    port.close();
    for (const listener of ends) listener();
  };
  port.on('message', ({ data }) => {
    if (closed) return;
    const text = readFrame(data);
    if (text !== null) {
      for (const listener of listeners) listener(text);
      return;
    }
    reject();
    end();
  });
  port.on('close', end);
  return {
    onMessage: { addListener: (listener) => void listeners.push(listener) },
    onDisconnect: { addListener: (listener) => void ends.push(listener) },
    postMessage: (data) => {
      if (!closed) port.postMessage(data);
    },
    close: end,
  };
}
