import type { StoreReader } from '../store/reader/reader';
import type { ErrorRows } from './error-rows';
import type { GroupTable } from './group-table';
import type { ToldExceptions } from './told-exceptions';

/** What rows are read with, and added to. */
export interface Reading {
  readonly reader: StoreReader;
  readonly rows: ErrorRows;
  readonly groups: GroupTable;
  readonly exceptions: ToldExceptions;
  isLeftOut(resource: number): boolean;
}
