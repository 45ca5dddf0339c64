-- What inserts an execution that has ended counts it itself, see src/store/sqlite/executions.ts: with a
-- trigger SQLite keeps each page that an insert touches, though nearly all that are inserted live.
DROP TRIGGER ended_is_counted;
