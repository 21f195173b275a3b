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
  expandable_blockquote: "blockquote",
};

/** Return nodes for the text; `follow(url)` opens links, `say(command)` sends commands. */
export function formatted(text, entities, { follow, say }) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nest(text, 0, text.length, sorted, { follow, say });
}

function nest(text, start, end, entities, actions) {
  const nodes = [];
  let at = start;
  for (let index = 0; index < entities.length; ) {
    const entity = entities[index];
    const close = Math.min(entity.offset + entity.length, end);
    const inner = [];
    for (index += 1; index < entities.length && entities[index].offset < close; index += 1) inner.push(entities[index]);
    nodes.push(text.slice(at, entity.offset));
    nodes.push(wrap(entity, text.slice(entity.offset, close), nest(text, entity.offset, close, inner, actions), actions));
    at = close;
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
      return el("span", { class: "spoiler", tabindex: 0, onclick: (event) => event.currentTarget.classList.add("open") }, children);
    case "expandable_blockquote":
      return el("blockquote", { class: "folded", onclick: (event) => event.currentTarget.classList.toggle("folded") }, children);
    default:
      return TAGS[entity.type] ? el(TAGS[entity.type], {}, children) : el("span", {}, children);
  }
}

function link(url, children, follow) {
  if (!/^https?:\/\//i.test(url)) return el("span", {}, children);
  return el(
    "a",
    {
      href: url,
      target: "_blank",
      rel: "noopener noreferrer",
      onclick: (event) => {
        if (follow(url)) event.preventDefault();
      },
    },
    children,
  );
}
