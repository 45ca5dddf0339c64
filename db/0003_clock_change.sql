CREATE TABLE clock_change (
  n INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('jump', 'pace', 'back')),
  at INTEGER NOT NULL,              -- the file's time when it happened
  until INTEGER NOT NULL,           -- where a jump led; what a clock that was set back shows; else at
  was TEXT NOT NULL,                -- the clock before: system, virtual, scale=60
  clock TEXT NOT NULL,              -- and from then on
  wall INTEGER NOT NULL,            -- when it happened by the wall's clock
  record INTEGER NOT NULL           -- the newest record before it
) STRICT;
