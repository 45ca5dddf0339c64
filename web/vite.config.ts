import { defineConfig, type UserConfig } from 'vite'

const common: UserConfig = {
  root: import.meta.dirname,
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
}

const built = {
  outDir: '../dist/web',
  target: 'es2022',
  reportCompressedSize: false,
  modulePreload: { polyfill: false },
} as const

/** The page, into files that the server sends from below /_bakeline/ui/. */
const page: UserConfig = {
  ...common,
  base: '/_bakeline/ui/',
  // Of the machine that every server has; the build says what, where it has the machine.
  define: { BUILT_ANSWERS: JSON.stringify('{}') },
  build: {
    ...built,
    emptyOutDir: false,
    assetsDir: '',
    assetsInlineLimit: 0,
    manifest: 'built.json',
  },
}

/** The view of one execution in one script and one style, for `bakeline export`. */
const exported: UserConfig = {
  ...common,
  build: {
    ...built,
    emptyOutDir: false,
    minify: true,
    cssCodeSplit: false,
    lib: {
      entry: 'export/main.tsx',
      formats: ['es'],
      fileName: () => 'export.js',
      cssFileName: 'export',
    },
    // A library keeps its line breaks for whoever bundles it on; this one goes into a file as it is.
    rolldownOptions: { output: { minify: true } },
  },
  define: { 'process.env.NODE_ENV': '"production"' },
}

/** The layout engine for Node, which an exported file needs before it is written. */
const layout: UserConfig = {
  ...common,
  ssr: { noExternal: true },
  build: {
    ...built,
    emptyOutDir: false,
    minify: true,
    ssr: 'export/layout.ts',
    rolldownOptions: { output: { entryFileNames: 'layout.js' } },
  },
}

export default defineConfig(({ mode }) => {
  if (mode === 'export') return exported
  return mode === 'layout' ? layout : page
})
