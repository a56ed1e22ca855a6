import { expect, it } from 'vitest';
import { topFrames } from './top-frames';

it('takes where Python threw, then the own code above it', () => {
  const stack = `Traceback (most recent call last):
  File "/venv/lib/python3.11/site-packages/starlette/routing.py", line 75, in app
    response = await f(request)
               ^^^^^^^^^^^^^^^^
  File "/app/catalog.py", line 31, in price
    return lookup(pid)
           ^^^^^^^^^^^
  File "/app/store.py", line 11, in lookup
    return {}["price"]
           ~~^^^^^^^^^
KeyError: 'price'`;
  expect(topFrames(stack)).toEqual([
    'File "/app/store.py", line 11, in lookup: return {}["price"]',
    'File "/app/catalog.py", line 31, in price: return lookup(pid)',
  ]);
});

it('takes the last of chained exceptions of Python', () => {
  const stack = `Traceback (most recent call last):
  File "a.py", line 1, in f
    x()
KeyError: 1

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "b.py", line 2, in g
    y()
ValueError: 2`;
  expect(topFrames(stack)).toEqual(['File "b.py", line 2, in g: y()']);
});

it('takes where Node threw, and leaves out its packages', () => {
  const stack = `Error: no price: 500
    at /srv/shop/app.js:14:39
    at Layer.handle [as handle_request] (/srv/shop/node_modules/express/lib/router/layer.js:95:5)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
    at async serve (/srv/shop/serve.js:3:1)`;
  expect(topFrames(stack)).toEqual(['at /srv/shop/app.js:14:39', 'at async serve (/srv/shop/serve.js:3:1)']);
});

it('takes the cause of a Java exception with its frames', () => {
  const stack = `java.lang.IllegalStateException: order failed
\tat shop.Orders.place(Orders.java:20)
Caused by: java.io.IOException: no stock
\tat java.base/java.io.Reader.read(Reader.java:5)
\tat shop.Stock.take(Stock.java:7)
\t... 12 more`;
  expect(topFrames(stack)).toEqual([
    'Caused by: java.io.IOException: no stock',
    'at java.base/java.io.Reader.read(Reader.java:5)',
    'at shop.Stock.take(Stock.java:7)',
  ]);
});

it('takes the first lines of any other text, and nothing of none', () => {
  expect(topFrames('goroutine 1 [running]:\nmain.f()\n\t/app/main.go:3\n')).toEqual([
    'goroutine 1 [running]:',
    'main.f()',
    '/app/main.go:3',
  ]);
  expect(topFrames('')).toEqual([]);
});
