import { expect } from '@playwright/test';

export const has = (fields: Record<string, unknown>) => expect.objectContaining(fields);
export const listOf = (...items: unknown[]) => expect.arrayContaining(items);
export const seconds = (ago: number) => String(Math.floor(Date.now() / 1000) - ago);
export const nanos = (ago: number) => `${seconds(ago)}000000000`;
export const text = expect.any(String);

export const loki = '/api/datasources/proxy/uid/loki/loki/api/v1';
export const prometheus = '/api/datasources/uid/prometheus/resources/api/v1';
export const tempo = '/api/datasources/proxy/uid/tempo/api';
export const categorized = { 'x-loki-response-encoding-flags': 'categorize-labels' };
export const llm = { accept: 'application/vnd.grafana.llm' };
