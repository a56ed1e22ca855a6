import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { QueryApi } from '../../shared/contract/external';

const Provisioned = z.object({
  datasources: z.array(
    z.object({
      name: z.string(),
      uid: z.string(),
      type: QueryApi,
      isDefault: z.boolean().default(false),
      jsonData: z.record(z.string(), z.unknown()).default({}),
    }),
  ),
});

/** A data source of the Docker stack's Grafana, in front of one of the three APIs. */
export interface Datasource {
  /** By its place in the file, from 1. */
  id: number;
  uid: string;
  name: string;
  type: QueryApi;
  isDefault: boolean;
  jsonData: Readonly<Record<string, unknown>>;
}

/** Those that the Docker stack provisions, so that a client finds the same whichever stands behind the port. Throws where the file cannot be read. */
export async function readDatasources(file: string): Promise<Datasource[]> {
  // Grafana fills in variables of the environment, and reads `$$` as `$`.
  const text = (await readFile(file, 'utf8')).replaceAll('$$', '$');
  return Provisioned.parse(parse(text)).datasources.map((each, index) => ({ id: index + 1, ...each }));
}
