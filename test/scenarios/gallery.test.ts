import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { galleryPage } from '../../scripts/gallery-page.js'

it('the gallery shows the scenarios as they are: run scripts/gallery.ts', () => {
  const page = new URL('../../docs/gallery.md', import.meta.url)
  expect(readFileSync(page, 'utf8')).toBe(galleryPage())
})
