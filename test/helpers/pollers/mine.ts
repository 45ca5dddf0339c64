import type { Poller } from '../../../src/simulate/pollers/poller.js'

/** Believes what the first answer says. */
export const hasty: Poller = {
  name: 'hasty',
  about: 'Starts, and takes that for done.',
  async wait(service) {
    await service.start()
    return 'success'
  },
}
