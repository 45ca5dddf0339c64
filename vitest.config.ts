import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/helpers/compile.ts'],
    // Files that start processes or walk machines at random take their time on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    coverage: {
      provider: 'v8',
      include: ['src/**', 'machines/**'],
      exclude: ['test/**', 'examples/**', 'dist/**'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: {
        'machines/**': { branches: 100, functions: 100, lines: 100, statements: 100 },
        'src/core/**': { branches: 100, functions: 100, lines: 100, statements: 100 },
        'src/**': { branches: 85, functions: 90, lines: 90, statements: 90 },
      },
    },
  },
})
