import { memory } from '../../src/store/memory/memory.js'
import { describeStore } from '../contract/store.js'

describeStore('the store in memory', { open: memory })
