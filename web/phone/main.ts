import { createApp } from "vue";
import { createRouter, createWebHistory } from "vue-router";
import "vant/es/style/base.css";
import "vant/es/button/index.css";
import "vant/es/loading/index.css";
import "vant/es/overlay/index.css";
import "vant/es/popup/index.css";
import "vant/es/cell/index.css";
import "vant/es/field/index.css";
import "../look/look.css";
import "./phone.css";
import { keepPages } from "./keep-pages.ts";
import PhoneApp from "./phone-app.vue";
import "./type-size.ts";

/** Each page comes when it is opened, and lies on the phone already: see worker.ts. */
const router = createRouter({
  history: createWebHistory("/m"),
  routes: [
    { path: "/", name: "todo", component: () => import("./todo/todo-page.vue") },
    { path: "/events/:no", name: "event", component: () => import("./event/event-page.vue") },
    { path: "/calls/:no", name: "call", component: () => import("./call/call-page.vue") },
    { path: "/report", name: "report", component: () => import("./report/report-page.vue") },
    { path: "/patrol", name: "patrol", component: () => import("./patrol/patrol-page.vue") },
    { path: "/waiting", name: "waiting", component: () => import("./waiting/waiting-page.vue") },
    { path: "/me", name: "me", component: () => import("./me/me-page.vue") },
    { path: "/:rest(.*)*", redirect: "/" },
  ],
});

createApp(PhoneApp).use(router).mount("#app");
keepPages();
