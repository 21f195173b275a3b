// A message's text with its entities, as DOM. Offsets are UTF-16 units: what JavaScript's strings count in.

import { el } from "./dom.js";

const TAGS = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
};
// These stand on lines of their own: the line end behind them is not one more.
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
// A quotation that is longer than this is folded, if its author wants it so.
const FOLDED_CHARS = 180;

/** Return nodes for the text; `follow(url)` opens links, `say(command)` sends commands. */
export function formatted(text, entities, actions) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nest(text, 0, text.length, sorted, actions);
}

function nest(text, start, end, entities, actions) {
  const nodes = [];
  let at = start;
  for (let index = 0; index < entities.length;) {
    const entity = entities[index];
    const close = Math.min(entity.offset + entity.length, end);
    const inner = [];
    for (index += 1; index < entities.length && entities[index].offset < close; index += 1) inner.push(entities[index]);
    nodes.push(text.slice(at, entity.offset));
    nodes.push(
      wrap(entity, text.slice(entity.offset, close), nest(text, entity.offset, close, inner, actions), actions),
    );
    at = BLOCKS.has(entity.type) && text[close] === "\n" ? Math.min(close + 1, end) : close;
  }
  nodes.push(text.slice(at, end));
  return nodes.filter((node) => node !== "");
}

function wrap(entity, text, children, { follow, say }) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url, children, follow);
    case "url":
      return link(/^[a-z]+:/i.test(text) ? text : `https://${text}`, children, follow);
    case "mention":
      return link(`https://t.me/${text.slice(1)}`, children, follow);
    case "bot_command":
      return el("button", { class: "command", type: "button", onclick: () => say(text) }, children);
    case "hashtag":
    case "cashtag":
      return el("span", { class: "tag" }, children);
    case "spoiler":
      return spoiler(children);
    case "expandable_blockquote":
      return text.length > FOLDED_CHARS ? foldable(children) : el("blockquote", {}, children);
    default:
      return el(TAGS[entity.type] ?? "span", {}, children);
  }
}

function spoiler(children) {
  const open = (event) => event.currentTarget.classList.add("open");
  return el(
    "span",
    { class: "spoiler", role: "button", tabindex: 0, "aria-label": "Spoiler", onclick: open, onfocus: open },
    children,
  );
}

function foldable(children) {
  const button = el("button", { class: "unfold", type: "button", "aria-expanded": "false" }, "Show more");
  const quote = el("blockquote", { class: "folded" }, el("div", {}, children), button);
  button.addEventListener("click", () => {
    const folded = quote.classList.toggle("folded");
    button.setAttribute("aria-expanded", String(!folded));
    button.textContent = folded ? "Show more" : "Show less";
  });
  return quote;
}

function link(url, children, follow) {
  if (!/^https?:\/\//i.test(url)) return el("span", {}, children);
  const onclick = (event) => {
    if (follow(url)) event.preventDefault();
  };
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", onclick }, children);
}
