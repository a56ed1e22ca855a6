import type { Problem } from '../../shared/problem';

/** `token` for Sumo Logic and Grafana Cloud; header values by header name for other endpoints. */
export type DestinationSecret = Readonly<Record<string, string>>;

export interface StoredSecrets {
  /** By id of the destination. */
  secrets: ReadonlyMap<string, DestinationSecret>;
  /** Why some or all of them cannot be used. */
  problem: Problem | null;
}

/** Where secrets are kept. Reads what is there at each call, so that what a user mends counts at once. */
export interface SecretStore {
  /** Where, in words: "the system's keychain", "a file that only this user can read". */
  readonly place: string;
  read(): Promise<StoredSecrets>;
  set(id: string, secret: DestinationSecret): Promise<Problem | null>;
  delete(id: string): Promise<Problem | null>;
}
