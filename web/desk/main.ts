import { createApp } from "vue";
import { createRouter, createWebHistory } from "vue-router";
import "../look/look.css";
import "./desk.css";
import { adminRoutes } from "./admin/admin-routes.ts";
import DeskApp from "./desk-app.vue";

/** Each page comes when it is opened: the first one must not wait for the others. */
const router = createRouter({
  history: createWebHistory("/desk"),
  routes: [
    { path: "/", name: "queue", component: () => import("./queue/queue-page.vue") },
    { path: "/calls", name: "calls", component: () => import("./calls/calls-page.vue") },
    { path: "/overdue", name: "overdue", component: () => import("./overdue/overdue-page.vue") },
    { path: "/cockpit", name: "cockpit", component: () => import("./cockpit/cockpit-page.vue") },
    {
      path: "/screen",
      name: "screen",
      meta: { bare: true },
      component: () => import("./cockpit/screen-page.vue"),
    },
    { path: "/reports", name: "reports", component: () => import("./reports/reports-page.vue") },
    {
      path: "/admin",
      component: () => import("./admin/admin-layout.vue"),
      children: adminRoutes,
    },
    { path: "/account", name: "account", component: () => import("./account/account-page.vue") },
    { path: "/:rest(.*)*", redirect: "/" },
  ],
});

createApp(DeskApp).use(router).mount("#app");
