/** A canvas that takes everything and draws nothing: what a chart shows beside its lines can then be tested. */
export function giveCanvas(): void {
  const answer = (name: string | symbol) => (name === 'measureText' ? () => ({ width: 0 }) : () => {});
  HTMLCanvasElement.prototype.getContext = function getContext(this: HTMLCanvasElement) {
    const kept = new Map<string | symbol, unknown>([['canvas', this]]);
    return new Proxy(
      {},
      {
        get: (_target, name) => (kept.has(name) ? kept.get(name) : answer(name)),
        set: (_target, name, value) => {
          kept.set(name, value);
          return true;
        },
      },
    );
  } as unknown as HTMLCanvasElement['getContext'];
  globalThis.Path2D = class {
    addPath(): void {}
    arc(): void {}
    closePath(): void {}
    lineTo(): void {}
    moveTo(): void {}
    rect(): void {}
  } as unknown as typeof Path2D;
}
