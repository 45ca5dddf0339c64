import { defineConfig } from 'vite'

/** The page, into files that the server sends from below /_bakeline/ui/. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/_bakeline/ui/',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    assetsDir: '',
    assetsInlineLimit: 0,
    manifest: 'built.json',
    target: 'es2022',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})
