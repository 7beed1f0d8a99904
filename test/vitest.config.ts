import { defineConfig } from "vitest/config";

const common = {
  include: ["test/**/*.test.ts"],
  testTimeout: 90_000,
  hookTimeout: 180_000,
  globalSetup: ["test/support/global-setup.ts"],
  pool: "forks" as const,
  maxWorkers: 2,
};

// Everything runs on the embedded database; what touches a database runs once more on PostgreSQL
// where TEST_DATABASE_URL names a server on which databases may be created.
export default defineConfig({
  test: {
    reporters: ["default"],
    projects: [
      { test: { ...common, name: "pglite", env: { TEST_ENGINE: "pglite" } } },
      ...(process.env.TEST_DATABASE_URL
        ? [
            {
              test: {
                ...common,
                name: "postgres",
                env: { TEST_ENGINE: "postgres" },
                exclude: ["test/services/domain/**", "test/bot/understanding/**", "test/web/**"],
              },
            },
          ]
        : []),
    ],
  },
});
