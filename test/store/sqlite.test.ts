import { sqlite } from '../../src/store/sqlite/sqlite.js'
import { describeStore } from '../contract/store.js'
import { temporaryFolder } from './folder.js'

const path = temporaryFolder()
let last = ''

describeStore('the store in a SQLite file', {
  open(options) {
    last = path()
    return sqlite(last, options)
  },
  reopen: (options) => sqlite(last, options),
})

describeStore('the store in SQLite without a file', {
  open: (options) => sqlite(':memory:', options),
})
