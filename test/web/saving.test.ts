import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { Console } from '../cli/console.js'
import { desk, emulator, inChromium, start, template, withBrowser } from './browser.js'

inChromium('what is saved of an execution', () => {
  withBrowser()

  test('ends at the step that is shown, where that is not now, and says so', async () => {
    const served = await emulator()
    const id = await start(served, await template(served, 'web'))
    await served.clock.advance('1h')
    const at = await desk(served.url, { width: 1600 })
    await at.open(`#/executions/${id}?step=2`)
    const { page } = at
    await page.locator('.chip').getByText('BUILDING').waitFor()
    const [saved] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')])
    expect(saved.suggestedFilename()).toBe(`${id}-step-2.yaml`)
    await page.getByText(`Saved ${id}-step-2.yaml, up to step 2`).waitFor()
    const text = await readFile(await saved.path(), 'utf8')
    expect(text).toContain('status: BUILDING')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Save as scenario' }).waitFor()
  })

  test('is repeated by the command that is copied, up to the step that is shown', async () => {
    const served = await emulator()
    const id = await start(served, await template(served, 'web'))
    await served.clock.advance('1h')
    const at = await desk(served.url)
    const { page } = at
    for (const [step, file, last] of [
      ['', id, 'SUCCESS'],
      ['?step=2', `${id}-step-2`, 'BUILDING'],
    ] as const) {
      await at.open(`#/executions/${id}${step}`)
      await page.getByRole('button', { name: 'More' }).click()
      await page.getByRole('button', { name: 'Copy Repeats it' }).click()
      const copied: string = await page.evaluate('navigator.clipboard.readText()')
      const terminal = new Console()
      const commands = copied
        .replaceAll('\\\n', '')
        .replaceAll(`${file}.yaml`, terminal.path('it.yaml'))
        .split(' && ')
      for (const command of commands) {
        const ran = await terminal.run(
          command
            .trim()
            .replace(/^bakeline /, '')
            .split(/ +/),
        )
        expect(ran, command).toMatchObject({ code: 0 })
      }
      expect(readFileSync(terminal.path('it.yaml'), 'utf8')).toContain(`status: ${last}`)
      await page.keyboard.press('Escape')
    }
  })
})
