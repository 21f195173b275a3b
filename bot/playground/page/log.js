// The drawer that shows the raw calls of the bot, newest first.

import { byId, el } from "./dom.js";

const KEPT = 300;

/** Add a call: {time, method, params, status, result}. */
export function showCall(call) {
  if (call.method === "getUpdates" && !call.result?.result?.length) return;
  const list = byId("calls");
  const ok = call.status < 400;
  list.prepend(
    el(
      "li",
      { class: ok ? "" : "bad" },
      el(
        "details",
        {},
        el(
          "summary",
          {},
          el("span", { class: "status" }, String(call.status)),
          el("b", {}, call.method),
          el("span", { class: "status" }, new Date(call.time * 1000).toLocaleTimeString()),
        ),
        el("pre", {}, JSON.stringify(call.params, null, 2)),
        el("pre", {}, JSON.stringify(call.result, null, 2)),
      ),
    ),
  );
  while (list.children.length > KEPT) list.lastChild.remove();
}
