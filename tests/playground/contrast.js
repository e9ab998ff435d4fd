// Every text on screen that stands out too little from what is behind it: [ratio, text, class]. 4.5 to 1 is
// asked of all, also of large letters and of pictograms, which could do with 3.
const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
const colour = (css) => {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = css;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
};
const over = (top, below) => [0, 1, 2].map((part) => top[part] * top[3] + below[part] * (1 - top[3])).concat(1);
const light = (shade) => shade.slice(0, 3)
  .map((part) => part / 255)
  .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
const ratio = (a, b) => {
  const [dark, bright] = [light(a), light(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
};
const chain = (node) => (node ? [node, ...chain(node.parentElement)] : []);
const shades = (node) => {
  const layers = chain(node).map((each) => colour(getComputedStyle(each).backgroundColor));
  const solid = layers.findIndex((layer) => layer[3] === 1);
  const behind = layers.slice(0, solid < 0 ? undefined : solid + 1).reduceRight((below, layer) => over(layer, below), [255, 255, 255, 1]);
  const fade = chain(node).reduce((product, each) => product * getComputedStyle(each).opacity, 1);
  const ink = colour(getComputedStyle(node).color);
  return [over([...ink.slice(0, 3), ink[3] * fade], behind), behind];
};
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const told = new Set();
while (texts.nextNode()) {
  const node = texts.currentNode.parentElement;
  const hushed = node.closest(":disabled, .aloud, #skip:not(:focus), noscript, script, .spoiler, dialog:not([open])");
  if (texts.currentNode.data.trim() && !hushed && node.checkVisibility({ visibilityProperty: true })) told.add(node);
}
for (const icon of document.querySelectorAll("svg.icon")) if (icon.checkVisibility({ opacityProperty: true }) && !icon.closest(".map")) told.add(icon);
return [...told].map((node) => [Math.round(ratio(...shades(node)) * 100) / 100, node.textContent.slice(0, 20), String(node.getAttribute("class"))])
  .filter(([measured]) => measured < 4.5);
