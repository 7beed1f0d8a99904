export * from "./calls.ts";
export * from "./events.ts";
export * from "./learning.ts";
export * from "./messages.ts";
export * from "./office.ts";
export * from "./registry.ts";
export * from "./rules.ts";
export * from "./security.ts";
