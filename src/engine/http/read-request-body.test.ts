import { expect, test } from 'vitest';
import { MAX_FORM_BYTES, RequestBodyReader } from './read-request-body';

/** A request whose body ends when it is told to. */
function slowRequest(bytes: number): { request: Request; end(): void } {
  let end = () => {};
  const body = new ReadableStream({
    start: (controller) => {
      controller.enqueue(new Uint8Array(bytes));
      end = () => controller.close();
    },
  });
  const options = { method: 'POST', body, duplex: 'half' };
  return { request: new Request('http://localhost/', options as RequestInit), end: () => end() };
}

test('bodies share a bound: what does not fit beside the others is refused, and there is room again after them', async () => {
  const reader = new RequestBodyReader();
  const others = Array.from({ length: 32 }, () => slowRequest(MAX_FORM_BYTES));
  const read = others.map(({ request }) => reader.read(request));
  const readOne = () => {
    const one = slowRequest(1);
    one.end();
    return reader.read(one.request);
  };
  await expect.poll(readOne).toBe('no-room');
  for (const { end } of others) end();
  expect((await Promise.all(read)).every((body) => body instanceof Uint8Array)).toBe(true);
  expect(await readOne()).toEqual(new Uint8Array(1));
});

test('a body that is said to be too large is not read at all', async () => {
  let pulled = 0;
  const body = new ReadableStream({ pull: () => void pulled++ }, { highWaterMark: 0 });
  const headers = { 'content-length': String(MAX_FORM_BYTES + 1) };
  const options = { method: 'POST', body, headers, duplex: 'half' };
  expect(await new RequestBodyReader().read(new Request('http://localhost/', options as RequestInit))).toBe(
    'too-large',
  );
  expect(pulled).toBe(0);
});
