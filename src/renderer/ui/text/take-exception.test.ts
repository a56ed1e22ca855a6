import { describe, expect, it } from 'vitest';
import { takeException } from './take-exception';

const entry = (key: string, value: unknown) => ({ key, value });

describe('takeException', () => {
  it('takes type, message and stack trace out, by the names of OpenTelemetry and of Loki', () => {
    for (const dot of ['.', '_']) {
      const { exception, rest } = takeException([
        entry('http.route', '/'),
        entry(`exception${dot}type`, 'KeyError'),
        entry(`exception${dot}message`, "'price'"),
        entry(`exception${dot}stacktrace`, 'Traceback\n  File'),
        entry(`exception${dot}escaped`, 'False'),
      ]);
      expect(exception).toEqual({ type: 'KeyError', message: "'price'", stack: 'Traceback\n  File' });
      expect(rest.map(({ key }) => key)).toEqual(['http.route', `exception${dot}escaped`]);
    }
  });

  it('takes a stack trace that came alone', () => {
    expect(takeException([entry('exception.stacktrace', 'at f')]).exception).toEqual({
      type: '',
      message: '',
      stack: 'at f',
    });
  });

  it('leaves all where there is none, and what it cannot show', () => {
    const entries = [entry('exception.type', 7), entry('exception.types', 'x'), entry('exception.message', '')];
    expect(takeException(entries)).toEqual({ exception: null, rest: entries });
    const twice = [entry('exception.type', 'A'), entry('exception.type', 'B')];
    expect(takeException(twice).rest).toEqual([twice[1]]);
  });
});
