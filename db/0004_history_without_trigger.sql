-- What writes a record checks this itself, see src/store/sqlite/ends-of-history.ts: with a trigger SQLite
-- keeps each page that the statement touches, a fifth of what a record costs.
DROP TRIGGER record_follows_the_one_before;
