import { parser as logql } from '@grafana/lezer-logql';
import { parser as promql } from '@prometheus-io/lezer-promql';
import { expect, it } from 'vitest';
import { findMistake } from './find-mistake';

const inLogql = (text: string) => findMistake('LogQL', logql.parse(text), text);

it('finds the first place where a query stops to be of its language', () => {
  expect(inLogql('{a="b"} | json | | x')).toMatchObject({ from: 17, to: 18 });
  const text = 'sum(rate(up[5m]) by (job';
  expect(findMistake('PromQL', promql.parse(text), text)?.from).toBeGreaterThan(0);
});

it.each(['{a="b"', '{a="b"} | ', '{a=', 'rate({a="b"}['])('calls what is only not finished no mistake: %s', (text) => {
  expect(inLogql(text)).toBeNull();
});

it('takes what Loki takes and the grammar misses', () => {
  expect(inLogql('{a="b"} | json | x="1" y="2"')).toBeNull();
});
