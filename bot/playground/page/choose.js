// The dialogue that lets one choose a chat, or a location.

import { chatRow, sorted } from "./chats.js";
import { byId, el } from "./dom.js";

const LOCATIONS = [
  ["Berlin", 52.52, 13.4],
  ["Yerevan", 40.18, 44.51],
  ["Kolkata", 22.57, 88.36],
  ["Tokyo", 35.68, 139.69],
  ["New York", 40.71, -74.01],
  ["São Paulo", -23.55, -46.63],
];

/** Ask for one of the chats that `fits` lets through; `pick(entry)` gets it. `none` is said where there is none. */
export function chooseChat(title, fits, pick, none = "") {
  choose(title, sorted().filter(fits), chatRow, pick, none);
}

/** Ask for a location; `pick({latitude, longitude})` gets it. */
export function chooseLocation(title, pick) {
  const row = ([name], onclick) => el("button", { class: "plain", type: "button", onclick }, name);
  choose(title, LOCATIONS, row, ([, latitude, longitude]) => pick({ latitude, longitude }));
}

function choose(title, values, draw, pick, none = "") {
  const dialog = byId("choose");
  const row = (value) => {
    const onclick = () => {
      dialog.close();
      pick(value);
    };
    return el("li", {}, draw(value, onclick));
  };
  byId("choose-title").textContent = title;
  dialog.querySelector("ul").replaceChildren(...values.map(row));
  const said = byId("choose-none");
  said.textContent = none;
  said.hidden = values.length > 0 || !none;
  dialog.showModal();
}
