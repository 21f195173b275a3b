// One message, or one album, as a bubble.

import { api } from "./api.js";
import { el, icon, iconButton } from "./dom.js";
import { formatted } from "./entities.js";
import { face, tint } from "./faces.js";
import { clockTime } from "./times.js";
import { author, mediaOf, noticeText, originName, preview, senderOf } from "./words.js";

const FORWARD = "M13 6l7 6-7 6v-4c-5 0-8 1.5-10 5 .5-6 4-9 10-9z";
const REPLY = "M11 6l-7 6 7 6v-4c5 0 8 1.5 10 5-.5-6-4-9-10-9z";
const EDIT = "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4";
const FILE = "M6 3h8l4 4v14H6zM14 3v4h4";
const TICKS = "M1 6l4 4L13 2M9 9l1 1 8-8";

/**
 * Return the bubble of a message, or of the parts of an album (Message objects of the Bot API).
 * look: mine, first and last (of some in a row by the same sender), inGroup, mayReply, mayEdit
 * actions: follow(url), say(text), press(message, button), toggle(ids), forward(ids), aim({kind, message}), jump(chat, message)
 */
export function bubble(parts, look, actions) {
  const [message] = parts;
  const notice = noticeText(message);
  if (notice) return el("div", { class: "service", "data-ids": message.message_id }, notice);
  const ids = parts.map((part) => part.message_id);
  const classes = ["message", look.mine && "mine", look.first && "first", look.last && "last"].filter(Boolean);
  return el(
    "article",
    { class: classes.join(" "), "data-ids": ids.join(" "), tabindex: -1, "aria-label": label(message, look) },
    picker(message, ids, actions),
    look.inGroup && !look.mine && groupFace(message, look),
    el(
      "div",
      { class: "body" },
      inside(parts, look, actions),
      keyboard(message, actions),
      buttons(message, ids, look, actions),
    ),
  );
}

function label(message, { mine }) {
  return `${mine ? "You" : author(message)}, ${clockTime(message.date)}: ${preview(message)}`;
}

function buttons(message, ids, { mayReply, mayEdit }, { aim, forward }) {
  return el(
    "div",
    { class: "actions" },
    mayEdit && iconButton(EDIT, "Edit", () => aim({ kind: "edit", message })),
    mayReply && iconButton(REPLY, "Reply", () => aim({ kind: "reply", message })),
    iconButton(FORWARD, "Forward", () => forward(ids)),
  );
}

function picker(message, ids, { toggle }) {
  const name = `Select: ${preview(message).slice(0, 60)}`;
  return el("input", { type: "checkbox", class: "pick", "aria-label": name, onchange: () => toggle(ids) });
}

function groupFace(message, { last }) {
  const sender = senderOf(message);
  const place = face({ id: sender.id, name: author(message), bot: sender.is_bot }, "small");
  if (!last) place.classList.add("gap");
  return place;
}

function inside(parts, look, actions) {
  const [message] = parts;
  const told = parts.find((part) => part.text ?? part.caption) ?? message;
  const named = !look.mine && look.first && message.chat.type !== "private";
  return el(
    "div",
    { class: "bubble" },
    named && el("div", { class: `author ${tint(senderOf(message).id)}` }, author(message)),
    forwardedFrom(message, actions),
    quoted(message, actions),
    media(parts),
    content(told, actions),
    meta(message, look),
    reactions(message),
  );
}

function forwardedFrom(message, { jump }) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const name = originName(origin);
  const leads = origin.type === "channel";
  const title = leads
    ? el("button", { type: "button", onclick: () => jump(origin.chat.id, origin.message_id) }, name)
    : el("b", {}, name);
  return el("div", { class: "forwarded" }, "Forwarded from ", title);
}

function quoted(message, { jump }) {
  const replied = message.reply_to_message;
  if (!replied) return null;
  const onclick = () => jump(message.chat.id, replied.message_id);
  return el(
    "button",
    { class: "quoted", type: "button", onclick },
    el("b", {}, author(replied)),
    el("span", {}, preview(replied)),
  );
}

function media(parts) {
  const pictures = parts.filter((part) => part.photo);
  if (pictures.length)
    return el(
      "div",
      { class: "media" },
      pictures.map(({ photo }) => picture(photo.at(-1))),
    );
  const kind = mediaOf(parts[0]);
  const name = kind && (parts[0][kind.kind].file_name ?? kind.label);
  return kind && el("div", { class: "file" }, icon(FILE), el("span", {}, name));
}

function picture({ file_id: id, width, height }) {
  return el("img", { src: api.file(id), alt: "Picture of the post", width, height, loading: "lazy" });
}

function content(message, actions) {
  const text = message.text ?? message.caption;
  if (text === undefined) return null;
  return el(
    "div",
    { class: "text", dir: "auto" },
    formatted(text, message.entities ?? message.caption_entities, actions),
  );
}

function meta(message, { mine }) {
  const edited = message.edit_date && !message.reply_markup;
  const place = el("div", { class: edited ? "meta edited" : "meta" }, edited ? "edited " : "", clockTime(message.date));
  if (mine) {
    const ticks = icon(TICKS);
    ticks.setAttribute("viewBox", "0 0 19 12");
    place.append(ticks);
  }
  return place;
}

function reactions(message) {
  const given = message.reactions ?? [];
  return (
    given.length > 0 &&
    el(
      "div",
      { class: "reactions", "aria-label": "Reactions" },
      given.map(({ emoji }) => el("span", {}, emoji)),
    )
  );
}

function keyboard(message, { press, follow }) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  const onlink = (event, url) => {
    if (follow(url)) event.preventDefault();
  };
  const key = (item) =>
    item.url
      ? el(
          "a",
          {
            class: "key",
            href: item.url,
            target: "_blank",
            rel: "noopener noreferrer",
            onclick: (event) => onlink(event, item.url),
          },
          item.text,
        )
      : el("button", { class: "key", type: "button", onclick: () => press(message, item) }, item.text);
  return el(
    "div",
    { class: "keyboard" },
    rows.map((row) => el("div", { class: "keys" }, row.map(key))),
  );
}
