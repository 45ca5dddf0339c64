import type { Place } from '../place.js'

/** Whether the world says that the account owes money. */
export function isInArrears({ world, account }: Place): boolean {
  return world.accounts.some((each) => each.AccountId === account && each.arrears === true)
}
