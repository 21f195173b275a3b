// Small helpers over the DOM: text goes in as text, never as markup.

/** Make an element: el("a", {href, class: "x", onclick}, "text", child). */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** "14:05" today, "21 Nov" before. */
export function shortTime(seconds, now = Date.now() / 1000) {
  const date = new Date(seconds * 1000);
  const today = new Date(now * 1000).toDateString() === date.toDateString();
  return today
    ? date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })
    : date.toLocaleDateString([], { day: "numeric", month: "short" });
}

/** A colour of its own for every chat, the same each time. */
export function tint(id) {
  return `hsl(${(Math.abs(Number(id)) * 47) % 360} 45% 42%)`;
}

export function toast(text) {
  const place = byId("toast");
  place.textContent = text;
  place.classList.add("seen");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => place.classList.remove("seen"), 3500);
}
