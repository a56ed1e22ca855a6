import { plainDoublesSql } from '../../store/reader/plain-doubles';

/** A record's line in SQL, as `readRecords` makes it of `body` and `body_kind`. */
export const lineSql = `CASE WHEN body_kind IN (5, 6) AND contains(body, '.0') THEN ${plainDoublesSql('body')} ELSE body END`;
