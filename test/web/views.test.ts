import { expect, test } from 'vitest'
import { desk, emulator, inChromium, soon, withBrowser } from './browser.js'

inChromium('the API explorer', () => {
  withBrowser()

  test('sends what breaks a limit, and shows request, refusal and what the SDK throws', async () => {
    const served = await emulator()
    const at = await desk(served.url)
    await at.open('#/api/CreateImagePipeline')
    const { page } = at
    await page.getByLabel('SystemDiskSize', { exact: true }).fill('12')
    await page.getByText('20 to 500 GiB. You may still send it').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('ClientError InvalidSystemDiskSize.NotSupportedValue').waitFor()
    const request = await page.getByRole('tabpanel', { name: 'On the wire' }).textContent()
    expect(request).toContain('SystemDiskSize=12')
    expect(request).toMatch(/Signature=[0-9a-f]{64}/)
    await page.getByRole('tab', { name: 'String to sign' }).click()
    const hashed = await page.getByRole('tabpanel', { name: 'String to sign' }).textContent()
    expect(hashed).toMatch(/^ACS3-HMAC-SHA256\n[0-9a-f]{64}$/)
    await page.getByRole('tab', { name: 'Canonical request' }).click()
    await page.getByText('x-acs-action:CreateImagePipeline').waitFor()
    for (const [tab, words] of [
      ['Python', 'create_image_pipeline'],
      ['Go', 'CreateImagePipelineRequest'],
      ['aliyun', 'aliyun ecs CreateImagePipeline'],
      ['curl', 'curl'],
      ['Terraform', 'resource "alicloud_ecs_image_pipeline"'],
      ['Node.js', 'client.createImagePipeline'],
    ] as const) {
      await page.getByRole('tab', { name: tab, exact: true }).click()
      const code = page.getByRole('tabpanel', { name: tab })
      await code.getByText(words, { exact: false }).first().waitFor()
      expect(await code.textContent()).toContain('12')
    }
  })

  test('has a form for every operation that the service declares', async () => {
    const served = await emulator()
    const { operations } = (await (
      await fetch(`${served.url}/_bakeline/ecs/operations`)
    ).json()) as { operations: { action: string; parameters: { required: boolean }[] }[] }
    const at = await desk(served.url)
    await at.open('#/api')
    const { page } = at
    const shown = page.getByRole('heading', { level: 1 })
    await shown.waitFor()
    const seen: string[] = []
    for (const [index] of operations.entries()) {
      if (index > 0) await page.keyboard.press('j')
      await soon(() => shown.innerText()).not.toBe(seen.at(-1))
      seen.push(await shown.innerText())
      const { parameters = [] } = operations.find(({ action }) => action === seen.at(-1)) ?? {}
      await page.getByText(`${parameters.length} parameters,`, { exact: false }).waitFor()
      expect(await page.locator('.api-field').count()).toBeGreaterThan(0)
    }
    expect(seen.sort()).toEqual(operations.map(({ action }) => action).sort())
  })

  test.each(['V3', 'V1'])('signs by %s so that a world with keys lets it in', async (version) => {
    const accessKeys = [{ AccessKeyId: 'LTAI5tKnown', AccessKeySecret: 'known-secret' }]
    const served = await emulator({ world: { accessKeys } })
    const at = await desk(served.url)
    await at.open('#/api/DescribeRegions')
    const { page } = at
    await page.getByRole('radio', { name: version }).click()
    await page.getByLabel('Access key ID').fill('LTAI5tKnown')
    await page.getByLabel('Access key secret').fill('wrong')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('SignatureDoesNotMatch').first().waitFor()
    await page.getByLabel('Access key secret').fill('known-secret')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByLabel('Body of the response').getByText('"Regions"').waitFor()
  })
})

inChromium('templates and scenarios', () => {
  withBrowser()

  test('content is read as it is typed, in both syntaxes, and a template is made of it', async () => {
    const served = await emulator()
    const at = await desk(served.url)
    await at.open('#/templates')
    const { page } = at
    await page.getByRole('heading', { name: 'No template yet' }).waitFor()
    await page.keyboard.press('c')
    await page.getByLabel('BuildContent').fill('RUN a\nCOPPY b c')
    await page.getByText('unknown command "COPPY"; the nearest is COPY').waitFor()
    await page.getByText('line 2', { exact: false }).waitFor()
    const document = '---\nTasks:\n  - Name: a\n    Action: RunShellComand\n'
    await page.getByLabel('BuildContent').fill(document)
    await page.getByText('RunShellCommand', { exact: false }).waitFor()
    await page.getByLabel('BuildContent').fill('RUN a')
    await page.getByText('1 of 127 commands').waitFor()
    expect(await at.barriers()).toEqual([])
    await page.getByLabel('Name', { exact: true }).fill('web-golden')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: 'web-golden' }).waitFor()
    await page.getByRole('button', { name: 'Create anew from it' }).click()
    await page.getByRole('heading', { name: 'Create anew from web-golden' }).waitFor()
  })

  test('components of every region are listed, and deleted where they are', async () => {
    const served = await emulator()
    const at = await desk(served.url)
    for (const RegionId of ['cn-hangzhou', 'eu-central-1']) {
      await served.imageBuilder.createComponent({
        RegionId,
        Name: `in-${RegionId}`,
        Content: 'RUN a',
      })
    }
    await at.open('#/templates?of=components')
    const { page } = at
    await page.getByRole('row', { name: /in-cn-hangzhou/ }).waitFor()
    await page.keyboard.press('c')
    await page.getByLabel('Name', { exact: true }).fill('nginx')
    await page.getByLabel('Content').fill('RUN a\nFROM b')
    await page.locator('.editor-gutter .wrong', { hasText: '2' }).waitFor()
    await page.getByLabel('Content').fill('RUN yum install -y nginx')
    await page.getByText('1 of 127 commands').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: 'nginx' }).waitFor()
    await page.getByRole('button', { name: 'Create anew from it' }).click()
    const content = page.getByRole('textbox', { name: 'Content' })
    expect(await content.inputValue()).toBe('RUN yum install -y nginx')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /in-eu-central-1/ }).click()
    await page.getByRole('complementary').getByText('eu-central-1', { exact: true }).waitFor()
    expect(await at.barriers()).toEqual([])
    await page.getByRole('button', { name: 'Delete in-eu-central-1' }).click()
    await page.getByRole('button', { name: 'Keep it' }).click()
    await page.getByRole('button', { name: 'Delete in-eu-central-1' }).click()
    await page.getByRole('button', { name: 'Delete it' }).click()
    await page.getByRole('row', { name: /in-eu-central-1/ }).waitFor({ state: 'detached' })
    expect(await served.imageBuilder.components()).toHaveLength(2)
  })
})
