import { formatDialect, mariadb, mysql, plsql, postgresql, sql, sqlite, transactsql } from 'sql-formatter';

/** In the order in which they are tried; each reads what most statements have, and some things that the others do not. */
const dialects = [postgresql, mysql, transactsql, sqlite, plsql, mariadb, sql];
/** What drivers write where a value is: `?`, `$1`, `:name`, `@p1`, `%s`, `%(name)s`. */
const paramTypes = {
  positional: true,
  numbered: ['$', ':', '?'] as ('$' | ':' | '?')[],
  named: [':', '@'] as (':' | '@')[],
  custom: [{ regex: String.raw`%(?:\(\w+\))?s` }],
};

/** A statement with its clauses on lines of their own, its words as they were written; null where no dialect reads it, as of one that was cut off. */
export function formatSql(text: string): string | null {
  for (const dialect of dialects) {
    try {
      return formatDialect(text, { dialect, paramTypes, keywordCase: 'preserve', tabWidth: 2 });
    } catch {
      // Another dialect may read it.
    }
  }
  return null;
}
