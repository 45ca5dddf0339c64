// The emulator as `bakeline serve` opens it, in a process of its own: tsx server.ts DB DURABILITY.
// From SIGUSR2 on it is profiled; its last line is then where its time went.
import { createEmulator } from '../../src/emulator/create.js'
import { startProfile } from '../profile.js'

const [, , db = '', durability] = process.argv
const emulator = await createEmulator({
  db,
  durability: durability === 'full' ? 'full' : 'normal',
})
let stopProfile: ReturnType<typeof startProfile> | null = null
process.on('SIGUSR2', () => {
  stopProfile ??= startProfile()
})
process.once('SIGTERM', async () => {
  if (stopProfile !== null) {
    const { rooms } = await (await stopProfile)()
    process.stdout.write(`${JSON.stringify(rooms)}\n`)
  }
  await emulator.close()
})
process.stdout.write(`${emulator.url}\n`)
