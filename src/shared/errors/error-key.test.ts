import { describe, expect, it } from 'vitest';
import { errorKey, type ToldError } from './error-key';
import { findOwnFrame } from './find-own-frame';
import { parseStack } from './parse-stack';
import { takeThrown } from './take-thrown';

const stacks = {
  express: `TypeError: Cannot read properties of undefined (reading 'price')
    at Array.map (<anonymous>)
    at lodash.map (/srv/shop/node_modules/lodash/lodash.js:11:2)
    at async loadPrice (/srv/shop/src/prices.ts:41:17)
    at Layer.handle [as handle_request] (/srv/shop/node_modules/express/lib/router/layer.js:95:5)`,
  esm: `Error: no stock
    at file:///home/me/shop/dist/orders.mjs:12:3
    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)`,
  anonymous: `Error: x\n    at Object.<anonymous> (/app/src/main.js:1:7)\n    at Module._compile (node:internal/modules/cjs/loader:1554:14)`,
  minified: `Error: x\n    at t (https://shop.example/assets/index-4f2a9c1b.js:1:2033)`,
  firefox: `pay@https://shop.example/src/pay.js:12:9\nsubmit@https://shop.example/src/form.js:1:1`,
  webpack: `Error: x\n    at submit (webpack-internal:///./src/form.tsx:12:9)`,
  java: `java.lang.RuntimeException: order failed
	at com.shop.OrderController.create(OrderController.java:51)
Caused by: java.lang.IllegalStateException: no stock
	at java.base/java.util.Optional.orElseThrow(Optional.java:403)
	at com.shop.Stock.lambda$take$0(Stock.java:17)
	at org.springframework.web.Servlet.doGet(Servlet.java:9)`,
  dotNet: `System.InvalidOperationException: no stock
   at System.Linq.Enumerable.First[T](IEnumerable source)
   at Shop.Stock.<Take>d__4.MoveNext() in /src/Shop/Stock.cs:line 17`,
  python: `Traceback (most recent call last):
  File "/usr/lib/python3.13/site-packages/fastapi/routing.py", line 301, in app
    response = await f(request)
  File "/app/shop/catalog.py", line 11, in read_price
    return {}["price"]
           ~~^^^^^^^^^
  File "/usr/lib/python3.13/json/__init__.py", line 2, in loads
    pass
KeyError: 'price'`,
  pythonCause: `Traceback (most recent call last):
  File "/app/db.py", line 3, in connect
    raise OSError("refused")
OSError: refused

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/app/pay.py", line 9, in pay
    raise PayError("no bank") from error
PayError: no bank`,
  go: `panic: runtime error: invalid memory address

goroutine 18 [running]:
panic({0x6b1a40?, 0x83c3f0?})
	/usr/local/go/src/runtime/panic.go:785 +0x132
main.(*Server).pay(0xc000012018, {0x7a, 0x1})
	/app/server.go:42 +0x1d
net/http.HandlerFunc.ServeHTTP(0x0?)
	/usr/local/go/src/net/http/server.go:2220 +0x29`,
  ruby: "/usr/lib/ruby/3.4/json.rb:9:in `parse'\n/app/models/order.rb:12:in `total'",
  php: '#0 /app/vendor/laravel/x.php(12): Illuminate\\Foo->bar()\n#1 /app/src/Pay.php(40): App\\Pay->charge(1)',
  rust: '   0: rust_begin_unwind\n             at /rustc/abc/library/std/src/panicking.rs:1:5\n   3: shop::pay::charge\n             at ./src/pay.rs:12:5',
  libraryAlone: `Error: connect ECONNREFUSED 127.0.0.1:5432
    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1637:16)`,
};

describe('the innermost frame of one’s own code', () => {
  it.each<[keyof typeof stacks, string]>([
    ['express', 'loadPrice (src/prices.ts)'],
    ['esm', 'dist/orders.mjs'],
    ['anonymous', 'src/main.js'],
    ['minified', 'assets/index-<*>.js'],
    ['firefox', 'pay (src/pay.js)'],
    ['webpack', 'submit (src/form.tsx)'],
    ['java', 'com.shop.Stock.take (Stock.java)'],
    ['dotNet', 'Shop.Stock.Take (Shop/Stock.cs)'],
    ['python', 'read_price (shop/catalog.py)'],
    ['pythonCause', 'connect (app/db.py)'],
    ['go', 'main.(*Server).pay (app/server.go)'],
    ['ruby', 'total (models/order.rb)'],
    ['php', 'App\\Pay->charge (src/Pay.php)'],
    ['rust', 'shop::pay::charge (src/pay.rs)'],
    ['libraryAlone', ''],
  ])('of %s is %s', (name, frame) => {
    expect(findOwnFrame(stacks[name])).toBe(frame);
  });

  it('is the same when lines move, the repository lies elsewhere or the file has another hash', () => {
    const moved = (from: string, to: string, of: keyof typeof stacks) => findOwnFrame(stacks[of].replaceAll(from, to));
    expect(moved(':41:17', ':99:1', 'express')).toBe(findOwnFrame(stacks.express));
    expect(moved('/srv/shop', '/home/other/work/shop', 'express')).toBe(findOwnFrame(stacks.express));
    expect(moved('4f2a9c1b', 'b81c0d77', 'minified')).toBe(findOwnFrame(stacks.minified));
  });

  it('is none of what is no stack trace, however long', () => {
    for (const text of [
      '',
      'boom',
      ' at '.repeat(50_000),
      '(('.repeat(50_000),
      `at ${'('.repeat(60_000)}`,
      '0: '.repeat(30_000),
    ])
      expect(parseStack(text).filter(({ file }) => file !== '')).toEqual([]);
  });
});

const told = (from: Partial<ToldError>): ToldError => ({
  ...{ kind: 'exception', type: 'Error', message: '', stack: '', place: '' },
  ...from,
});
const templateOf = (type: string, message: string) => errorKey(told({ type, message })).template;

describe('errorKey', () => {
  it.each([
    ['PaymentError', "card 'Visa Gold' of order 4711 declined", 'card <*> of order <*> declined'],
    ['Error', 'connect ECONNREFUSED 10.0.0.4:5432', 'connect ECONNREFUSED <*>'],
    ['Error', 'user 0b5d3d3e-1111-4222-8333-aaaaaaaaaaaa: bad token "abc"', 'user <*>: bad token <*>'],
    [
      'TypeError',
      "Cannot read properties of undefined (reading 'price')",
      "Cannot read properties of undefined (reading 'price')",
    ],
    ['builtins.AttributeError', "'NoneType' object has no attribute 'id'", "'NoneType' object has no attribute 'id'"],
    ['KeyError', "'order-1001'", '<*>'],
    ['Error', "can't open the user's file", "can't open the user's file"],
  ])('of %s: %s has the template %s', (type, message, template) => {
    expect(templateOf(type, message)).toBe(template);
  });

  it('is one for one error, and another for another type, template or frame', () => {
    const one = told({ message: 'order 1', stack: stacks.express });
    const idOf = (change: Partial<ToldError>) => errorKey({ ...one, ...change }).id;
    expect(idOf({ message: 'order 2', stack: stacks.express.replace(':41:', ':42:') })).toBe(idOf({}));
    expect(idOf({ place: 'elsewhere' })).toBe(idOf({}));
    for (const other of [
      { type: 'OtherError' },
      { message: 'cart 1' },
      { stack: stacks.python },
      { kind: 'line' as const },
    ])
      expect(idOf(other), JSON.stringify(Object.keys(other))).not.toBe(idOf({}));
  });

  it('takes no time that grows faster than the message', () => {
    for (const piece of ["'", '"', "'a", ' "', '(`'])
      expect(templateOf('Error', piece.repeat(200_000)).length).toBeLessThanOrEqual(300);
  });
});

describe('takeThrown', () => {
  it.each<[string, string, string]>([
    [`request failed\n${stacks.express}`, 'TypeError', "Cannot read properties of undefined (reading 'price')"],
    [`12:00 ERROR c.s.Orders - failed\n${stacks.java}`, 'java.lang.RuntimeException', 'order failed'],
    [`product 0 has no price\n${stacks.python}`, 'KeyError', "'price'"],
    [stacks.pythonCause, 'PayError', 'no bank'],
    [stacks.go, 'panic', 'runtime error: invalid memory address'],
  ])('finds what was thrown in a line with its stack trace', (line, type, message) => {
    expect(takeThrown(line)).toMatchObject({ type, message });
    expect(findOwnFrame(takeThrown(line)!.stack)).not.toBe('');
  });

  it('finds nothing where there is no stack trace', () => {
    for (const line of ['TypeError: x', 'a\nb', 'ValueError: x\n  - at home', ''])
      expect(takeThrown(line), line).toBeNull();
  });
});
