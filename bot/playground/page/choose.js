// The dialogue that lets one choose a chat.

import { chatRow, sorted } from "./chats.js";
import { byId, el } from "./dom.js";

/** Ask for one of the chats that `fits` lets through; `pick(entry)` gets it. */
export function chooseChat(title, fits, pick) {
  const dialog = byId("choose");
  const row = (entry) => {
    const onclick = () => {
      dialog.close();
      pick(entry);
    };
    return el("li", {}, chatRow(entry, onclick));
  };
  byId("choose-title").textContent = title;
  dialog.querySelector("ul").replaceChildren(...sorted().filter(fits).map(row));
  dialog.showModal();
}
