import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['src/**', 'machines/**'],
      reporter: ['text-summary', 'text'],
      thresholds: {
        'machines/**': { branches: 100, functions: 100, lines: 100, statements: 100 },
        'src/core/**': { branches: 100, functions: 100, lines: 100, statements: 100 },
      },
    },
  },
})
