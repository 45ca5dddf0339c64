// engine
export { createEngine, type CreateEngineOptions } from './compose.js'
export type { Engine } from './engine/engine.js'
export type { Transaction } from './engine/transaction.js'
export type { MachineDefinition } from './engine/definition.js'
export type { Execution, ExecutionId, TaskArguments } from './engine/types.js'
export type { TaskPolicy } from './core/policy.js'
export { BakelineError } from './core/errors.js'

// stores
export { memory } from './store/memory/memory.js'
export { sqlite, type SqliteOptions } from './store/sqlite/sqlite.js'

// Image Builder
export { openImageBuilder, type OpenOptions } from './compose.js'
export { ImageBuilder } from './imagebuilder/image-builder.js'
export { EcsError } from './imagebuilder/errors.js'

// emulator
export {
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  type Inspector,
  serveInspector,
} from './emulator/index.js'

// versions and forks
export { checkVersion, type Compatibility } from './engine/compatibility.js'
export { fork, type ForkOptions } from './fork.js'
export { diff, type Diff } from './diff.js'

// archives
export { archive, type Archived, type ArchiveOptions } from './archive.js'

// ways of waiting
export { pollers, type PollerReport, type PollersOptions } from './pollers/pollers.js'
export type { Poller, PolledService } from './simulate/pollers/poller.js'

// scenarios
export { explore, type ExploreFileOptions } from './explore.js'
export type { Exploration, Violation } from './simulate/explore/explore.js'
export type { Invariant } from './simulate/explore/invariants/invariant.js'
export { replay, type ReplayOptions } from './replay.js'
export { recordPlan, type RecordedPlan } from './record/record-plan.js'
export { record, type RecordOptions } from './record/record.js'
export type { Recording } from './record/recording.js'
export type { Replayed } from './simulate/replay/types.js'

// fleets
export { fleet, type FleetOptions } from './fleet.js'
export type { FleetReport } from './simulate/fleet/report-types.js'
