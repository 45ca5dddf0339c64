// The emulator as `bakeline serve` opens it, in a process of its own: tsx server.ts DB DURABILITY.
import { createEmulator } from '../../src/emulator/create.js'

const [, , db = '', durability] = process.argv
const emulator = await createEmulator({
  db,
  durability: durability === 'full' ? 'full' : 'normal',
})
process.stdout.write(`${emulator.url}\n`)
process.once('SIGTERM', () => void emulator.close())
