import { parse } from 'yaml';
import { readStackFile } from './read-stack-file';

export interface StackService {
  image: string;
  environment?: Record<string, string>;
  command?: string[];
  configs: { source: string; target: string }[];
  ports: string[];
  volumes: string[];
  healthcheck?: { test: string[] };
  mem_limit?: string;
  cap_drop?: string[];
  security_opt?: string[];
}

/** What the tests look at in `docker-compose.yml`, variables not filled in. */
export interface StackCompose {
  services: Record<string, StackService>;
  configs: Record<string, { file: string }>;
  volumes: Record<string, null>;
}

export const stackCompose: StackCompose = parse(readStackFile('docker-compose.yml'));
