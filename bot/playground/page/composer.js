// Writing: the text, whom it is forwarded from, what it is for, the menu of commands.

import { api } from "./api.js";
import { attempt, byId, el } from "./dom.js";
import { drawKeyboard } from "./keyboard.js";
import { chatTitle, currentEntry, isChannel, isNews, state } from "./state.js";
import { goToEnd } from "./thread.js";
import { author, preview } from "./words.js";

const OTHERS = ["Jane Doe (account hidden)"];

const text = byId("text");
const menu = byId("commands");

/** Draw the parts that depend on the open chat. */
export function drawComposer() {
  const entry = currentEntry();
  const isBot = entry.chat.id === state.bot.id;
  const toStart = isBot && !state.messages.length;
  byId("start").hidden = !toStart || state.selecting;
  byId("composer").hidden = toStart || !entry.may_write || state.selecting;
  byId("origin-strip").hidden = isChannel(entry);
  text.placeholder = isBot ? "Paste a post, or write a command" : isChannel(entry) ? "Post to your channel" : "Message";
  byId("menu").hidden = !commands().length;
  drawAim();
  drawOrigins();
  drawKeyboard(say);
}

function drawAim() {
  const { aim } = state;
  const strip = byId("aim-strip");
  strip.hidden = !aim;
  strip.querySelector("b").textContent = aim?.kind === "edit" ? "Edit message" : aim ? author(aim.message) : "";
  strip.querySelector("span").textContent = aim ? preview(aim.message) : "";
}

/** Put the unsent text of one chat away, and take that of another out. */
export function changeDraft(left, entered) {
  state.aim = null;
  state.drafts.set(left, text.value);
  text.value = state.drafts.get(entered) ?? "";
}

/** Write a text into the open chat; a command goes out at once, anything else as forwarded from whom was chosen. */
export function say(words) {
  if (!words.trim()) return undefined;
  const origin = byId("origin-strip").hidden || words.startsWith("/") ? "" : byId("origin").value;
  const { me, current, aim } = state;
  return attempt(async () => {
    if (aim?.kind === "edit") await api.edit(me.id, current, aim.message.message_id, words);
    else if (origin) await api.paste(me.id, current, words, origin);
    else await api.send(me.id, current, words, aim?.message.message_id);
    text.value = byId("origin").value = "";
    if (aim?.kind !== "edit") goToEnd();
    setAim(null);
  });
}

/** Choose what the text is for: to answer a message, to replace it, or (null) to stand alone. */
export function setAim(aim) {
  if (aim?.kind === "edit") text.value = aim.message.text ?? aim.message.caption;
  else if (state.aim?.kind === "edit") text.value = "";
  state.aim = aim;
  drawComposer();
  if (aim) text.focus();
}

/** Wire the form. */
export function wireComposer() {
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    say(text.value);
  });
  text.addEventListener("keydown", onkey);
  text.addEventListener("input", () => showMenu(/^\/\w*$/.test(text.value)));
  text.addEventListener("blur", () => setTimeout(() => showMenu(false), 150));
  byId("menu").addEventListener("mousedown", (event) => event.preventDefault());
  byId("menu").addEventListener("click", () => {
    const open = menu.hidden;
    text.focus();
    showMenu(open, "/");
  });
  byId("start").addEventListener("click", () => say("/start"));
  byId("aim-strip")
    .querySelector("button")
    .addEventListener("click", () => setAim(null));
}

function onkey(event) {
  if (!menu.hidden && onmenukey(event)) return;
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    say(text.value);
  }
}

// --- commands

const commands = () => currentEntry()?.commands ?? [];

/** Show the commands that begin as the text does; `typed` stands for the text. */
function showMenu(open, typed = text.value) {
  const found = open ? commands().filter(({ command }) => `/${command}`.startsWith(typed)) : [];
  menu.hidden = found.length === 0;
  byId("menu").setAttribute("aria-expanded", String(!menu.hidden));
  menu.replaceChildren(...found.map(option));
  mark(0);
}

function option({ command, description }, index) {
  const onclick = () => choose(command);
  const properties = {
    role: "option",
    id: `command-${index}`,
    "data-command": command,
    "aria-selected": "false",
    onclick,
  };
  return el("li", properties, el("b", {}, `/${command}`), el("span", {}, description));
}

function mark(index) {
  [...menu.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === index)));
  if (menu.hidden) text.removeAttribute("aria-activedescendant");
  else text.setAttribute("aria-activedescendant", `command-${index}`);
}

/** Send a command; in a group it says which bot is meant. */
function choose(command) {
  showMenu(false);
  say(currentEntry().chat.type === "private" ? `/${command}` : `/${command}@${state.bot.username}`);
}

/** Move in the menu by keys; say whether the key was one of its own. */
function onmenukey(event) {
  const at = [...menu.children].findIndex((row) => row.getAttribute("aria-selected") === "true");
  const count = menu.children.length;
  const keys = {
    ArrowDown: () => mark((at + 1) % count),
    ArrowUp: () => mark((at + count - 1) % count),
    Enter: () => choose(menu.children[at].dataset.command),
    Escape: () => showMenu(false),
  };
  if (!keys[event.key]) return false;
  event.preventDefault();
  event.stopPropagation();
  keys[event.key]();
  return true;
}

// --- whom a text is forwarded from

function drawOrigins() {
  const names = [...[...state.chats.values()].filter(isNews).map(({ chat }) => chatTitle(chat)), ...OTHERS];
  const place = byId("origin");
  if (place.dataset.names === names.join("|")) return;
  place.dataset.names = names.join("|");
  place.replaceChildren(
    el("option", { value: "" }, "nobody (I write it)"),
    ...names.map((name) => el("option", { value: name }, name)),
  );
}
