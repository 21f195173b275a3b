// Ticking messages, and forwarding them.

import { api } from "./api.js";
import { chooseChat } from "./choose.js";
import { attempt, byId } from "./dom.js";
import { chatTitle, state } from "./state.js";
import { showSelection } from "./thread.js";

/** Tick messages, or untick them if they are. */
export function toggle(ids, redraw) {
  const chosen = ids.every((id) => state.selected.has(id));
  for (const id of ids) {
    if (chosen) state.selected.delete(id);
    else state.selected.add(id);
  }
  state.selecting = state.selected.size > 0 || state.selecting;
  redraw();
}

export function clearSelection() {
  state.selected.clear();
  state.selecting = false;
}

/** Draw the bar that shows while messages are ticked. */
export function drawSelection() {
  const count = state.messages.filter((message) => state.selected.has(message.message_id)).length;
  byId("selection").hidden = !state.selecting;
  byId("selected").textContent = count ? `${count} selected` : "Tap posts";
  byId("forward-selected").disabled = byId("forward-to-bot").disabled = count === 0;
  byId("forward-to-bot").hidden = state.current === state.bot.id;
  byId("forward-to-bot").textContent = `Forward to ${chatTitle(state.bot)}`;
  showSelection();
}

/** Forward messages of the open chat, and go to where they went. */
export async function forwardTo(target, ids, onopen) {
  const from = state.current;
  const done = await attempt(() =>
    api.forward(
      state.me.id,
      from,
      [...ids].sort((a, b) => a - b),
      target,
    ),
  );
  if (!done) return;
  clearSelection();
  onopen(target);
}

/** Let the user choose where messages go. */
export function chooseTarget(ids, onopen) {
  const fits = (entry) => entry.may_write && entry.chat.id !== state.current;
  chooseChat("Forward to", fits, (entry) => forwardTo(entry.chat.id, ids, onopen));
}
