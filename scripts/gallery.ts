// Writes docs/gallery.md from the scenarios that ship; a test says when it is stale.
import { writeFileSync } from 'node:fs'
import { galleryPage } from './gallery-page.js'

writeFileSync('docs/gallery.md', galleryPage())
