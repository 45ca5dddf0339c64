import type { FailedAccount, ShareImageInput, ShareImageOutput } from '../../machines/tasks.js'
import type { Json } from '../core/json.js'
import type { Simulate } from '../engine/simulate.js'
import { accountExists } from './world/find.js'
import { worldOf } from './world-setting.js'

/**
 * A simulator that knows the world's accounts: sharing with one that is closed fails, whatever the
 * plan says, as it does on ModifyImageSharePermission.
 */
export function withAccounts(simulate: Simulate): Simulate {
  return (facts, reader) => {
    const attempt = simulate(facts, reader)
    if (facts.src !== 'shareImage' || attempt === null || 'error' in attempt.outcome) return attempt
    const { accounts } = facts.input as unknown as ShareImageInput
    const world = worldOf(reader)
    const output = attempt.outcome.output as ShareImageOutput
    const failed: FailedAccount[] = [...(output?.failed ?? [])]
    const told = new Set(failed.map(({ account }) => account))
    for (const account of accounts) {
      if (!told.has(account) && !accountExists(world, account)) failed.push(missing(account))
    }
    if (failed.length === told.size) return attempt
    return { ...attempt, outcome: { output: { failed } as unknown as Json } }
  }
}

function missing(account: string): FailedAccount {
  return {
    account,
    code: 'InvalidAccount.NotFound',
    message: `The specified account ${account} in parameter "AddAccount.n" or "RemoveAccount.n" does not exist.`,
  }
}
