// Moves executions one by one, and says so after each, until it is done or killed.
import { archiveExecutions } from '../../src/store/sqlite/archive.js'

const [, , path = '', to = ''] = process.argv

await archiveExecutions(path, {
  to,
  endedBefore: () => Number.MAX_SAFE_INTEGER,
  batch: 1,
  onMoved: (executions) => process.send?.({ executions }),
})
process.send?.({ done: true })
process.disconnect()
