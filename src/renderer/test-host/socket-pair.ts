/** One end of a WebSocket without a network: what one end sends, the other hears a turn later. */
export class SocketEnd extends EventTarget {
  readyState: number = WebSocketState.connecting;
  other: SocketEnd | null = null;

  send(data: string | Blob | BufferSource): void {
    const { other } = this;
    setTimeout(() => other?.readyState === WebSocketState.open && other.hear(data));
  }

  /** Ends both, as a closed page or a host that is gone does. */
  close(): void {
    for (const end of [this, this.other]) {
      if (!end || end.readyState === WebSocketState.closed) continue;
      end.readyState = WebSocketState.closed;
      end.dispatchEvent(new Event('close'));
    }
  }

  open(): void {
    this.readyState = WebSocketState.open;
    this.dispatchEvent(new Event('open'));
  }

  private hear(data: unknown): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }
}

const WebSocketState = { connecting: 0, open: 1, closed: 3 };

export function joinSockets(one: SocketEnd, other: SocketEnd): void {
  one.other = other;
  other.other = one;
}
