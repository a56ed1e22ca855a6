import { describe, expect, it } from 'vitest';
import { isPanelSender } from './check-sender';

describe('isPanelSender', () => {
  const mainFrame = { origin: 'watchtower-panel://app' };
  const ours = { mainFrame };
  const admitted = new Set([ours]);

  it('accepts the main frame of an admitted window on the panel', () => {
    expect(isPanelSender({ sender: ours, senderFrame: mainFrame }, admitted)).toBe(true);
  });

  it('refuses a window that is not admitted', () => {
    expect(isPanelSender({ sender: { mainFrame }, senderFrame: mainFrame }, admitted)).toBe(false);
  });

  it('refuses a frame inside of the page, and one that has gone', () => {
    expect(isPanelSender({ sender: ours, senderFrame: { ...mainFrame } }, admitted)).toBe(false);
    expect(isPanelSender({ sender: ours, senderFrame: null }, admitted)).toBe(false);
  });

  it.each(['https://app', 'watchtower-panel://app.evil', 'file://', 'null', ''])('refuses the origin %j', (origin) => {
    const frame = { origin };
    const sender = { mainFrame: frame };
    expect(isPanelSender({ sender, senderFrame: frame }, new Set([sender]))).toBe(false);
  });
});
