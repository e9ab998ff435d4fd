// Many buttons, one stop of the Tab key: the arrow keys move among them.

const CHOICES = "button:not(:disabled), a[href], .spoiler";

// `first(choices)` is the one that Tab comes to at first; after that it is the one that had the focus last.
export function rove(node, first = (choices) => choices[0]) {
  let current = null;
  const choices = () => [...node.querySelectorAll(CHOICES)].filter((choice) => choice.checkVisibility());
  const settle = () => {
    const all = choices();
    if (!all.includes(current)) current = first(all) || all[0];
    for (const choice of node.querySelectorAll(CHOICES)) choice.tabIndex = choice === current ? 0 : -1;
  };
  node.addEventListener("focusin", ({ target }) => {
    current = target.closest(CHOICES);
    settle();
  });
  node.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const next = aim(event.key, choices(), event.target.closest(CHOICES));
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  new MutationObserver(settle).observe(node, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled", "hidden"] });
  // What is hidden depends on the size too.
  new ResizeObserver(settle).observe(node);
  settle();
}

function aim(key, all, from) {
  const at = all.indexOf(from);
  if (at < 0) return null;
  switch (key) {
    case "ArrowRight": return all[at + 1];
    case "ArrowLeft": return all[at - 1];
    case "ArrowDown": return inNextLine(all.slice(at + 1), from, 1);
    case "ArrowUp": return inNextLine(all.slice(0, at).reverse(), from, -1);
    case "Home": return all[0];
    case "End": return all.at(-1);
    default: return null;
  }
}

// Of those in the line below (or above, `way` -1) the one that is nearest sideways.
function inNextLine(others, from, way) {
  const box = (node) => node.getBoundingClientRect();
  const centre = (node) => (box(node).left + box(node).right) / 2;
  const past = (node, edge) => (way > 0 ? box(node).top >= edge - 1 : box(node).bottom <= edge + 1);
  const beyond = others.filter((node) => past(node, way > 0 ? box(from).bottom : box(from).top));
  const line = beyond.filter((node) => !past(node, way > 0 ? box(beyond[0]).bottom : box(beyond[0]).top));
  const away = (node) => Math.abs(centre(node) - centre(from));
  return line.sort((a, b) => away(a) - away(b))[0];
}
