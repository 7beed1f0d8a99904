import { defineConfig } from "vitest/config";

const common = {
  include: ["test/**/*.test.ts"],
  testTimeout: 90_000,
  hookTimeout: 180_000,
  setupFiles: ["test/support/no-secrets-logged.ts"],
  globalSetup: ["test/support/global-setup.ts"],
  pool: "forks" as const,
  maxWorkers: 2,
  // Files of one worker share what they import: a third of the time is theirs to save.
  isolate: false,
};

/** Long stories that say the same on either database: on the server where there is one. */
const ONCE = [
  "test/flows/life-stories.test.ts",
  "test/flows/open311.test.ts",
  "test/flows/chaos/outside-faults.test.ts",
];
const onServer = Boolean(process.env.TEST_DATABASE_URL);

// Everything runs on the embedded database; what touches a database runs once more on PostgreSQL
// where TEST_DATABASE_URL names a server on which databases may be created.
export default defineConfig({
  test: {
    reporters: ["default"],
    projects: [
      {
        test: {
          ...common,
          name: "pglite",
          env: { TEST_ENGINE: "pglite" },
          ...(onServer ? { exclude: ONCE } : {}),
        },
      },
      ...(onServer
        ? [
            {
              test: {
                ...common,
                name: "postgres",
                env: { TEST_ENGINE: "postgres" },
                // What reads, words, draws and carries is the same on either database.
                exclude: [
                  "test/services/domain/**",
                  "test/services/reports/**",
                  "test/services/print/**",
                  "test/services/http/every-route.test.ts",
                  "test/services/http/page-headers.test.ts",
                  "test/services/uploads.test.ts",
                  "test/bot/understanding/**",
                  "test/bot/channels/contract.test.ts",
                  "test/bot/channels/dingtalk/**",
                  "test/bot/channels/wechat/**",
                  "test/bot/channels/wechat-kf/**",
                  "test/bot/channels/zwdd/**",
                  "test/bot/learning/train-command.test.ts",
                  "test/bot/replies/**",
                  "test/db/registry/commands.test.ts",
                  "test/flows/dingtalk-cards.test.ts",
                  "test/flows/zhezhengding.test.ts",
                  "test/web/**",
                ],
              },
            },
          ]
        : []),
    ],
  },
});
