import { defineConfig } from "vitest/config";

const common = {
  include: ["test/**/*.test.ts"],
  testTimeout: 180_000,
  // Stories of real processes on a busy machine; what passed at the second try is marked in the output.
  retry: process.env.CI ? 1 : 0,
  hookTimeout: 300_000,
  setupFiles: ["test/support/no-secrets-logged.ts"],
  globalSetup: ["test/support/global-setup.ts"],
  pool: "forks" as const,
  maxWorkers: 2,
  // Files of one worker share what they import: a third of the time is theirs to save.
  isolate: false,
};

const onServer = Boolean(process.env.TEST_DATABASE_URL);

/**
 * Where there is a server, stories and the API are told on it alone, and the tests of `db` and some
 * stories on both: whatever passes on the embedded database must pass there, the other way round less.
 */
const ON_SERVER = [
  "test/flows/!(resident-loop|street-call|reminders|hotline-orders|dingtalk-cards|zhezhengding).test.ts",
  "test/flows/chaos/!(killed-at-each-step).test.ts",
  "test/services/http/!(every-route|page-headers).test.ts",
  "test/services/http/sandbox/**",
];
/** On a server it waits minutes for leases of dead processes: told there when asked for (`npm run chaos`). */
const DEATHS = "test/flows/chaos/killed-at-each-step.test.ts";
const asked = process.env.CHAOS_POINTS !== undefined || process.env.CHAOS_ROUNDS !== undefined;
if (onServer && !asked)
  console.info(
    "killed-at-each-step: on the embedded database alone; `npm run chaos`, or CHAOS_POINTS, runs it on the server too",
  );

// Everything runs on the embedded database; where TEST_DATABASE_URL names a server on which databases may
// be created, what touches a database runs there.
export default defineConfig({
  test: {
    reporters: ["default"],
    projects: [
      {
        test: {
          ...common,
          name: "pglite",
          env: { TEST_ENGINE: "pglite" },
          exclude: onServer ? ON_SERVER : [],
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
                  ...(asked ? [] : [DEATHS]),
                  "test/architecture.test.ts",
                  "test/bench/**",
                  "test/bot/qr-codes/**",
                  "test/docs/**",
                  "test/licences.test.ts",
                  "test/readme.test.ts",
                  "test/services/domain/**",
                  "test/services/uploads.test.ts",
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
