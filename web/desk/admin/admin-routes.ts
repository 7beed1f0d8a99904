import type { RouteRecordRaw } from "vue-router";

/** The pages of the administration; supervisors have the trail alone. */
export const adminRoutes: RouteRecordRaw[] = [
  { path: "", component: () => import("./admin-home.ts") },
  { path: "registry", component: () => import("./registry/registry-page.vue") },
  { path: "calendar", component: () => import("./calendar/calendar-page.vue") },
  { path: "limits", component: () => import("./limits/limits-page.vue") },
];
