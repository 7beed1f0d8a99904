export * from "./calls.ts";
export * from "./channels.ts";
export * from "./events.ts";
export * from "./learning.ts";
export * from "./messages.ts";
export * from "./registry.ts";
export * from "./rules.ts";
export * from "./security.ts";
