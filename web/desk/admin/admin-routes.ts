import type { RouteRecordRaw } from "vue-router";

/** The pages of the administration; supervisors have the trail alone. */
export const adminRoutes: RouteRecordRaw[] = [
  { path: "", component: () => import("./admin-home.ts") },
  { path: "registry", component: () => import("./registry/registry-page.vue") },
  { path: "groups", component: () => import("./groups/groups-page.vue") },
  { path: "list", component: () => import("./list/list-page.vue") },
  { path: "limits", component: () => import("./limits/limits-page.vue") },
  { path: "calendar", component: () => import("./calendar/calendar-page.vue") },
  { path: "routing", component: () => import("./routing/routing-page.vue") },
  { path: "learning", component: () => import("./learning/learning-page.vue") },
  { path: "audit", component: () => import("./audit/audit-page.vue") },
  { path: "retention", component: () => import("./retention/retention-page.vue") },
];
