-- The engine's tables: executions, their history, and the work that they wait for.
--
-- Times are milliseconds since 1970 in UTC, by the clock that the file owns (setting 'clock'), save
-- where a comment says "wall". Every n is given by the engine, out of `counter`; ids are for people.

-- Which of the files in this folder were run; PRAGMA user_version is the newest n.
CREATE TABLE migration (
  n INTEGER PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE execution (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  machine TEXT NOT NULL,            -- the id@version to which it is pinned
  singleton_key TEXT,
  outcome TEXT                      -- NULL while it lives
    CHECK (outcome = 'done' OR outcome = 'failed' OR outcome = 'cancelled'),
  status TEXT NOT NULL,             -- what the machine's status function says of the snapshot
  seq INTEGER NOT NULL,             -- the seq of its newest record
  started_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  ended_at INTEGER,
  stuck TEXT,                       -- the error that set it aside, or NULL
  snapshot TEXT NOT NULL,           -- JSON in the step's own key order; last, because it is long
  CHECK ((outcome IS NULL) = (ended_at IS NULL))
) STRICT;

-- At most one live execution per singleton key, whoever writes.
CREATE UNIQUE INDEX one_live_execution_per_key ON execution (singleton_key)
  WHERE singleton_key IS NOT NULL AND outcome IS NULL;
CREATE INDEX execution_by_key ON execution (singleton_key, n) WHERE singleton_key IS NOT NULL;
-- In both of these n follows by itself: an index ends with the row's number.
CREATE INDEX live_execution ON execution (outcome) WHERE outcome IS NULL;
CREATE INDEX stuck_execution ON execution (n) WHERE stuck IS NOT NULL;

-- How many executions have ended, so that a list can say how many there are without reading them.
CREATE TABLE tally (
  scope TEXT NOT NULL,              -- '' for all of them, 'key K' for those of the singleton key K
  machine TEXT NOT NULL,
  status TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count >= 0),
  PRIMARY KEY (scope, machine, status)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER end_is_counted AFTER UPDATE OF outcome ON execution
WHEN NEW.outcome IS NOT NULL OR OLD.outcome IS NOT NULL
BEGIN
  UPDATE tally SET count = count - 1
  WHERE OLD.outcome IS NOT NULL AND scope IN ('', 'key ' || OLD.singleton_key)
    AND machine = OLD.machine AND status = OLD.status;
  INSERT INTO tally (scope, machine, status, count)
  SELECT value, NEW.machine, NEW.status, 1 FROM json_each(json_array('', 'key ' || NEW.singleton_key))
  WHERE value IS NOT NULL AND NEW.outcome IS NOT NULL
  ON CONFLICT DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER ended_is_counted AFTER INSERT ON execution WHEN NEW.outcome IS NOT NULL
BEGIN
  INSERT INTO tally (scope, machine, status, count)
  SELECT value, NEW.machine, NEW.status, 1 FROM json_each(json_array('', 'key ' || NEW.singleton_key))
  WHERE value IS NOT NULL
  ON CONFLICT DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER forgotten_is_counted AFTER DELETE ON execution WHEN OLD.outcome IS NOT NULL
BEGIN
  UPDATE tally SET count = count - 1
  WHERE scope IN ('', 'key ' || OLD.singleton_key) AND machine = OLD.machine AND status = OLD.status;
  DELETE FROM tally WHERE count = 0
    AND scope IN ('', 'key ' || OLD.singleton_key) AND machine = OLD.machine AND status = OLD.status;
END;

-- The history. n is the order of all records in the file and the cursor of a stream.
CREATE TABLE record (
  n INTEGER PRIMARY KEY,
  execution INTEGER NOT NULL REFERENCES execution (n) ON DELETE CASCADE,
  seq INTEGER NOT NULL CHECK (seq >= 1),  -- 1, 2, 3 ... within the execution
  at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind = 'step' OR kind = 'attempt' OR kind = 'migration'),
  body TEXT NOT NULL,                     -- JSON, or a short form: src/store/sqlite/packed.ts
  UNIQUE (execution, seq)
) STRICT;

-- Time only goes forward, and no record is missing.
CREATE TRIGGER record_follows_the_one_before BEFORE INSERT ON record
WHEN NEW.seq > 1 AND NOT EXISTS (
  SELECT 1 FROM record WHERE execution = NEW.execution AND seq = NEW.seq - 1 AND at <= NEW.at
)
BEGIN
  SELECT RAISE(ABORT, 'a record must follow the one before it in seq and time');
END;

-- What happened stays as it was written; it goes only with its execution.
CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record
BEGIN
  SELECT RAISE(ABORT, 'a record is never changed');
END;

-- Timers and tasks that are pending.
CREATE TABLE work (
  n INTEGER PRIMARY KEY,
  execution INTEGER NOT NULL REFERENCES execution (n) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('timer', 'task')),
  id TEXT NOT NULL,
  seq INTEGER NOT NULL,             -- the record that set or started it
  machine TEXT NOT NULL,
  state TEXT NOT NULL
    CHECK (state = 'set' OR state = 'running' OR state = 'backoff' OR state = 'ready'
      OR state = 'ended' OR state = 'waiting'),
  axis TEXT NOT NULL                -- the clock of due: the file's, or the wall's
    CHECK (axis IN ('file', 'wall')),
  due INTEGER,                      -- NULL: waits for a slot, or for somebody to end it
  parked INTEGER NOT NULL CHECK (parked IN (0, 1)),  -- 1 while its execution is stuck
  pool TEXT,
  slot INTEGER NOT NULL CHECK (slot IN (0, 1)),      -- 1 while it holds a slot of its pool
  ticket INTEGER,                   -- its place in the pool's queue
  owner TEXT,                       -- the process that runs it
  body TEXT NOT NULL,               -- JSON: a timer's event; a task's src, input, attempt and times
  CHECK ((kind = 'timer') = (state = 'set')),
  CHECK (state <> 'waiting' OR (pool IS NOT NULL AND ticket IS NOT NULL AND due IS NULL)),
  CHECK (slot = 0 OR pool IS NOT NULL)
) STRICT;

CREATE INDEX work_of_execution ON work (execution);
-- The one question that every worker asks. Ties go by n, with which an index ends by itself.
CREATE INDEX work_due ON work (axis, due) WHERE due IS NOT NULL AND parked = 0;
CREATE INDEX work_queue ON work (pool, ticket) WHERE state = 'waiting' AND parked = 0;
CREATE INDEX work_slot ON work (pool) WHERE slot = 1;

-- Keys that make a start idempotent.
CREATE TABLE idempotency (
  key TEXT PRIMARY KEY,
  request TEXT NOT NULL,            -- canonical JSON: the same key must bring the same
  execution INTEGER NOT NULL REFERENCES execution (n) ON DELETE CASCADE
) STRICT;

CREATE INDEX idempotency_of_execution ON idempotency (execution);

-- The last number given under a name.
CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the file owns: its clock under 'clock', as JSON, and what its first command fixed.
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
