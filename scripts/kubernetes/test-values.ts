import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { paths } from '../../src/core/backends/kubernetes/cluster/test-paths';

export type Values = Record<string, unknown>;

/** The values of a folder below `resources/stack/helm`, by the name of their file. */
export function readValues(folder: string): Record<string, Values> {
  const path = join(paths.helm, folder);
  return Object.fromEntries(
    readdirSync(path).map((file) => [file.replace(/\.yaml$/, ''), parse(readFileSync(join(path, file), 'utf8'))]),
  );
}

/** What stands at `a.b.0.c`; undefined where there is nothing. */
export function valueAt(values: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (at as Values | undefined)?.[key], values);
}

/** Every value that is no object or list, by its path. */
export function leaves(
  value: unknown,
  path: readonly (string | number)[] = [],
): { path: (string | number)[]; value: unknown }[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0)
    return [{ path: [...path], value }];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

const units: Record<string, number> = { '': 1, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30 };

/** Bytes of a quantity of memory. */
export function bytesOf(quantity: string): number {
  const [, number, unit] = /^(\d+)(|Ki|Mi|Gi)$/.exec(quantity) ?? [];
  if (number === undefined) throw new Error(`not a quantity of memory: ${quantity}`);
  return Number(number) * units[unit ?? '']!;
}
