import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { type PagePort, screenPort } from './screen-port';

function fakePort() {
  const port = Object.assign(new EventEmitter(), { postMessage: vi.fn(), start: vi.fn(), close: vi.fn() });
  return { port, page: port as PagePort, say: (data: unknown) => port.emit('message', { data }) };
}

const call = JSON.stringify({ i: '1', p: { u: '/host/snapshot' } });

describe('screenPort', () => {
  it('hands on checked messages, and answers', () => {
    const { port, page, say } = fakePort();
    const screened = screenPort(page, () => {});
    const heard: string[] = [];
    screened.onMessage.addListener((text) => heard.push(text));
    say(call);
    screened.postMessage('answer');
    expect(heard).toEqual([call]);
    expect(port.postMessage).toHaveBeenCalledWith('answer');
  });

  it('closes at the first message that the panel would not send, and hears nothing after it', () => {
    const { port, page, say } = fakePort();
    const reject = vi.fn();
    const ended = vi.fn();
    const heard = vi.fn();
    const screened = screenPort(page, reject);
    screened.onMessage.addListener(heard);
    screened.onDisconnect.addListener(ended);
    say({ i: '1', p: { u: '/host/stop' } });
    say(call);
    screened.postMessage('late');
    expect([reject, port.close, ended].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1]);
    expect(heard).not.toHaveBeenCalled();
    expect(port.postMessage).not.toHaveBeenCalled();
  });
});
